// Belongs here: the PEC of Poste Italiane. Does NOT belong here: ordinary mail of poste.it.
import { documented, inferred, thirdParty } from "../fact.ts";
import { domainAndBelow, exactDomain, imap, mxAndBelow, operator, pop3, service, smtp } from "../operator.ts";

export const poste = operator({
  id: "poste",
  name: "Poste Italiane (Postecert)",
  legalName: { value: "Poste Italiane S.p.A.", ...documented("poste-faq") },
  aliases: ["PosteCert", "Postecom", "Poste"],
  status: { value: "active", ...documented("poste-faq", "ispdb-postecert") },
  receiptMailboxes: [{ address: "posta-certificata@postecert.it", ...inferred("pecmilter-log") }],
  domains: [
    exactDomain("postecert.it", documented("ispdb-postecert")),
    domainAndBelow("pec.poste.it", thirdParty("pmm")),
  ],
  mx: [mxAndBelow("postecert.it", thirdParty("pmm")), mxAndBelow("pec.poste.it", thirdParty("pmm"))],
  services: [
    service({
      id: "standard",
      name: "Postecert",
      servers: {
        imap: [imap("mail.postecert.it", documented("ispdb-postecert", "thunderpec"))],
        pop3: [pop3("mail.postecert.it", documented("ispdb-postecert"))],
        smtp: [smtp("mail.postecert.it", documented("ispdb-postecert", "thunderpec"))],
      },
    }),
  ],
});
