// Belongs here: where each fact about providers was read, so that anybody can check it. Does NOT belong here: the facts.

export interface Source {
  readonly title: string;
  /** `null`: a document that is not on the public web, or code named by its author only. */
  readonly url: string | null;
  /** `provider-quoted`: the provider's page as others quote it. */
  readonly kind:
    "provider" | "provider-quoted" | "reseller" | "user-document" | "ispdb" | "public-body" | "public-code" | "press";
}

/** All read in 2026. */
export const SOURCES = {
  "ispdb-arubapec": {
    title: "Thunderbird ISPDB, arubapec.it.xml",
    url: "https://github.com/thunderbird/autoconfig/blob/c6ad79659b5fc321d1593ec4c277815b83e5dec5/ispdb/arubapec.it.xml",
    kind: "ispdb",
  },
  "ispdb-postecert": {
    title: "Thunderbird ISPDB, postecert.it.xml (added 2025-12-10)",
    url: "https://github.com/thunderbird/autoconfig/blob/c6ad79659b5fc321d1593ec4c277815b83e5dec5/ispdb/postecert.it.xml",
    kind: "ispdb",
  },
  "aruba-client": {
    title: "Aruba PEC guide: configure the mailbox in a mail program",
    url: "https://guide.pec.it/posta-pec/configurare-casella-pec/bozza.aspx",
    kind: "provider",
  },
  "aruba-protocols": {
    title: "Aruba PEC guide: enable/disable IMAP, POP3, SMTP",
    url: "https://guide.pec.it/posta-pec/webmail/utilizzo-versione-smart/gestione-protocolli-di-posta.aspx",
    kind: "provider",
  },
  "aruba-apppw": {
    title: "Aruba PEC guide: password for mail programs",
    url: "https://guide.pec.it/posta-pec/ripristino-cambio-password-pec/come-generare-la-password-per-il-client.aspx",
    kind: "provider",
  },
  "aruba-apppw-multi": {
    title: "Aruba PEC guide: password for mail programs, multi-user account",
    url: "https://guide.pec.it/multiutente/gestione-account/verifica-in-2-passaggi/generare-la-password-per-client-di-posta.aspx",
    kind: "provider",
  },
  "aruba-mx": {
    title: "Aruba hosting guide: DNS and MX for PEC on own domain",
    url: "https://guide.hosting.aruba.it/servizi/pec-su-dominio/configurazione-dns-e-record-mx.aspx",
    kind: "provider",
  },
  "aruba-size": {
    title: "Aruba PEC guide: attachments, forbidden extensions, size",
    url: "https://guide.pec.it/posta-pec/webmail/utilizzo-pannello-webmail-pec-versione-smart/webmail-pec-smart-allegati-estensioni.aspx",
    kind: "provider",
  },
  "aruba-plans": {
    title: "Aruba PEC guide: Standard, Pro, Premium mailboxes",
    url: "https://guide.pec.it/posta-pec/aumento-spazio-e-modifica-tipologia-casella-pec/modifica-tipologia-caselle-upgrade-downgrade.aspx",
    kind: "provider",
  },
  "aruba-whitelabel": {
    title: "ilsoftware.it: Aruba PEC, agreements with their own webmail and server names",
    url: "https://ilsoftware.it/focus/aruba-pec-come-funziona-e-cosa-c-e-da-sapere_24893",
    kind: "press",
  },
  neroavorio: {
    title: "PEC neroavorio (Aruba reseller): configuration page",
    url: "http://pec.neroavorio.it/index.php?pag=config",
    kind: "reseller",
  },
  onepec: {
    title: "onePEC.it FAQ (management console is Aruba's)",
    url: "http://www.pineapple.it/pec_posta_elettronica_certificata/domande_frequenti_pec.asp",
    kind: "reseller",
  },
  "user-treviso": {
    title:
      "Ordine Architetti PPC Treviso: operating instructions for PEC mailboxes under the Aruba PEC agreement (user document, 2012)",
    url: null,
    kind: "user-document",
  },
  goinfoteam: {
    title: "GoInfoTeam / raccomandata.eu knowledge base: certified mail parameters",
    url: "https://support.goinfoteam.it/knowledgebase.php?article=15",
    kind: "reseller",
  },
  "user-template": {
    title: "User guide with the placeholder hosts imaps/pops/smtps.gestore.it (user document)",
    url: null,
    kind: "user-document",
  },
  legalpec: {
    title: "legalpec.net: configure Mozilla Thunderbird (Namirial reseller)",
    url: "https://legalpec.net/mozilla_thunderbird.html",
    kind: "reseller",
  },
  lamiapec: {
    title: "How to configure PEC in Mozilla Thunderbird 3.0.1 (lamiapec.it)",
    url: "http://doczz.it/doc/2396871/mozilla-thunderbird",
    kind: "reseller",
  },
  hostingsolutions: {
    title: "Hosting Solutions (Genesys Informatica): PEC conditions, provider Namirial",
    url: "https://www.hostingsolutions.it/en/emails/conditions-pec",
    kind: "reseller",
  },
  "pagopa-dns": {
    title: "PagoPA notification platform, public infrastructure code: DNS zone notifichedigitali.it",
    url: null,
    kind: "public-code",
  },
  pmm: {
    title:
      "SimoneP91/PMM-PecMassiveMailer: provider presets, tested with real mailboxes 2026-09-19 (Aruba) and 2026-09-21 (Legalmail)",
    url: "https://github.com/SimoneP91/PMM-PecMassiveMailer",
    kind: "public-code",
  },
  thunderpec: {
    title: "ThunderPEC 1.9.1 (legacy Thunderbird add-on), chrome/content/providerTP.js",
    url: "https://github.com/ghastx/thunderpec-ng/blob/119e25a/chrome/content/providerTP.js",
    kind: "public-code",
  },
  postclient: {
    title: "MAKS-IT Postclient: provider presets",
    url: "https://github.com/MAKS-IT-COM/maksit-postclient",
    kind: "public-code",
  },
  uaapp: {
    title: "H4tholdir/ua-app, src/lib/pec/providers.ts",
    url: "https://github.com/H4tholdir/ua-app",
    kind: "public-code",
  },
  pecruby: {
    title: "PecRuby gem documentation: example folder list of an Aruba mailbox",
    url: null,
    kind: "public-code",
  },
  "legalmail-doc": {
    title: "Legalmail documentation page (MX, SPF)",
    url: "https://www.legalmail.it/documentazione/",
    kind: "provider",
  },
  "legalmail-domains": {
    title: "InfoCert: custom certified domains",
    url: "http://doczz.it/doc/895544/personalizzazione-domini-certificati",
    kind: "provider",
  },
  "infocert-help-limits": {
    title: "InfoCert help: Legalmail, 6 messages a minute",
    url: "https://help.infocert.it/Cerca?inDebug=0&searchText=legalmail&idTipoUtente=&idProdotto=32&idMotivo=87%2C",
    kind: "provider",
  },
  "infocert-help-tls": {
    title: "InfoCert help: servers mbox/sendm.cert.legalmail.it and TLS chain",
    url: "https://help.infocert.it/Cerca?searchText=guida+alla+configurazione+Legalmail+-&idTipoUtente=&idProdotto=41&idMotivo=87",
    kind: "provider",
  },
  "infocert-help-pw": {
    title: "InfoCert help: special characters in the password break some clients",
    url: "https://help.infocert.it/home/elencofaq/guida-alla-configurazione-legalmail--",
    kind: "provider",
  },
  "infocert-apple": {
    title: "InfoCert help: Legalmail in Apple Mail (User ID as user name)",
    url: "https://help.infocert.digital/Home/Guida/guide-to-configuring-legalmail-with-apple-mail?lang=en",
    kind: "provider",
  },
  "infocert-webmail": {
    title: "InfoCert: manual of the Legalmail webmail",
    url: "https://help.infocert.it/Home/Guida/manuale-utente-nuova-webmail-legalmail?lang=it",
    kind: "provider",
  },
  "infocert-manual": {
    title: "Legalmail operating manual extract, access to the service",
    url: "https://123dok.org/article/accesso-servizio-legalmail-servizio-posta-elettronica-certificata-infocert.zlgl5d02",
    kind: "provider",
  },
  lextel: {
    title: "Lextel FAQ: limits of PEC",
    url: "https://faq.lextel.it/pec/gestione/utilizzo-pec/",
    kind: "reseller",
  },
  visura: {
    title: "Visura FAQ: PEC mailboxes supplied by InfoCert",
    url: "http://faq.visura.it/?page_id=105",
    kind: "reseller",
  },
  puglia: {
    title: "Regione Puglia: move of pec.rupar.puglia.it from InnovaPuglia to InfoCert",
    url: "https://www.regione.puglia.it/it/web/trasformazione-digitale/pec-posta-elettronica-certificata",
    kind: "public-body",
  },
  fofi: {
    title: "Ordine farmacisti Ragusa: fofi.it moves from Aruba to InfoCert, 8-9 November 2023",
    url: "https://www.farmacistiragusa.it/importante-migrazione-caselle-pec-dominio-fofi-it-da-aruba-a-infocert/",
    kind: "public-body",
  },
  "namirial-manual": {
    title: "Namirial PEC user manual",
    url: "https://it.readkong.com/page/namirial-spa-posta-elettronica-certificata-manuale-7227522",
    kind: "provider",
  },
  "namirial-mo": {
    title: "Namirial operating manual 2.1 (2020)",
    url: "https://dokumen.tips/documents/posta-elettronica-certificata-pec-limiti-alla-facolt-di-invio-di-pi-di-1000.html",
    kind: "provider",
  },
  "fixture-namirial": {
    title: "Public test fixture: real transport envelope issued by Namirial for a namirialpec.it sender",
    url: null,
    kind: "public-code",
  },
  "poste-faq": {
    title: "Poste Italiane: PEC FAQ (Postecertifica by Postel, Postecert)",
    url: "https://www.poste.it/faq-posta-elettronica-certificata.html",
    kind: "provider",
  },
  "pecmilter-log": {
    title: "Public log excerpt of a PEC milter with Message-IDs issued by Postecert",
    url: null,
    kind: "public-code",
  },
  "tim-guide": {
    title: "TI Trust Technologies: guide to mail client configuration, rev. 11 of 2024-05-06 (user document)",
    url: null,
    kind: "provider",
  },
  "tim-pec": { title: "TIM PEC product page", url: "https://www.tim.it/tim-pec", kind: "provider" },
  "register-help": {
    title: "Register.it: configure PEC on a device (as quoted by two public projects)",
    url: "https://www.register.it/assistenza/configura-la-pec-su-dispositivo/",
    kind: "provider-quoted",
  },
  synapta: {
    title: "synapta/batch-mailer README",
    url: "https://github.com/synapta/batch-mailer",
    kind: "public-code",
  },
  "register-mx": {
    title: "gpittonMeko/OfferManager: DNS record lists of a Register.it customer",
    url: "https://github.com/gpittonMeko/OfferManager/blob/HEAD/docs/RIEPILOGO_MODIFICHE_FINALI.md",
    kind: "public-code",
  },
  "register-mo": {
    title: "Register.it operating manual, July 2015",
    url: "http://docplayer.it/441590-Servizio-posta-elettronica-certificata-p-e-c-manuale-operativo.html",
    kind: "provider",
  },
  "actalis-mo": {
    title: "Actalis operating manual 1.3 (2021)",
    url: "https://pdfslide.net/documents/manuale-operativo-posta-elettronica-certificata-v1.html",
    kind: "provider",
  },
  "actalis-domains": {
    title: "Actalis Certified Mail: dedicated PEC domains",
    url: "https://doczz.it/doc/729278/domini-di-pec-dedicati",
    kind: "provider",
  },
  certemail: {
    title: "MKT: PEC certemail.it, operated by Actalis (2006)",
    url: "https://doczz.it/doc/563233/servizio-di-posta-elettronica-certificata-estratto-manual...",
    kind: "reseller",
  },
  "code-actalis": { title: "Several public code bases using smtp.pec.actalis.it:465", url: null, kind: "public-code" },
  notartel: {
    title: "Notariato: configure a PEC account in Eudora",
    url: "https://diazilla.com/doc/543734/portale-di-accesso-r.u.n.---posta-elettronica-certificata",
    kind: "provider",
  },
  marche: {
    title: "Regione Marche: ReMarche and EMarche PEC",
    url: "https://contenuti.regione.marche.it/Regione-Utile/Digitalizzazione",
    kind: "provider",
  },
  "marche-old": {
    title: "PEC Regione Marche, information area (Postaraffaello)",
    url: "http://collaudo.emarche.it/areainformativa.jsp",
    kind: "provider",
  },
  "irideos-end": {
    title: "Kolst: end of the Irideos PEC service on 2024-06-20, migration to Intesi Group",
    url: "https://kolst.com/home/pec",
    kind: "reseller",
  },
  "irideos-mo": {
    title: "Irideos operating manual rev. 6 (2022)",
    url: "https://lawinsider.com/it/contracts/bfwdpFhl4Ak",
    kind: "provider",
  },
  "intesi-code": {
    title: "Public presets for Intesi Group (MAKS-IT Postclient and another project)",
    url: "https://github.com/MAKS-IT-COM/maksit-postclient",
    kind: "public-code",
  },
  "basilicata-mo": {
    title: "Regione Basilicata PEC operating manual rev. 1 (2011)",
    url: "http://docplayer.it/1531157-Manuale-operativo-posta-elettronica-certificata-manuale-operativo-posta-elettronica-certificata-regione-basilicata.html",
    kind: "provider",
  },
  "twt-mo": {
    title: "TWT PEC operating manual (2008)",
    url: "http://docplayer.it/1036195-Posta-elettronica-certificata-manuale-operativo.html",
    kind: "provider",
  },
  vola: {
    title: "Vola hosting: PEC operated by IT-NET s.r.l.",
    url: "http://hosting.vola.it/prodotti/pec/scelta-tipo-pec.php",
    kind: "reseller",
  },
  "cecpac-open": {
    title: "ilsoftware.it: CEC-PAC, postacertificata.gov.it",
    url: "https://ilsoftware.it/Controllare-e-scaricare-posta-elettronica-certificata-i-suggerimenti_11389",
    kind: "press",
  },
  "cecpac-end": {
    title: "tomshw.it: CEC-PAC closed on 2015-09-18",
    url: "https://www.tomshw.it/altro/pec-mail-guida-agile-per-usarla-senza-spendere-troppo/",
    kind: "press",
  },
  "scuola-pec": {
    title: "Ministry of Education: pec.istruzione.it mailboxes of schools",
    url: "https://sinergiediscuola.it/notizie/segreteria/allineamento-degli-indirizzi-email-delle-scuole-statali-per-la-s-2024-2025.html",
    kind: "press",
  },
  "infocamere-mo": {
    title: "InfoCamere: Legalmail user manual (2004)",
    url: "http://docplayer.it/621572-Legalmail-posta-certificata-manuale-utente.html",
    kind: "provider",
  },
  "daticert-itt": {
    title: "Public sample daticert.xml with gestore-emittente I.T. Telecom S.R.L.",
    url: null,
    kind: "public-code",
  },
  "code-domainlists": {
    title: "Public code holding lists of PEC domains (validation lists, no authority)",
    url: null,
    kind: "public-code",
  },
  "code-telecompost": {
    title: "Public code and SQL using mail/in/smtp.telecompost.it (2010s)",
    url: null,
    kind: "public-code",
  },
  "ispdb-yahoo": {
    title: "Thunderbird ISPDB, yahoo.com.xml",
    url: "https://github.com/thunderbird/autoconfig/blob/52377793fb5b1b27ddb93bb1039f166cdc3127aa/ispdb/yahoo.com.xml",
    kind: "ispdb",
  },
  "ispdb-office365": {
    title: "Thunderbird ISPDB, office365.com.xml",
    url: "https://github.com/thunderbird/autoconfig/blob/c6ad79659b5fc321d1593ec4c277815b83e5dec5/ispdb/office365.com.xml",
    kind: "ispdb",
  },
  "ispdb-me": {
    title: "Thunderbird ISPDB, me.com.xml",
    url: "https://github.com/thunderbird/autoconfig/blob/c6ad79659b5fc321d1593ec4c277815b83e5dec5/ispdb/me.com.xml",
    kind: "ispdb",
  },
  "ispdb-hotmail": {
    title: "Thunderbird ISPDB, hotmail.com.xml",
    url: "https://github.com/thunderbird/autoconfig/blob/24d0d006a50bdcf80688c8093bb8579ccc5582e2/ispdb/hotmail.com.xml",
    kind: "ispdb",
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceId = keyof typeof SOURCES;
