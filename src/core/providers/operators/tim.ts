// Belongs here: the PEC of TIM (TI Trust Technologies). Does NOT belong here: TIM's ordinary mail (../ordinary-mail.ts).
import { documented, inferred, thirdParty } from "../fact.ts";
import { domainAndBelow, exactDomain, imap, mxAndBelow, operator, pop3, service, smtp } from "../operator.ts";

const guide = documented("tim-guide");
const incoming = {
  imap: [imap("imap.pectim.it", guide)],
  pop3: [pop3("pop3s.pectim.it", guide)],
};

export const tim = operator({
  id: "tim",
  name: "TIM (TI Trust Technologies)",
  legalName: { value: "TI Trust Technologies S.r.l.", ...guide },
  aliases: [
    "PEC TIM",
    "pectim",
    "Telecompost",
    "Impresa Semplice PEC",
    "I.T. Telecom",
    "Telecom Italia Trust Technologies",
  ],
  status: { value: "active", ...documented("tim-guide", "tim-pec") },
  receiptMailboxes: [{ address: "posta-certificata@telecompost.it", ...thirdParty("code-domainlists") }],
  domains: [
    domainAndBelow("timpec.it", guide),
    exactDomain("pec.telecomitalia.it", guide),
    domainAndBelow("telecompost.it", guide),
    // Domain of the servers; no mailbox on it was seen.
    exactDomain("pectim.it", inferred()),
    exactDomain("pec.governo.it", thirdParty("code-telecompost")),
    exactDomain("mailcert.beniculturali.it", thirdParty("code-telecompost")),
  ],
  mx: [mxAndBelow("pectim.it", inferred()), mxAndBelow("telecompost.it", thirdParty("pmm"))],
  services: [
    service({
      id: "standard",
      name: "PEC TIM",
      login: "address*user",
      servers: { ...incoming, smtp: [smtp("smtp.pectim.it", guide), smtp("smtps.pectim.it", guide)] },
    }),
    service({
      id: "bulk-sending",
      kind: "bulk-sending",
      name: "PEC TIM",
      login: "address*user",
      servers: { ...incoming, smtp: [smtp("smtpm.pectim.it", guide), smtp("smtpsm.pectim.it", guide)] },
    }),
  ],
  formerHosts: [
    { host: "mail.telecompost.it", ...thirdParty("thunderpec", "code-telecompost") },
    { host: "in.telecompost.it", ...thirdParty("thunderpec", "code-telecompost") },
    { host: "smtp.telecompost.it", ...thirdParty("thunderpec", "code-telecompost") },
  ],
  clientPassword: {
    needed: "always",
    name: "Password secondaria",
    page: "https://devicepassword.pectim.it",
    menus: ["Impostazioni", "Genera Password Secondaria"],
    help: null,
    expiresAfterMonths: null,
    remarks: ["blocked-with-main-password"],
    ...guide,
  },
  folders: { sent: ["INVIATE"], drafts: ["BOZZE"], trash: null, ...guide },
  limits: [{ what: "mailbox-gigabytes", from: 1, to: 2, ...documented("tim-pec") }],
});
