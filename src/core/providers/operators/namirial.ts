// Belongs here: Namirial's PEC, known as Sicurezza Postale, and those who sell it. Does NOT belong here: other products of theirs.
import { documented, inferred, thirdParty } from "../fact.ts";
import {
  domainAndBelow,
  domainOfService,
  exactDomain,
  exactMx,
  imap,
  mxAndBelow,
  operator,
  pop3,
  service,
  smtp,
} from "../operator.ts";

export const namirial = operator({
  id: "namirial",
  name: "Namirial (Sicurezza Postale)",
  legalName: { value: "Namirial S.p.A.", ...documented("namirial-manual", "hostingsolutions") },
  aliases: ["Sicurezza Postale", "SicurezzaPostale", "LegalPEC", "Namirial PEC"],
  resellers: [
    { name: "legalpec.net", ...documented("legalpec") },
    { name: "LaMiaPec", ...documented("lamiapec") },
    { name: "Hosting Solutions (Genesys Informatica)", ...documented("hostingsolutions") },
  ],
  status: { value: "active", ...documented("legalpec") },
  receiptMailboxes: [{ address: "posta-certificata@sicurezzapostale.it", ...documented("fixture-namirial") }],
  domains: [
    domainAndBelow("sicurezzapostale.it", documented("namirial-manual")),
    exactDomain("namirialpec.it", thirdParty("fixture-namirial")),
    exactDomain("lamiapec.it", documented("lamiapec")),
    domainOfService("pro", exactDomain("pec.namirial.com", thirdParty("uaapp"))),
  ],
  mx: [
    // Seen for one large sender.
    exactMx("sendmx.sicurezzapostale.it", documented("pagopa-dns")),
    mxAndBelow("sicurezzapostale.it", thirdParty("pmm")),
    mxAndBelow("namirial.com", thirdParty("pmm")),
  ],
  services: [
    service({
      id: "standard",
      name: "Sicurezza Postale",
      servers: {
        imap: [imap("imaps.sicurezzapostale.it", documented("legalpec", "pmm", "thunderpec"))],
        // The resellers' guide gives `pop3s.` in its summary and `pops.` in its steps; an older guide has `pops.` only.
        pop3: [
          pop3("pop3s.sicurezzapostale.it", documented("legalpec")),
          pop3("pops.sicurezzapostale.it", documented("legalpec", "lamiapec", "postclient")),
        ],
        smtp: [smtp("smtps.sicurezzapostale.it", documented("legalpec", "lamiapec", "pmm"))],
      },
    }),
    service({
      id: "pro",
      kind: "pro",
      name: "Namirial PRO",
      // Only its outgoing server was seen; incoming mail is taken to be where the others' is.
      servers: {
        imap: [imap("imaps.sicurezzapostale.it", inferred("uaapp"))],
        pop3: [],
        smtp: [smtp("pro-smtps.sicurezzapostale.it", thirdParty("uaapp"))],
      },
    }),
  ],
  clientPassword: {
    needed: "after-conversion-to-rem",
    name: "Password applicativa",
    // Made in the webmail after strong authentication; its address was not found.
    page: null,
    menus: [],
    help: null,
    expiresAfterMonths: null,
    remarks: ["temporary"],
    ...documented("legalpec"),
  },
  limits: [{ what: "messages-per-day", value: 1000, ...inferred("namirial-mo") }],
});
