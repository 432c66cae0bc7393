// Belongs here: the PEC of Intesi Group, which took over mailboxes of Irideos in 2024. Does NOT belong here: In.Te.S.A., another company.
import { documented, inferred, thirdParty } from "../fact.ts";
import { exactDomain, imap, mxAndBelow, operator, pop3, service, smtp } from "../operator.ts";

export const intesi = operator({
  id: "intesi",
  name: "Intesi Group",
  legalName: { value: "Intesi Group S.p.A.", ...documented("irideos-end") },
  aliases: ["ig-trustmail", "KeyPEC", "PEC Easy", "PEC Smart"],
  resellers: [{ name: "Kolst", ...documented("irideos-end") }],
  status: { value: "active", ...documented("irideos-end") },
  domains: [
    exactDomain("ig-trustmail.com", thirdParty("intesi-code")),
    exactDomain("peceasy.com", documented("irideos-end")),
    exactDomain("peceasy.it", documented("irideos-end")),
    exactDomain("kmailer.it", documented("irideos-end")),
    exactDomain("keypec.com", documented("irideos-end")),
  ],
  mx: [mxAndBelow("ig-trustmail.com", inferred())],
  services: [
    service({
      id: "standard",
      name: "Intesi Group",
      servers: {
        imap: [imap("imap.ig-trustmail.com", thirdParty("intesi-code"))],
        pop3: [pop3("pop.ig-trustmail.com", thirdParty("postclient"))],
        smtp: [smtp("smtp.ig-trustmail.com", thirdParty("intesi-code"))],
      },
    }),
  ],
});
