// Belongs here: Legalmail, of InfoCert, and those who sell it. Does NOT belong here: other products of theirs.
import { documented, inferred, thirdParty } from "../fact.ts";
import { domainAndBelow, exactDomain, exactMx, imap, mxAndBelow, operator, pop3, service, smtp } from "../operator.ts";

export const infocert = operator({
  id: "infocert",
  name: "Legalmail (InfoCert)",
  legalName: { value: "InfoCert S.p.A.", ...documented("legalmail-doc", "visura") },
  aliases: ["Legalmail", "InfoCert"],
  resellers: [
    { name: "Lextel", ...inferred("lextel", "visura") },
    { name: "Visura", ...documented("visura") },
  ],
  status: { value: "active", ...documented("infocert-apple", "infocert-webmail") },
  receiptMailboxes: [{ address: "posta-certificata@legalmail.it", ...thirdParty("code-domainlists") }],
  domains: [
    domainAndBelow("legalmail.it", documented("legalmail-domains")),
    // Bar associations, sold by Lextel and Visura, whose PEC is InfoCert's.
    domainAndBelow("pecavvocati.it", inferred("lextel", "visura")),
    exactDomain("pec.rupar.puglia.it", documented("puglia")),
    exactDomain("fofi.it", documented("fofi")),
    exactDomain("legalmailpa.it", thirdParty("pmm")),
  ],
  mx: [
    exactMx("mx.cert.legalmail.it", documented("legalmail-doc", "legalmail-domains")),
    mxAndBelow("legalmail.it", thirdParty("pmm")),
  ],
  services: [
    service({
      id: "standard",
      name: "Legalmail",
      login: "user-id",
      servers: {
        imap: [imap("mbox.cert.legalmail.it", documented("infocert-help-tls", "pmm"))],
        // The guide names the host for all incoming mail; the port was not seen in its text.
        pop3: [pop3("mbox.cert.legalmail.it", inferred("infocert-help-tls", "infocert-apple"))],
        smtp: [smtp("sendm.cert.legalmail.it", documented("infocert-help-tls", "pmm", "thunderpec"))],
      },
    }),
  ],
  webmail: { url: "https://webmail.infocert.it", ...documented("infocert-manual") },
  clientPassword: {
    // Two factors are described for the webmail only.
    needed: "unknown",
    name: null,
    page: null,
    menus: [],
    help: null,
    expiresAfterMonths: null,
    remarks: ["special-characters"],
    ...documented("infocert-help-pw"),
  },
  folders: { sent: ["INBOX", "Spedite"], drafts: null, trash: null, ...thirdParty("pmm") },
  limits: [
    { what: "messages-per-minute", value: 6, ...documented("infocert-help-limits", "lextel") },
    { what: "message-megabytes", value: 50, dividedByRecipients: false, ...documented("lextel") },
    { what: "recipients", value: 500, ...documented("lextel") },
  ],
});
