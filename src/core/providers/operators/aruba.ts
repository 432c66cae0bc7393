// Belongs here: Aruba PEC and the agreements that run on it. Does NOT belong here: Aruba's ordinary mail (../ordinary-mail.ts).
import { documented, inferred, thirdParty, unverified } from "../fact.ts";
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
  type Servers,
} from "../operator.ts";

const servers: Servers = {
  imap: [imap("imaps.pec.aruba.it", documented("ispdb-arubapec", "pmm"))],
  // The database of Thunderbird gives port 993 for this host: an error (../rejected-servers.ts).
  pop3: [pop3("pop3s.pec.aruba.it", documented("ispdb-arubapec", "postclient"))],
  smtp: [smtp("smtps.pec.aruba.it", documented("aruba-client", "ispdb-arubapec", "pmm"))],
};

export const aruba = operator({
  id: "aruba",
  name: "Aruba PEC",
  legalName: { value: "Aruba PEC S.p.A.", ...documented("user-treviso") },
  aliases: ["Aruba", "Pec.it", "ArubaPEC"],
  resellers: [
    { name: "Ordini degli architetti (AWN)", ...documented("user-treviso") },
    { name: "GoInfoTeam", ...inferred("goinfoteam") },
    { name: "raccomandata.eu", ...inferred("goinfoteam") },
    { name: "PEC neroavorio", ...documented("neroavorio") },
    { name: "onePEC (Pineapple)", ...inferred("onepec") },
  ],
  status: { value: "active", ...documented("aruba-client") },
  receiptMailboxes: [{ address: "posta-certificata@pec.aruba.it", ...documented("user-treviso") }],
  domains: [
    exactDomain("pec.it", documented("ispdb-arubapec")),
    exactDomain("arubapec.it", documented("ispdb-arubapec")),
    exactDomain("mypec.eu", documented("ispdb-arubapec")),
    exactDomain("gigapec.it", documented("ispdb-arubapec")),
    exactDomain("ingpec.eu", documented("ispdb-arubapec")),
    domainOfService("archiworldpec", exactDomain("archiworldpec.it", documented("user-treviso"))),
    // Servers and texts follow the pattern of Aruba's agreements; the page does not name the operator.
    domainOfService("mail-certificata-eu", domainAndBelow("mail-certificata.eu", inferred("goinfoteam"))),
    domainAndBelow("pecneroavorio.it", documented("neroavorio")),
    exactDomain("onepec.it", inferred("onepec")),
    exactDomain("pec.cloud", thirdParty("pmm")),
    exactDomain("casellapec.com", thirdParty("pmm")),
    exactDomain("argopec.it", unverified()),
  ],
  mx: [exactMx("mx.pec.aruba.it", documented("aruba-mx", "pagopa-dns")), mxAndBelow("pec.aruba.it", thirdParty("pmm"))],
  services: [
    service({ id: "standard", name: "Aruba PEC", servers }),
    service({
      id: "archiworldpec",
      kind: "own-hosts",
      name: "archiworldpec.it",
      servers: {
        // The document misprints this one (../rejected-servers.ts); the host follows from the other two.
        imap: [imap("imaps.archiworldpec.it", inferred("user-treviso"))],
        pop3: [pop3("pop3s.archiworldpec.it", documented("user-treviso"))],
        smtp: [smtp("smtps.archiworldpec.it", documented("user-treviso"))],
      },
    }),
    service({
      id: "mail-certificata-eu",
      kind: "own-hosts",
      name: "pec.mail-certificata.eu",
      servers: {
        imap: [imap("imaps.pec.mail-certificata.eu", documented("goinfoteam"))],
        pop3: [pop3("pop3s.pec.mail-certificata.eu", documented("goinfoteam"))],
        smtp: [smtp("smtps.pec.mail-certificata.eu", documented("goinfoteam"))],
      },
      webmail: { url: "https://webmail.pec.mail-certificata.eu/src/login.php", ...documented("goinfoteam") },
      passwordPage: {
        url: "https://webmail.pec.mail-certificata.eu/prov/authentication.cgi",
        ...documented("goinfoteam"),
      },
    }),
    service({ id: "multi-user", kind: "multi-user", name: "Aruba PEC", login: "multi-user-account", servers }),
  ],
  webmail: { url: "https://webmail.pec.it", ...documented("user-treviso", "neroavorio") },
  clientPassword: {
    needed: "with-two-step-verification",
    name: "Password per programmi di posta",
    // Reached from the webmail.
    page: null,
    menus: ["Gestione account PEC", "Sicurezza", "Password per programmi di posta"],
    help: "https://guide.pec.it/posta-pec/ripristino-cambio-password-pec/come-generare-la-password-per-il-client.aspx",
    expiresAfterMonths: 3,
    remarks: ["shown-once", "protocols-must-be-enabled"],
    ...documented("aruba-apppw", "aruba-apppw-multi", "aruba-protocols"),
  },
  folders: {
    sent: ["INBOX", "Inviata"],
    drafts: ["INBOX", "bozze"],
    trash: ["INBOX", "cestino"],
    ...thirdParty("pmm", "pecruby"),
  },
  limits: [
    { what: "message-megabytes", value: 100, dividedByRecipients: true, ...documented("aruba-size") },
    { what: "blocked-attachments", ...documented("aruba-size") },
    { what: "mailbox-gigabytes", from: 1, to: 2, ...documented("aruba-plans") },
    { what: "no-bcc", ...documented("neroavorio", "goinfoteam") },
  ],
});
