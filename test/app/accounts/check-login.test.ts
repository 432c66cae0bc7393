import { describe, expect, it } from "vitest";
import { checkLogin } from "../../../src/app/accounts/check-login.ts";
import type { Protocol } from "../../../src/core/index.ts";
import type { LoginCheck } from "../../../src/messages.ts";
import type { ConnectionFailure, SecureConnections } from "../../../src/ports/secure-connections.ts";

const TARGET = { host: "imaps.gestore-uno.test", port: 993, username: "a@pec.test*ugo", password: 'p"à\\' };
const TOKEN = Buffer.from(`\0${TARGET.username}\0${TARGET.password}`).toString("base64");

type Line = readonly [said: string | RegExp, answer: string | ConnectionFailure];

/** A server that expects exactly this conversation; the first line is its greeting. */
function scripted(lines: readonly Line[]): {
  readonly connections: SecureConnections;
  readonly sent: string[];
  closed: boolean;
} {
  const sent: string[] = [];
  const left = [...lines];
  const server = {
    sent,
    closed: false,
    connections: {
      open: () =>
        Promise.resolve({
          ok: true as const,
          connection: {
            exchange: (text: string, until: string) => {
              sent.push(text);
              const [said, answer] = left.shift() ?? [/./, { code: "closed", detail: "" } as const];
              if (typeof said === "string" ? text !== said : !said.test(text)) throw new Error(`Unexpected: ${text}`);
              if (typeof answer !== "string") return Promise.resolve({ ok: false as const, failure: answer });
              const last = answer.trimEnd().split("\r\n").at(-1) ?? "";
              if (!new RegExp(until).test(last)) throw new Error(`Would wait for ${until} after ${last}`);
              return Promise.resolve({ ok: true as const, text: answer });
            },
            close: () => {
              server.closed = true;
              return Promise.resolve();
            },
          },
        }),
    },
  };
  return server;
}

async function check(
  protocol: Protocol,
  lines: readonly Line[],
): Promise<{ check: LoginCheck; sent: readonly string[] }> {
  const server = scripted(lines);
  const result = await checkLogin(server.connections, protocol, TARGET, new AbortController().signal);
  expect(server.closed).toBe(true);
  return { check: result, sent: server.sent };
}

const CAPABILITIES = "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN\r\na1 OK done\r\n";
const IMAP: readonly Line[] = [
  ["", "* OK ready\r\n"],
  ["a1 CAPABILITY\r\n", CAPABILITIES],
];
const LOGIN = `a2 AUTHENTICATE PLAIN ${TOKEN}\r\n`;

describe("a login by IMAP", () => {
  it("is good when the inbox can be opened, whatever comes of the farewell", async () => {
    const { check: result } = await check("imap", [
      ...IMAP,
      [LOGIN, "a2 OK in\r\n"],
      ["a3 EXAMINE INBOX\r\n", "* 3 EXISTS\r\na3 OK [READ-ONLY] done\r\n"],
      ["a4 LOGOUT\r\n", { code: "closed", detail: "" }],
    ]);
    expect(result).toEqual({ code: "ok" });
  });

  it("is tried once: after a refusal nothing more is sent, although the server knows another way", async () => {
    const { check: result, sent } = await check("imap", [
      ...IMAP,
      [LOGIN, "a2 NO [AUTHENTICATIONFAILED] Credenziali errate\r\n"],
    ]);
    expect(result).toEqual({ code: "wrong-password", serverText: "Credenziali errate" });
    expect(sent).toHaveLength(3);
  });

  it.each([
    ["a2 NO [EXPIRED] La password \u001b[2Jè scaduta\r\n", { code: "login-refused" }],
    ["a2 NO [UNAVAILABLE] Più tardi\r\n", { code: "login-refused" }],
    ["a2 NO no\r\n", { code: "wrong-password", serverText: "no" }],
    ["* BYE Too many failures\r\n", { code: "login-refused", serverText: "Too many failures" }],
  ])("%j", async (answer, expected) => {
    expect((await check("imap", [...IMAP, [LOGIN, answer]])).check).toMatchObject(expected);
  });

  it("says that the inbox cannot be opened", async () => {
    const { check: result } = await check("imap", [
      ...IMAP,
      [LOGIN, "a2 OK in\r\n"],
      ["a3 EXAMINE INBOX\r\n", "a3 NO [SERVERBUG] Casella non disponibile\r\n"],
    ]);
    expect(result).toEqual({ code: "select-failed", serverText: "Casella non disponibile" });
  });

  it("waits to be asked where the server does not take the token at once, and quotes where it knows no PLAIN", async () => {
    await check("imap", [
      ["", "* OK ready\r\n"],
      ["a1 CAPABILITY\r\n", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na1 OK done\r\n"],
      ["a2 AUTHENTICATE PLAIN\r\n", "+ \r\n"],
      [`${TOKEN}\r\n`, "a2 NO no\r\n"],
    ]);
    const quoted = Buffer.from(`a2 LOGIN "a@pec.test*ugo" "p\\"à\\\\"\r\n`).toString("latin1");
    await check("imap", [
      ["", "* OK ready\r\n"],
      ["a1 CAPABILITY\r\n", "* CAPABILITY IMAP4rev1\r\na1 OK done\r\n"],
      [quoted, "a2 NO no\r\n"],
    ]);
  });

  it("sends no password where the server forbids it or is none of its kind", async () => {
    const disabled = "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\na1 OK done\r\n";
    const refused = await check("imap", [IMAP[0] ?? ["", ""], ["a1 CAPABILITY\r\n", disabled]]);
    expect(refused.check.code).toBe("login-not-offered");
    const other = await check("imap", [["", "+OK pop3\r\n"]]);
    expect(other).toMatchObject({ check: { code: "unexpected", serverText: "+OK pop3" }, sent: [""] });
  });
});

describe("a login by POP3", () => {
  const greet: Line = ["", "+OK ready\r\n"];
  const capa = (lines: string): Line => ["CAPA\r\n", `+OK\r\n${lines}.\r\n`];

  it("is good with UIDL among what the server can do", async () => {
    const lines: Line[] = [
      greet,
      capa("SASL PLAIN LOGIN\r\nUIDL\r\n"),
      ["AUTH PLAIN\r\n", "+ \r\n"],
      [`${TOKEN}\r\n`, "+OK\r\n"],
    ];
    expect((await check("pop3", [...lines, ["QUIT\r\n", "+OK bye\r\n"]])).check).toEqual({ code: "ok" });
  });

  it.each([
    ["+OK 3 120\r\n", "UIDL 1\r\n", "-ERR unknown\r\n", "no-uidl"],
    ["+OK 0 0\r\n", "UIDL\r\n", "-ERR unknown\r\n", "no-uidl"],
    ["+OK 3 120\r\n", "UIDL 1\r\n", "+OK 1 abc\r\n", "ok"],
    ["+OK 0 0\r\n", "UIDL\r\n", "+OK\r\n.\r\n", "ok"],
  ])("tries UIDL when the server does not list it: %j %j %j", async (stat, asked, answer, code) => {
    const password = Buffer.from(`PASS ${TARGET.password}\r\n`).toString("latin1");
    const { check: result } = await check("pop3", [
      greet,
      ["CAPA\r\n", "-ERR unknown\r\n"],
      [`USER ${TARGET.username}\r\n`, "+OK\r\n"],
      [password, "+OK\r\n"],
      ["STAT\r\n", stat],
      [asked, answer],
      ["QUIT\r\n", "+OK\r\n"],
    ]);
    expect(result.code).toBe(code);
  });

  it.each([
    ["-ERR [AUTH] Authentication failed.\r\n", { code: "wrong-password", serverText: "Authentication failed." }],
    ["-ERR no\r\n", { code: "wrong-password" }],
    ["-ERR [IN-USE] Casella aperta altrove\r\n", { code: "mailbox-busy" }],
    ["-ERR [SYS/TEMP] Più tardi\r\n", { code: "login-refused" }],
  ])("%j", async (answer, expected) => {
    const lines: Line[] = [
      greet,
      capa("SASL PLAIN\r\nUSER\r\n"),
      ["AUTH PLAIN\r\n", "+ \r\n"],
      [`${TOKEN}\r\n`, answer],
    ];
    expect((await check("pop3", lines)).check).toMatchObject(expected);
  });
});

describe("a login by SMTP", () => {
  const hello = (ways: string): Line => [
    "EHLO [127.0.0.1]\r\n",
    `250-host\r\n250-SIZE 30000000\r\n250 AUTH ${ways}\r\n`,
  ];
  const greet: Line = ["", "220 ready\r\n"];

  it.each([
    ["235 2.7.0 ok\r\n", { code: "ok" }],
    ["535 5.7.8 Credenziali errate\r\n", { code: "wrong-password", serverText: "Credenziali errate" }],
    ["454 4.7.0 Più tardi\r\n", { code: "login-refused" }],
  ])("%j", async (answer, expected) => {
    const lines: Line[] = [
      greet,
      hello("LOGIN PLAIN"),
      [`AUTH PLAIN ${TOKEN}\r\n`, answer],
      ["QUIT\r\n", "221 bye\r\n"],
    ];
    expect((await check("smtp", lines)).check).toMatchObject(expected);
  });

  it("takes LOGIN where there is no PLAIN, and says when there is neither", async () => {
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    const { check: result } = await check("smtp", [
      greet,
      hello("LOGIN"),
      ["AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n"],
      [`${base64(TARGET.username)}\r\n`, "334 UGFzc3dvcmQ6\r\n"],
      [`${base64(TARGET.password)}\r\n`, "235 ok\r\n"],
      ["QUIT\r\n", "221 bye\r\n"],
    ]);
    expect(result).toEqual({ code: "ok" });
    expect((await check("smtp", [greet, hello("CRAM-MD5")])).check.code).toBe("login-not-offered");
    expect((await check("smtp", [["", "554 no\r\n"]])).check.code).toBe("login-refused");
  });
});

describe("a connection that fails", () => {
  it.each([
    [
      { code: "certificate", detail: "SSL_ERROR_BAD_CERT_DOMAIN" },
      { code: "certificate", what: "name" },
    ],
    [
      { code: "certificate", detail: "SEC_ERROR_EXPIRED_CERTIFICATE" },
      { code: "certificate", what: "expired" },
    ],
    [
      { code: "certificate", detail: "SEC_ERROR_UNKNOWN_ISSUER" },
      { code: "certificate", what: "untrusted" },
    ],
    [
      { code: "certificate", detail: "SEC_ERROR_INADEQUATE_KEY_USAGE" },
      { code: "certificate", what: "other" },
    ],
    [{ code: "no-tls", detail: "SSL_ERROR_RX_RECORD_TOO_LONG" }, { code: "no-tls" }],
    [{ code: "timeout", detail: "" }, { code: "timeout" }],
    [{ code: "too-much", detail: "" }, { code: "unexpected" }],
    [
      { code: "unknown-host", detail: "" },
      { code: "unreachable", reason: "unknown-host" },
    ],
  ] as const)("%j", async (failure, expected) => {
    expect((await check("imap", [["", failure]])).check).toMatchObject(expected);
  });
});

it("shortens what a server says and takes out what cannot be seen", async () => {
  const { check: result } = await check("smtp", [["", `554 ${"x\u0007".repeat(1000)}\r\n`]]);
  expect(result).toMatchObject({ code: "login-refused" });
  const { serverText = "" } = result as { serverText?: string };
  expect(serverText.length).toBeLessThanOrEqual(300);
  expect(serverText).not.toMatch(/\p{Cc}/u);
});
