// Belongs here: the PEC of Regione Basilicata. Does NOT belong here: who runs it today, which the MX tells.
import { documented, thirdParty } from "../fact.ts";
import { exactDomain, imap, operator, service, smtp } from "../operator.ts";

export const basilicata = operator({
  id: "basilicata",
  name: "Basilicata PEC",
  legalName: { value: "Regione Basilicata", ...documented("basilicata-mo") },
  aliases: ["Basilicatanet PEC", "Regione Basilicata"],
  // Operator in 2011. The names of its servers are like those of Aruba's agreements.
  status: { value: "unknown", ...documented("basilicata-mo") },
  domains: [exactDomain("pec.basilicatanet.it", thirdParty("thunderpec"))],
  services: [
    service({
      id: "standard",
      name: "pec.basilicatanet.it",
      servers: {
        imap: [imap("imaps.pec.basilicatanet.it", thirdParty("thunderpec"))],
        pop3: [],
        smtp: [smtp("smtps.pec.basilicatanet.it", thirdParty("thunderpec"))],
      },
    }),
  ],
});
