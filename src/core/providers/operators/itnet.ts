// Belongs here: the PEC of IT.net, sold as Libero PEC. Does NOT belong here: Libero's ordinary mail (../ordinary-mail.ts).
import { documented, inferred, thirdParty } from "../fact.ts";
import { exactDomain, imap, mxAndBelow, operator, service, smtp } from "../operator.ts";

export const itnet = operator({
  id: "itnet",
  name: "IT.net (Libero PEC)",
  legalName: { value: "IT-NET s.r.l.", ...documented("vola") },
  aliases: ["ITnet", "Libero PEC"],
  resellers: [{ name: "Vola", ...documented("vola") }],
  status: { value: "unknown", ...documented("vola") },
  domains: [
    exactDomain("pec.libero.it", inferred("code-domainlists")),
    exactDomain("postacert.it.net", thirdParty("thunderpec")),
  ],
  mx: [mxAndBelow("postacert.it.net", inferred())],
  services: [
    service({
      id: "standard",
      name: "IT.net",
      servers: {
        imap: [imap("mail.postacert.it.net", thirdParty("thunderpec", "postclient"))],
        pop3: [],
        smtp: [smtp("mail.postacert.it.net", thirdParty("thunderpec", "postclient"))],
      },
    }),
  ],
});
