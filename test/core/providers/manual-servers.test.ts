import { describe, expect, it } from "vitest";
import { operatorById, operatorOfHost } from "../../../src/core/providers/find-operator.ts";
import { serversFromTemplate } from "../../../src/core/providers/host-template.ts";
import { knownPecDomain } from "../../../src/core/providers/known-pec-domain.ts";
import { OPERATORS } from "../../../src/core/providers/operators.ts";
import { REJECTED_SERVERS } from "../../../src/core/providers/rejected-servers.ts";
import { serverProblems } from "../../../src/core/providers/server-problems.ts";

describe("the templates of guides", () => {
  const hosts = (servers: ReturnType<typeof serversFromTemplate>) =>
    servers === null
      ? null
      : Object.values(servers).map((each) => each.map(({ host, port }) => `${host}:${String(port)}`));

  it("fill in the operator's name", () => {
    expect(hosts(serversFromTemplate("operator", " Esempio.IT. ".trim()))).toEqual([
      ["imaps.esempio.it:993"],
      ["pops.esempio.it:995"],
      ["smtps.esempio.it:465"],
    ]);
    expect(hosts(serversFromTemplate("aruba-agreement", "pec.esempio.it"))).toEqual([
      ["imaps.pec.esempio.it:993"],
      ["pop3s.pec.esempio.it:995"],
      ["smtps.pec.esempio.it:465"],
    ]);
  });

  it("never claim more than that the guide reads so", () => {
    const servers = serversFromTemplate("operator", "esempio.it");
    expect(servers?.imap[0]).toMatchObject({ confidence: "inferred", sources: ["user-template"] });
  });

  it.each(["gestore.it", "Gestore.it.", "esempio", "", "esempio .it"])("%j fills in nothing", (domain) => {
    expect(serversFromTemplate("operator", domain)).toBeNull();
  });
});

describe("servers typed by hand", () => {
  it("have nothing against them when an operator has them", () => {
    expect(serverProblems("imap", " IMAPS.PEC.ARUBA.IT ", 993)).toEqual([]);
    expect(serverProblems("pop3", "pop3s.pec.aruba.it", 995)).toEqual([]);
    expect(serverProblems("smtp", "mail.esempio.it", 4650)).toEqual([]);
  });

  it("are told when they are known to be wrong, with the reason", () => {
    expect(serverProblems("pop3", "pop3s.pec.aruba.it", 993)).toEqual([
      { code: "REJECTED", reason: "wrong-port" },
      { code: "PORT_OF_OTHER_PROTOCOL", of: "imap" },
    ]);
    for (const { host, port, reason } of REJECTED_SERVERS) {
      expect(serverProblems("imap", host, port ?? 993)).toEqual([{ code: "REJECTED", reason }]);
    }
  });

  it.each([
    ["imap", "imap.esempio.it", 143, "PORT_WITHOUT_TLS"],
    ["pop3", "pop.esempio.it", 110, "PORT_WITHOUT_TLS"],
    ["smtp", "smtp.esempio.it", 25, "PORT_WITHOUT_TLS"],
    ["smtp", "smtp.esempio.it", 587, "PORT_WITHOUT_TLS"],
    ["smtp", "smtp.esempio.it", 993, "PORT_OF_OTHER_PROTOCOL"],
    ["imap", "imap.esempio.it", 0, "BAD_PORT"],
    ["imap", "imap.esempio.it", 65_536, "BAD_PORT"],
    ["imap", "imap.esempio.it", NaN, "BAD_PORT"],
    ["imap", "esempio", 993, "BAD_HOST"],
    ["imap", "https://imap.esempio.it/", 993, "BAD_HOST"],
    ["imap", "", 993, "BAD_HOST"],
  ] as const)("%s %s:%d: %s", (protocol, host, port, code) => {
    expect(serverProblems(protocol, host, port)).toMatchObject([{ code }]);
  });
});

describe("whose something is", () => {
  it("a server, by its name", () => {
    expect(operatorOfHost("IMAPS.archiworldpec.it.")).toMatchObject({
      operator: { id: "aruba" },
      service: { id: "archiworldpec" },
      former: false,
    });
    // Two services share it.
    expect(operatorOfHost("imap.pectim.it")).toMatchObject({ operator: { id: "tim" }, service: null, former: false });
    expect(operatorOfHost("mail.telecompost.it")).toMatchObject({ operator: { id: "tim" }, former: true });
    expect(operatorOfHost("imap.gmail.com")).toBeNull();
    expect(operatorOfHost("")).toBeNull();
  });

  it("a domain, as far as is known", () => {
    expect(knownPecDomain("PEC.it.")).toEqual({
      operatorId: "aruba",
      operatorName: "Aruba PEC",
      confidence: "documented",
    });
    expect(knownPecDomain("studio.legalmail.it")).toMatchObject({ operatorId: "infocert" });
    expect(knownPecDomain("pec.istruzione.it")).toMatchObject({ operatorId: "istruzione" });
    expect(
      ["gmail.com", "argopec.it", "postacertificata.gov.it", "pec.studio.example", "", "it"].map(knownPecDomain),
    ).toEqual([null, null, null, null, null, null]);
  });

  it("an operator, by its id", () => {
    for (const operator of OPERATORS) expect(operatorById(operator.id)).toBe(operator);
    expect(operatorById("nobody")).toBeNull();
  });
});
