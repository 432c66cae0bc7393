// Belongs here: the PEC sold by Vodafone; the operator behind it was not found. Does NOT belong here: Vodafone's ordinary mail.
import { inferred, thirdParty, unverified } from "../fact.ts";
import { exactDomain, imap, operator, service, smtp } from "../operator.ts";

export const vodafone = operator({
  id: "vodafone",
  name: "Vodafone Posta Certificata",
  legalName: { value: null, ...unverified() },
  aliases: ["postacert.vodafone.it"],
  status: { value: "unknown", ...unverified("thunderpec") },
  domains: [exactDomain("postacert.vodafone.it", inferred("thunderpec"))],
  services: [
    service({
      id: "standard",
      name: "Vodafone",
      login: "user-name",
      servers: {
        imap: [imap("imap.postacert.vodafone.it", thirdParty("thunderpec"))],
        pop3: [],
        smtp: [smtp("postacert.vodafone.it", thirdParty("thunderpec"))],
      },
    }),
  ],
});
