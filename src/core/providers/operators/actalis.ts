// Belongs here: Actalis Certified Mail. Does NOT belong here: its certificates (core/trust).
import { documented, thirdParty } from "../fact.ts";
import { exactDomain, imap, mxAndBelow, operator, service, smtp } from "../operator.ts";

export const actalis = operator({
  id: "actalis",
  name: "Actalis Certified Mail",
  legalName: { value: "Actalis S.p.A.", ...documented("actalis-mo") },
  aliases: ["Actalis"],
  // Operator in 2021; of Aruba's group, and whether its mailboxes were moved is not confirmed.
  status: { value: "unknown", ...documented("actalis-mo", "actalis-domains") },
  receiptMailboxes: [{ address: "posta-certificata@pec.actalis.it", ...thirdParty("code-actalis") }],
  domains: [
    exactDomain("pec.actalis.it", thirdParty("code-domainlists")),
    exactDomain("actaliscertymail.it", thirdParty("pmm")),
    exactDomain("certemail.it", documented("certemail")),
    exactDomain("postacert.regione.emilia-romagna.it", thirdParty("code-actalis")),
  ],
  mx: [mxAndBelow("actalis.it", thirdParty("pmm"))],
  services: [
    service({
      id: "standard",
      name: "Actalis",
      servers: {
        imap: [imap("imap.pec.actalis.it", thirdParty("thunderpec"))],
        pop3: [],
        smtp: [smtp("smtp.pec.actalis.it", thirdParty("thunderpec", "code-actalis"))],
      },
    }),
  ],
});
