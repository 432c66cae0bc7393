import { describe, expect, it } from "vitest";
import { domainName, matchesDomain } from "../../../src/core/providers/domain-name.ts";
import type { Fact } from "../../../src/core/providers/fact.ts";
import { findByMx } from "../../../src/core/providers/find-operator.ts";
import { serversFromTemplate } from "../../../src/core/providers/host-template.ts";
import { TLS_PORTS, type Operator, type Protocol } from "../../../src/core/providers/operator.ts";
import { OPERATORS } from "../../../src/core/providers/operators.ts";
import { ORDINARY_DOMAINS, ORDINARY_MX, ORDINARY_SERVERS } from "../../../src/core/providers/ordinary-mail.ts";
import { REJECTED_SERVERS, rejectionOf } from "../../../src/core/providers/rejected-servers.ts";
import { SOURCES } from "../../../src/core/providers/sources.ts";

const PROTOCOLS: readonly Protocol[] = ["imap", "pop3", "smtp"];

const serversOf = ({ services }: Operator) =>
  services.flatMap(({ servers }) =>
    PROTOCOLS.flatMap((protocol) => servers[protocol].map((server) => ({ protocol, ...server }))),
  );

/** Every object with a confidence, wherever it stands. */
function factsIn(value: unknown): Fact[] {
  if (value === null || typeof value !== "object") return [];
  const inside = Object.values(value).flatMap(factsIn);
  return isFact(value) ? [value, ...inside] : inside;
}

const isFact = (value: object): value is Fact => "confidence" in value;

const rules = OPERATORS.flatMap((operator) =>
  [...operator.domains, ...operator.endedDomains].map((rule) => ({ operator: operator.id, ...rule })),
);

describe("the directory", () => {
  it("holds 38 operators, or those taken for one, each once", () => {
    expect(OPERATORS).toHaveLength(38);
    expect(new Set(OPERATORS.map(({ id }) => id)).size).toBe(OPERATORS.length);
  });

  it.each(OPERATORS.map((operator) => [operator.id, operator] as const))("%s is written soundly", (id, operator) => {
    expect(id).toMatch(/^[a-z]+$/);
    expect(operator.name).not.toBe("");
    // Something to propose, or why not.
    expect(operator.services.length > 0).toBe(operator.noServices === null);
    expect(new Set(operator.services.map((service) => service.id)).size).toBe(operator.services.length);
    for (const { service } of operator.domains) {
      if (service !== null) expect(operator.services.map((each) => each.id)).toContain(service);
    }
    for (const service of operator.services) {
      expect(service.servers.imap.length + service.servers.pop3.length).toBeGreaterThan(0);
      expect(service.servers.smtp.length).toBeGreaterThan(0);
    }
    for (const { address } of operator.receiptMailboxes) expect(address).toMatch(/^posta-certificata@[a-z.]+$/);
    for (const names of Object.values(operator.folders ?? {})) expect(names).not.toEqual([]);
  });

  it("proposes hosts that are well formed, with TLS on connect, never a rejected nor an assumed one", () => {
    const servers = OPERATORS.flatMap(serversOf);
    expect(servers.length).toBeGreaterThan(40);
    for (const { protocol, host, port, confidence } of servers) {
      expect(domainName(host)).toBe(host);
      expect(port).toBe(TLS_PORTS[protocol]);
      expect(rejectionOf({ host, port })).toBeNull();
      expect(confidence).not.toBe("unverified");
    }
  });

  it("says of every fact how well it is known, and where it was read unless nobody states it", () => {
    const facts = factsIn([OPERATORS, ORDINARY_DOMAINS, ORDINARY_MX, ORDINARY_SERVERS]);
    expect(facts.length).toBeGreaterThan(250);
    for (const { confidence, sources } of facts) {
      expect(["documented", "third-party", "inferred", "unverified"]).toContain(confidence);
      if (confidence === "documented" || confidence === "third-party") expect(sources).not.toEqual([]);
      for (const source of sources) expect(SOURCES).toHaveProperty(source);
    }
  });

  it("cites every source, and names none that is not there", () => {
    const templates = ["operator" as const, "aruba-agreement" as const].map((each) =>
      serversFromTemplate(each, "x.it"),
    );
    const cited = new Set<string>([
      ...factsIn([OPERATORS, ORDINARY_DOMAINS, ORDINARY_MX, ORDINARY_SERVERS, templates]).flatMap(
        ({ sources }) => sources,
      ),
      ...REJECTED_SERVERS.flatMap(({ sources }) => sources),
    ]);
    expect(Object.keys(SOURCES).filter((id) => !cited.has(id))).toEqual([]);
    for (const { title, url } of Object.values(SOURCES)) {
      expect(title).not.toBe("");
      if (url !== null) expect(URL.canParse(url)).toBe(true);
    }
  });

  it("gives each domain to one operator, and none of ordinary mail's", () => {
    for (const { domain } of rules) expect(domainName(domain)).toBe(domain);
    expect(new Set(rules.map(({ domain }) => domain)).size).toBe(rules.length);
    const ordinary = new Set(ORDINARY_DOMAINS.map(({ domain }) => domain));
    expect(ordinary.size).toBe(ORDINARY_DOMAINS.length);
    expect(rules.filter(({ domain }) => ordinary.has(domain))).toEqual([]);
  });

  it("lets a domain stand below another operator's only as a rule of its own", () => {
    const overlaps = rules.flatMap((inner) =>
      rules
        .filter((outer) => outer !== inner && matchesDomain(inner.domain, outer.domain, outer.match))
        .map((outer) => `${inner.operator}:${inner.domain} below ${outer.operator}:${outer.domain}`),
    );
    expect(overlaps).toEqual([]);
  });

  it("gives each MX to one operator, also where the same company receives ordinary mail", () => {
    const all = OPERATORS.flatMap(({ mx }) => mx.map(({ host }) => host));
    expect(new Set(all).size).toBe(all.length);
    for (const operator of OPERATORS) {
      for (const { host } of operator.mx) {
        expect(domainName(host)).toBe(host);
        expect(findByMx(host)).toMatchObject({ kind: "operator", operator: { id: operator.id } });
      }
    }
  });

  it("keeps former hosts apart from those that are proposed", () => {
    const proposed = new Set(OPERATORS.flatMap(serversOf).map(({ host }) => host));
    const former = OPERATORS.flatMap(({ formerHosts }) => formerHosts.map(({ host }) => host));
    expect(former.length).toBeGreaterThan(5);
    expect(former.filter((host) => proposed.has(host) || domainName(host) !== host)).toEqual([]);
  });

  it("opens pages by HTTPS only", () => {
    const links = OPERATORS.flatMap(({ webmail, clientPassword, services }) => [
      webmail?.url,
      clientPassword?.page,
      clientPassword?.help,
      ...services.flatMap((service) => [service.webmail?.url, service.passwordPage?.url]),
    ]).filter((url) => typeof url === "string");
    expect(links.length).toBeGreaterThan(5);
    for (const url of links) expect(url).toMatch(/^https:\/\/[a-z.-]+(\/|$)/);
  });
});

describe("what each operator's guides give", () => {
  const at = (port: number, ...hosts: string[]) => hosts.map((host) => ({ host, port }));
  const aruba = {
    imap: at(993, "imaps.pec.aruba.it"),
    pop3: at(995, "pop3s.pec.aruba.it"),
    smtp: at(465, "smtps.pec.aruba.it"),
  };

  it.each([
    ["aruba", "standard", "address", aruba],
    ["aruba", "multi-user", "multi-user-account", aruba],
    [
      "aruba",
      "archiworldpec",
      "address",
      {
        imap: at(993, "imaps.archiworldpec.it"),
        pop3: at(995, "pop3s.archiworldpec.it"),
        smtp: at(465, "smtps.archiworldpec.it"),
      },
    ],
    [
      "aruba",
      "mail-certificata-eu",
      "address",
      {
        imap: at(993, "imaps.pec.mail-certificata.eu"),
        pop3: at(995, "pop3s.pec.mail-certificata.eu"),
        smtp: at(465, "smtps.pec.mail-certificata.eu"),
      },
    ],
    [
      "infocert",
      "standard",
      "user-id",
      {
        imap: at(993, "mbox.cert.legalmail.it"),
        pop3: at(995, "mbox.cert.legalmail.it"),
        smtp: at(465, "sendm.cert.legalmail.it"),
      },
    ],
    [
      "namirial",
      "standard",
      "address",
      {
        imap: at(993, "imaps.sicurezzapostale.it"),
        pop3: at(995, "pop3s.sicurezzapostale.it", "pops.sicurezzapostale.it"),
        smtp: at(465, "smtps.sicurezzapostale.it"),
      },
    ],
    [
      "namirial",
      "pro",
      "address",
      { imap: at(993, "imaps.sicurezzapostale.it"), pop3: [], smtp: at(465, "pro-smtps.sicurezzapostale.it") },
    ],
    [
      "poste",
      "standard",
      "address",
      { imap: at(993, "mail.postecert.it"), pop3: at(995, "mail.postecert.it"), smtp: at(465, "mail.postecert.it") },
    ],
    [
      "tim",
      "standard",
      "address*user",
      {
        imap: at(993, "imap.pectim.it"),
        pop3: at(995, "pop3s.pectim.it"),
        smtp: at(465, "smtp.pectim.it", "smtps.pectim.it"),
      },
    ],
    [
      "tim",
      "bulk-sending",
      "address*user",
      {
        imap: at(993, "imap.pectim.it"),
        pop3: at(995, "pop3s.pectim.it"),
        smtp: at(465, "smtpm.pectim.it", "smtpsm.pectim.it"),
      },
    ],
    [
      "register",
      "standard",
      "address",
      {
        imap: at(993, "imap.pec-email.com", "server.pec-email.com"),
        pop3: [],
        smtp: at(465, "smtp.pec-email.com", "server.pec-email.com"),
      },
    ],
    [
      "actalis",
      "standard",
      "address",
      { imap: at(993, "imap.pec.actalis.it"), pop3: [], smtp: at(465, "smtp.pec.actalis.it") },
    ],
    [
      "notartel",
      "standard",
      "address",
      {
        imap: at(993, "imap.postacertificata.notariato.it"),
        pop3: at(995, "pop.postacertificata.notariato.it"),
        smtp: at(465, "smtp.postacertificata.notariato.it"),
      },
    ],
    [
      "notartel",
      "pec-notariato-it",
      "address",
      { imap: at(993, "imap.pec.notariato.it"), pop3: [], smtp: at(465, "smtp.pec.notariato.it") },
    ],
    [
      "intesi",
      "standard",
      "address",
      {
        imap: at(993, "imap.ig-trustmail.com"),
        pop3: at(995, "pop.ig-trustmail.com"),
        smtp: at(465, "smtp.ig-trustmail.com"),
      },
    ],
    [
      "itnet",
      "standard",
      "address",
      { imap: at(993, "mail.postacert.it.net"), pop3: [], smtp: at(465, "mail.postacert.it.net") },
    ],
    [
      "vodafone",
      "standard",
      "user-name",
      { imap: at(993, "imap.postacert.vodafone.it"), pop3: [], smtp: at(465, "postacert.vodafone.it") },
    ],
    [
      "basilicata",
      "standard",
      "address",
      { imap: at(993, "imaps.pec.basilicatanet.it"), pop3: [], smtp: at(465, "smtps.pec.basilicatanet.it") },
    ],
  ])("%s/%s: user name %s", (operatorId, serviceId, login, servers) => {
    const service = OPERATORS.find(({ id }) => id === operatorId)?.services.find(({ id }) => id === serviceId);
    const bare = PROTOCOLS.map((protocol) => [
      protocol,
      service?.servers[protocol].map(({ host, port }) => ({ host, port })),
    ]);
    expect({ login: service?.login, servers: Object.fromEntries(bare) as unknown }).toEqual({ login, servers });
  });

  it("has no service beside those of the table above", () => {
    expect(OPERATORS.flatMap(({ services }) => services)).toHaveLength(18);
  });
});
