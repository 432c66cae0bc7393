import { describe, expect, it } from "vitest";
import { TLS_PORTS } from "../../../src/core/providers/operator.ts";
import { OPERATORS } from "../../../src/core/providers/operators.ts";
import { REJECTED_SERVERS } from "../../../src/core/providers/rejected-servers.ts";
import {
  areOfOneDomain,
  outgoingServerBeside,
  outgoingServerKind,
  type OutgoingServerKind,
} from "../../../src/core/providers/outgoing-server.ts";

const OFFICE = { host: "mail.studio-rossi.example", username: "mario@studio-rossi.example" };

const kindOf = (host: string, incomingHost: string | null = null, username = "mario@pec.example"): OutgoingServerKind =>
  outgoingServerKind({ host, username }, { incomingHost, ordinary: [OFFICE, { host: "relay.example", username: "" }] });

describe("the server that mail goes to", () => {
  it.each<readonly [string, string | null, OutgoingServerKind]>([
    // 1. Known, of whatever operator, also by a name of earlier years or below a name that is known.
    ["smtps.pec.aruba.it", "imaps.pec.aruba.it", "pec"],
    ["SMTPS.PEC.ARUBA.IT.", null, "pec"],
    ["sendm.cert.legalmail.it", "imaps.pec.aruba.it", "pec"],
    ["smtp.telecompost.it", "imap.pectim.it", "pec"],
    ["smtps-nuovo.pec.aruba.it", "imaps.pec.aruba.it", "pec"],
    ["smtps.pec.aruba.it", "imap.gmail.com", "pec"],
    // 2. Well-known ordinary mail, also where the mailbox is read from it.
    ["smtp.gmail.com", "imaps.pec.aruba.it", "ordinary"],
    ["smtp.gmail.com", "imap.gmail.com", "ordinary"],
    ["smtp.office365.com", "mbox.cert.legalmail.it", "ordinary"],
    ["smtp-mail.outlook.com", "mail.postecert.it", "ordinary"],
    ["smtp.mail.yahoo.com", "imap.pectim.it", "ordinary"],
    ["smtp.mail.me.com", null, "ordinary"],
    ["smtp.libero.it", "mail.postacert.it.net", "ordinary"],
    ["out.virgilio.it", "imaps.pec.aruba.it", "ordinary"],
    // The same company's ordinary mail.
    ["smtps.aruba.it", "imaps.pec.aruba.it", "ordinary"],
    ["authsmtp.register.it", "imap.pec-email.com", "ordinary"],
    ["smtp.tim.it", "imap.pectim.it", "ordinary"],
    // A service of theirs that nobody has told us of.
    ["smtps.pec.tiscali.it", "imaps.pec.aruba.it", "unknown"],
    ["smtp.postacert.fastwebnet.it", null, "unknown"],
    ["smtp.pec.libero.it", null, "pec"],
    // 3. An agreement, or a reseller, with names of its own.
    ["smtps.pec.ordine-inventato.example", "imaps.pec.ordine-inventato.example", "pec"],
    ["out.gestore.example", "in.gestore.example", "pec"],
    // 5. Nothing says whose it is.
    ["smtps.pec.ordine-inventato.example", "imaps.pec.aruba.it", "unknown"],
    ["smtp.altrove.example", "imaps.pec.aruba.it", "unknown"],
    ["smtp.altrove.example", null, "unknown"],
    ["localhost", "imaps.pec.aruba.it", "unknown"],
    ["127.0.0.1", "127.0.0.1", "unknown"],
    ["", null, "unknown"],
    // Only the end of the name counts.
    ["smtp.gmail.com.example", null, "unknown"],
    ["smtp.notgmail.com", null, "unknown"],
  ])("%s beside %s: %s", (host, incomingHost, kind) => {
    expect(kindOf(host, incomingHost)).toBe(kind);
  });

  it("is ordinary when it is what an ordinary account has for its own, by the same login", () => {
    const { host, username } = OFFICE;
    expect(kindOf(host, "imaps.pec.aruba.it", username)).toBe("ordinary");
    expect(kindOf(host.toUpperCase(), "imaps.pec.aruba.it", username.toUpperCase())).toBe("ordinary");
    expect(kindOf("relay.example", null, "")).toBe("ordinary");
    // Another mailbox on the same server.
    expect(kindOf(host, "imaps.pec.aruba.it", "mario@pec.studio-rossi.example")).toBe("unknown");
    // Whoever keeps the mailbox sends its mail.
    expect(kindOf(host, "imap.studio-rossi.example", username)).toBe("pec");
  });

  it("is no directory's server when it is called ordinary", () => {
    const proposed = OPERATORS.flatMap(({ services, formerHosts }) => [
      ...services.flatMap(({ servers }) => Object.values(servers).flat()),
      ...formerHosts,
    ]).map(({ host }) => host);
    expect(proposed.length).toBeGreaterThan(40);
    expect(proposed.filter((host) => kindOf(host) !== "pec")).toEqual([]);
    // Nor one that people may have from a public text, although it is a wrong one.
    expect(REJECTED_SERVERS.filter(({ host }) => kindOf(host) === "ordinary")).toEqual([]);
  });
});

it.each([
  ["imaps.pec.aruba.it", "smtps.pec.aruba.it", true],
  ["a.gestore.example", "GESTORE.example", true],
  ["a.gestore.example", "a.altro.example", false],
  ["a.gestore.example", null, false],
  ["127.0.0.1", "127.0.0.1", false],
])("%s and %s are of one domain: %s", (host, other, expected) => {
  expect(areOfOneDomain(host, other)).toBe(expected);
});

describe("the outgoing server beside an incoming one", () => {
  it.each([
    ["imaps.pec.aruba.it", "pec.it", "smtps.pec.aruba.it"],
    ["POP3S.PEC.ARUBA.IT", "studio-rossi.example", "smtps.pec.aruba.it"],
    ["imaps.archiworldpec.it", "archiworldpec.it", "smtps.archiworldpec.it"],
    // Services that share it: by the domain, else the usual one.
    ["imap.pectim.it", "timpec.it", "smtp.pectim.it"],
    ["imaps.sicurezzapostale.it", "pec.namirial.com", "pro-smtps.sicurezzapostale.it"],
    ["imaps.sicurezzapostale.it", "studio-rossi.example", "smtps.sicurezzapostale.it"],
    ["imap.gmail.com", "pec.it", null],
    ["in.telecompost.it", "telecompost.it", null],
    ["localhost", "pec.it", null],
  ])("%s, %s: %s", (incomingHost, domain, host) => {
    const server = outgoingServerBeside(incomingHost, domain);
    expect(server?.host ?? null).toBe(host);
    if (server !== null) expect(server.port).toBe(TLS_PORTS.smtp);
  });
});
