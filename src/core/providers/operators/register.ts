// Belongs here: the PEC of Register.it. Does NOT belong here: its ordinary mail (../ordinary-mail.ts).
import { documented, inferred, thirdParty } from "../fact.ts";
import { domainAndBelow, exactDomain, exactMx, imap, mxAndBelow, operator, service, smtp } from "../operator.ts";

export const register = operator({
  id: "register",
  name: "Register.it (PEC.net)",
  legalName: { value: "Register S.p.A.", ...documented("register-mo") },
  aliases: ["Register.it", "PEC.net", "team.blue", "pec-email.com"],
  // The manual of 2015 names it; lists of 2026 disagree on whether it still is.
  status: { value: "active", ...inferred("register-mo") },
  domains: [
    exactDomain("pec.net", thirdParty("register-help")),
    exactDomain("pec.register.it", thirdParty("pmm")),
    domainAndBelow("registerpec.it", thirdParty("code-domainlists")),
  ],
  mx: [
    exactMx("server.pec-email.com", documented("register-mx")),
    mxAndBelow("pec-email.com", inferred("register-mx")),
  ],
  services: [
    service({
      id: "standard",
      name: "Register.it",
      servers: {
        imap: [
          imap("imap.pec-email.com", documented("register-help", "postclient")),
          imap("server.pec-email.com", thirdParty("thunderpec")),
        ],
        // `pop.pec-email.com` follows from the other two names and was seen nowhere: not proposed.
        pop3: [],
        smtp: [
          smtp("smtp.pec-email.com", documented("register-help", "synapta")),
          smtp("server.pec-email.com", thirdParty("thunderpec")),
        ],
      },
    }),
  ],
});
