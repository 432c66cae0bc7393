// Belongs here: the PEC of the notaries. Does NOT belong here: their ordinary mail.
import { documented, inferred, thirdParty, unverified } from "../fact.ts";
import { domainOfService, exactDomain, imap, mxAndBelow, operator, pop3, service, smtp } from "../operator.ts";

export const notartel = operator({
  id: "notartel",
  name: "Notartel (Notariato)",
  legalName: { value: "Notartel S.p.A.", ...unverified() },
  aliases: ["PEC del notariato", "Rete Unitaria del Notariato", "notai"],
  status: { value: "active", ...inferred("notartel") },
  domains: [
    exactDomain("postacertificata.notariato.it", documented("notartel")),
    domainOfService("pec-notariato-it", exactDomain("pec.notariato.it", thirdParty("thunderpec"))),
  ],
  mx: [mxAndBelow("notariato.it", thirdParty("pmm"))],
  services: [
    service({
      id: "standard",
      name: "postacertificata.notariato.it",
      servers: {
        // The guide names the hosts; the ports are those of an add-on's table, and for POP3 of every other operator.
        imap: [imap("imap.postacertificata.notariato.it", documented("notartel", "thunderpec"))],
        pop3: [pop3("pop.postacertificata.notariato.it", documented("notartel"))],
        smtp: [smtp("smtp.postacertificata.notariato.it", thirdParty("notartel", "thunderpec"))],
      },
    }),
    service({
      id: "pec-notariato-it",
      kind: "own-hosts",
      name: "pec.notariato.it",
      servers: {
        imap: [imap("imap.pec.notariato.it", thirdParty("thunderpec"))],
        pop3: [],
        smtp: [smtp("smtp.pec.notariato.it", thirdParty("thunderpec"))],
      },
    }),
  ],
});
