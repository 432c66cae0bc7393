/* global Cc, ChromeUtils, Ci, ExtensionAPIPersistent, ExtensionCommon, Services */
// Belongs here: reading, making and changing mail accounts, as Thunderbird's own account settings and wizard do.
// Does NOT belong here: which settings are good ones; connecting to a server to try a login (see secureConnection).
//
// Differences between 140 and 153 that are met here: `hostName` became `hostname`; the folder of sent mail is `fccFolder` or
// `fccFolderURI`, so its preference is used; 140 leaves it empty at first, and changes stored passwords while one waits.
"use strict";

// All Experiments of an add-on share one scope: what is declared here stays here.
{
  const { AccountConfig } = ChromeUtils.importESModule("resource:///modules/accountcreation/AccountConfig.sys.mjs");
  const { CreateInBackend } = ChromeUtils.importESModule("resource:///modules/accountcreation/CreateInBackend.sys.mjs");
  const { DNS } = ChromeUtils.importESModule("resource:///modules/DNS.sys.mjs");
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const { MailUtils } = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
  const { clearTimeout, setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  const { ExtensionError } = ExtensionCommon;

  /** Attack: a name server or mail server that never answers. */
  const ANSWER_LIMIT_MS = 30_000;

  /** Kinds of incoming servers, and the first part of the name under which their passwords are stored. */
  const STORE_TYPES = { imap: "imap", pop3: "mailbox" };

  // --- Settings: one table; what it does not name can neither be read nor changed. ---

  const serverBoolean = (name) => ({
    read: (server) => server.getBoolValue(name),
    write: (server, value) => server.setBoolValue(name, value),
  });
  const serverInteger = (name) => ({
    read: (server) => server.getIntValue(name),
    write: (server, value) => server.setIntValue(name, value),
  });
  /** Text that is not set is `null` there, and empty here. */
  const text = (name) => ({
    read: (object) => object[name] ?? "",
    write: (object, value) => (object[name] = value),
  });
  const flag = (name) => ({
    read: (object) => object[name],
    write: (object, value) => (object[name] = value),
  });
  /** URI of a folder. Thunderbird takes it from the preference as it is when the person has chosen the folder: mode 1. */
  const folderOfIdentity = (name, mode) => ({
    read: (identity) => identity.getUnicharAttribute(name),
    write(identity, value) {
      identity.setUnicharAttribute(name, value);
      identity.setUnicharAttribute(mode, "1");
    },
  });
  /** As an address (see outgoingAddress); empty: the default one. What was made for it, and nobody uses any more, goes again. */
  const outgoingServerOfIdentity = {
    read: ({ smtpServerKey }) => outgoingAddress(outgoingWithKey(smtpServerKey)),
    write(identity, address) {
      const former = outgoingWithKey(identity.smtpServerKey);
      identity.smtpServerKey = address === "" ? "" : outgoingWithAddress(address).key;
      if (former) removeUnused(former);
    },
  };
  const preference = (name) => ({
    read: () => Services.prefs.getBoolPref(name),
    write: (_nothing, value) => Services.prefs.setBoolPref(name, value),
  });

  /** What goes by itself, as text: `keep`, `days:30`, `count:2000`; of a folder also `server`: as the account says. */
  const retention = {
    read(owner) {
      const settings = owner.retentionSettings;
      if (owner instanceof Ci.nsIMsgFolder && settings.useServerDefaults) return "server";
      switch (settings.retainByPreference) {
        case Ci.nsIMsgRetentionSettings.nsMsgRetainByAge:
          return `days:${settings.daysToKeepHdrs}`;
        case Ci.nsIMsgRetentionSettings.nsMsgRetainByNumHeaders:
          return `count:${settings.numHeadersToKeep}`;
        default:
          return "keep";
      }
    },
    write(owner, value) {
      const [kind, number] = value.split(":");
      const settings = owner.retentionSettings;
      settings.useServerDefaults = kind === "server";
      if (kind === "days") settings.daysToKeepHdrs = Number(number);
      if (kind === "count") settings.numHeadersToKeep = Number(number);
      const { nsMsgRetainAll, nsMsgRetainByAge, nsMsgRetainByNumHeaders } = Ci.nsIMsgRetentionSettings;
      settings.retainByPreference = { days: nsMsgRetainByAge, count: nsMsgRetainByNumHeaders }[kind] ?? nsMsgRetainAll;
      owner.retentionSettings = settings;
    },
  };

  const SETTINGS = {
    account: {
      leaveOnServer: serverBoolean("leave_on_server"),
      deleteByAge: serverBoolean("delete_by_age_from_server"),
      daysOnServer: serverInteger("num_days_to_leave_on_server"),
      deleteWithLocal: serverBoolean("delete_mail_left_on_server"),
      headersOnly: serverBoolean("headers_only"),
      limitSize: serverBoolean("limit_offline_message_size"),
      /** In KB. */
      sizeLimit: serverInteger("max_size"),
      junkLevel: {
        read: (server) => server.spamSettings.level,
        write(server, value) {
          server.setIntValue("spamLevel", value);
          server.spamSettings.initialize(server);
        },
      },
      retention,
    },
    identity: {
      keepSent: flag("doFcc"),
      sentFolder: folderOfIdentity("fcc_folder", "fcc_folder_picker_mode"),
      draftsFolder: folderOfIdentity("draft_folder", "drafts_folder_picker_mode"),
      archiveFolder: folderOfIdentity("archive_folder", "archives_folder_picker_mode"),
      automaticBcc: flag("doBcc"),
      bccList: text("doBccList"),
      replyTo: text("replyTo"),
      outgoingServer: outgoingServerOfIdentity,
    },
    folder: { retention },
    application: {
      scamWarning: preference("mail.phishing.detection.enabled"),
      collectAddresses: preference("mail.collect_email_address_outgoing"),
    },
  };

  const readAll = (table, object) =>
    Object.fromEntries(Object.entries(table).map(([name, { read }]) => [name, read(object)]));

  /** Where it stands, and its name: it may stand elsewhere by now. */
  const FILTER = /^filter:(\d+):(.*)$/s;

  /** @returns {object} `{ read, write }` without arguments but the value */
  function settingOf(owner, name) {
    const [table, object] = ownerOf(owner);
    const filter = FILTER.exec(name);
    if (filter && table === SETTINGS.account) return filterSetting(object, Number(filter[1]), filter[2]);
    if (!Object.hasOwn(table, name)) throw new ExtensionError(`No setting ${name}`);
    return { read: () => table[name].read(object), write: (value) => table[name].write(object, value) };
  }

  function ownerOf(owner) {
    if (owner === "") return [SETTINGS.application, null];
    const server = mailAccounts().find(({ key }) => key === owner)?.incomingServer;
    if (server) return [SETTINGS.account, server];
    const identity = mailAccounts()
      .flatMap(({ identities }) => [...identities])
      .find(({ key }) => key === owner);
    if (identity) return [SETTINGS.identity, identity];
    const folder = owner.includes("://") ? MailUtils.getExistingFolder(owner) : null;
    if (folder) return [SETTINGS.folder, folder];
    throw new ExtensionError("No such account, identity or folder");
  }

  function filterSetting(server, index, name) {
    const filters = server.getFilterList(null);
    if (index >= filters.filterCount) throw new ExtensionError("No such filter");
    const filter = filters.getFilterAt(index);
    if (filter.filterName !== name) throw new ExtensionError("No such filter");
    return {
      read: () => filter.enabled,
      write(value) {
        filter.enabled = value;
        filters.saveToDefaultFile();
      },
    };
  }

  // --- Reading ---

  const mailAccounts = () =>
    MailServices.accounts.accounts.filter(({ incomingServer }) => Object.hasOwn(STORE_TYPES, incomingServer?.type));

  const accountWith = (key) => {
    const account = mailAccounts().find((each) => each.key === key);
    if (!account) throw new ExtensionError("No such account");
    return account;
  };

  const hostOf = (server) => (server.hostname ?? server.hostName).toLowerCase();

  const isTls = ({ socketType }) => socketType === Ci.nsMsgSocketType.SSL;

  async function describeAccount(account) {
    const server = account.incomingServer;
    return {
      key: account.key,
      type: server.type,
      host: hostOf(server),
      port: server.port,
      username: server.username,
      isTls: isTls(server),
      name: server.prettyName,
      isDefault: MailServices.accounts.defaultAccount?.key === account.key,
      passwordChanged: await passwordChanged(originOf(server.type, hostOf(server)), server.username),
      settings: readAll(SETTINGS.account, server),
      identities: account.identities.map((identity) => ({
        key: identity.key,
        address: identity.email,
        name: identity.fullName,
        outgoing: describeOutgoing(MailServices.outgoingServer.getServerByIdentity(identity)),
        settings: readAll(SETTINGS.identity, identity),
      })),
    };
  }

  function describeOutgoing(server) {
    if (server?.type !== "smtp") return null;
    const { port } = server.QueryInterface(Ci.nsISmtpServer);
    return { host: hostOf(server), port, username: server.username, isTls: isTls(server) };
  }

  const outgoingServers = () => MailServices.outgoingServer.servers;

  const outgoingWithKey = (key) => (key ? outgoingServers().find((server) => server.key === key) : undefined);

  /**
   * `smtps://user@host:port` of servers inside TLS that take a password, which are all alike; others, with their key, are themselves only.
   * Empty: no server.
   */
  function outgoingAddress(server) {
    if (!server) return "";
    const known = describeOutgoing(server);
    if (!known) return `${server.type}:#${server.key}`;
    const { host, port, username, isTls } = known;
    const place = `${encodeURIComponent(username)}@${host}:${port}`;
    const isPlain = isTls && server.authMethod === Ci.nsMsgAuthMethod.passwordCleartext;
    return isPlain ? `smtps://${place}` : `smtp://${place}#${server.key}`;
  }

  const SMTPS = /^smtps:\/\/([^@/]*)@([a-z0-9.-]+):(\d+)$/;

  /** One that is there, else a new one, whose password Thunderbird asks for when it first sends. */
  function outgoingWithAddress(address) {
    const existing = outgoingServers().find((server) => outgoingAddress(server) === address);
    if (existing) return existing;
    const [, username, host, port] = SMTPS.exec(address) ?? [];
    if (!host) throw new ExtensionError("No such outgoing server");
    const login = decodeURIComponent(username);
    const server = makeOutgoing({ host, port: Number(port), username: login, password: "" }, login);
    Services.prefs.setBoolPref(madeHere(server), true);
    return server;
  }

  /** Beside the server's own preferences, and cleared with them. */
  const madeHere = ({ key }) => `mail.smtpserver.${key}.made_by_addon`;

  function removeUnused(server) {
    const { accounts, outgoingServer } = MailServices;
    const isUsed =
      accounts.allIdentities.some(({ smtpServerKey }) => smtpServerKey === server.key) ||
      outgoingServer.defaultServer?.key === server.key;
    if (isUsed || !Services.prefs.getBoolPref(madeHere(server), false)) return;
    outgoingServer.deleteServer(server);
    server.clearAllValues();
  }

  /**
   * What the server says in its list of folders (RFC 6154), as mailnews/imap/src/nsImapCore.h keeps it; the flags of a folder also
   * hold what Thunderbird gave by itself.
   */
  const DECLARED = [
    ["sent", 0x2000],
    ["drafts", 0x800],
    ["archive", 0x400000],
    ["trash", 0x10000],
  ];

  /** 140 calls folders with a use in the language of the person; what the server calls them stands in their address. */
  function nameOf(folder) {
    const { Inbox, SentMail, Drafts, Templates, Archive, Trash, Junk } = Ci.nsMsgFolderFlags;
    if (!(folder.flags & (Inbox | SentMail | Drafts | Templates | Archive | Trash | Junk))) return folder.name;
    return decodeURIComponent(folder.URI.slice(folder.URI.lastIndexOf("/") + 1));
  }

  function describeFolder(folder) {
    const path = [];
    for (let each = folder; !each.isServer; each = each.parent) path.unshift(nameOf(each));
    const flags = folder instanceof Ci.nsIMsgImapMailFolder ? folder.boxFlags : 0;
    return {
      uri: folder.URI,
      path,
      declared: DECLARED.filter(([, flag]) => flags & flag).map(([use]) => use),
      selectable: !folder.noSelect,
      settings: readAll(SETTINGS.folder, folder),
    };
  }

  function describeFilters(server) {
    const filters = server.getFilterList(null);
    return Array.from({ length: filters.filterCount }, (_, index) => {
      const filter = filters.getFilterAt(index);
      return {
        setting: `filter:${index}:${filter.filterName}`,
        name: filter.filterName,
        enabled: filter.enabled,
        matchesAll: filter.searchTerms.some(({ matchAll }) => matchAll),
        actions: filter.sortedActionList.map(({ type }) => ACTIONS.get(type) ?? "other"),
        terms: filter.searchTerms.map(({ attrib, value }) => ({
          field: FIELDS.get(attrib) ?? "other",
          text: textOf(value),
        })),
      };
    });
  }

  const ACTIONS = new Map([
    [Ci.nsMsgFilterAction.MoveToFolder, "move"],
    [Ci.nsMsgFilterAction.Delete, "delete"],
    [Ci.nsMsgFilterAction.DeleteFromPop3Server, "delete-from-server"],
  ]);
  const FIELDS = new Map([
    [Ci.nsMsgSearchAttrib.Subject, "subject"],
    [Ci.nsMsgSearchAttrib.Sender, "from"],
  ]);

  /** Only values of such terms are text. */
  const textOf = (value) => (FIELDS.has(value.attrib) ? value.str : "");

  function describeQuota(server) {
    const inbox = server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
    if (!(inbox instanceof Ci.nsIMsgImapMailFolder)) return [];
    return inbox.getQuota().map(({ name, usage, limit }) => ({ name, used: usage, limit }));
  }

  // --- Passwords: in Thunderbird's store under the names that it looks for. ---

  const originOf = (type, host) => `${STORE_TYPES[type]}://${host}`;

  async function loginsOf(origin, username) {
    const logins = await Services.logins.searchLoginsAsync({ origin, httpRealm: origin });
    return logins.filter((login) => login.username === username);
  }

  async function passwordChanged(origin, username) {
    // Looking into a locked store asks for the primary password.
    if (!Services.logins.isLoggedIn) return null;
    const [login] = await loginsOf(origin, username);
    return login?.QueryInterface(Ci.nsILoginMetaInfo).timePasswordChanged ?? null;
  }

  const removeLogin = (login) =>
    Services.logins.removeLoginAsync ? Services.logins.removeLoginAsync(login) : Services.logins.removeLogin(login);
  const modifyLogin = (login, changed) =>
    Services.logins.modifyLoginAsync
      ? Services.logins.modifyLoginAsync(login, changed)
      : Services.logins.modifyLogin(login, changed);

  /** @returns {Promise<Function>} takes it back */
  async function storePassword(origin, username, password) {
    const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
    login.init(origin, null, origin, username, password, "", "");
    const [former] = await loginsOf(origin, username);
    if (!former) {
      await Services.logins.addLoginAsync(login);
      return async () => {
        for (const each of await loginsOf(origin, username)) await removeLogin(each);
      };
    }
    const before = former.clone();
    await modifyLogin(former, login);
    return async () => {
      const [now] = await loginsOf(origin, username);
      if (now) await modifyLogin(now, before);
      else await Services.logins.addLoginAsync(before);
    };
  }

  // --- Making ---

  /** Everything that making an account writes. */
  const BRANCHES = [
    "mail.account.",
    "mail.accountmanager.",
    "mail.server.",
    "mail.identity.",
    "mail.smtp",
    "mail.root.",
  ];

  function readPreferences() {
    const values = new Map();
    for (const name of BRANCHES.flatMap((branch) => Services.prefs.getChildList(branch))) {
      if (Services.prefs.prefHasUserValue(name)) values.set(name, valueOf(name));
    }
    return values;
  }

  const PREFERENCE_TYPES = new Map([
    [Services.prefs.PREF_STRING, "StringPref"],
    [Services.prefs.PREF_INT, "IntPref"],
    [Services.prefs.PREF_BOOL, "BoolPref"],
  ]);
  const valueOf = (name) => Services.prefs[`get${PREFERENCE_TYPES.get(Services.prefs.getPrefType(name))}`](name);

  /** Everything that an attempt has made goes again. */
  class Attempt {
    #accounts = MailServices.accounts.accounts.map(({ key }) => key);
    #servers = MailServices.accounts.allServers.map(({ key }) => key);
    #outgoing = MailServices.outgoingServer.servers.map(({ key }) => key);
    #preferences = readPreferences();
    #passwords = [];

    async storePassword(origin, { username, password }) {
      this.#passwords.push(await storePassword(origin, username, password));
    }

    /** One step that fails does not keep the others from being taken. */
    async takeBack() {
      const isNew = (known) => (each) => !known.includes(each.key);
      const { accounts, outgoingServer } = MailServices;
      const steps = [
        // With their files. An account takes its server with it.
        ...accounts.accounts.filter(isNew(this.#accounts)).map((each) => () => accounts.removeAccount(each, true)),
        ...outgoingServer.servers.filter(isNew(this.#outgoing)).map((each) => () => outgoingServer.deleteServer(each)),
        () => this.#removeServers(),
        ...this.#passwords.reverse(),
        () => this.#restorePreferences(),
      ];
      for (const step of steps) {
        try {
          await step();
        } catch (error) {
          console.error(error);
        }
      }
    }

    /** Those that did not get as far as to have an account. */
    #removeServers() {
      for (const server of MailServices.accounts.allServers) {
        if (!this.#servers.includes(server.key)) MailServices.accounts.removeIncomingServer(server, true);
      }
    }

    #restorePreferences() {
      for (const name of readPreferences().keys()) if (!this.#preferences.has(name)) Services.prefs.clearUserPref(name);
      for (const [name, value] of this.#preferences) {
        if (Services.prefs.prefHasUserValue(name) && valueOf(name) === value) continue;
        const type = Services.prefs.getPrefType(name) || typeOf(value);
        Services.prefs[`set${PREFERENCE_TYPES.get(type)}`](name, value);
      }
      Services.prefs.savePrefFile(null);
    }
  }

  const typeOf = (value) =>
    ({ string: Services.prefs.PREF_STRING, number: Services.prefs.PREF_INT, boolean: Services.prefs.PREF_BOOL })[
      typeof value
    ];

  /** @returns {string|null} why there must not be another account like this one */
  function conflictOf({ type, address, incoming }) {
    const same = (a, b) => a.toLowerCase() === b.toLowerCase();
    const servers = MailServices.accounts.allServers;
    const isTaken = servers.some(
      (server) => server.type === type && hostOf(server) === incoming.host && same(server.username, incoming.username),
    );
    if (isTaken) return "server-exists";
    const identities = mailAccounts().flatMap((account) => [...account.identities]);
    const names = mailAccounts().map(({ incomingServer }) => incomingServer.prettyName);
    const isKnown = [...identities.map(({ email }) => email ?? ""), ...names].some((each) => same(each, address));
    return isKnown ? "address-exists" : null;
  }

  /** One that is the same in everything, or a new one: Thunderbird itself does not look at the port nor at TLS. */
  function outgoingServer({ host, port, username, password }, description) {
    const address = `smtps://${encodeURIComponent(username)}@${host}:${port}`;
    const existing = outgoingServers().find((server) => outgoingAddress(server) === address);
    return existing ?? makeOutgoing({ host, port, username, password }, description);
  }

  function makeOutgoing({ host, port, username, password }, description) {
    const server = MailServices.outgoingServer.createServer("smtp").QueryInterface(Ci.nsISmtpServer);
    server.hostname = host;
    server.port = port;
    server.socketType = Ci.nsMsgSocketType.SSL;
    server.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
    server.username = username;
    server.password = password;
    server.description = description;
    return server;
  }

  async function createAccount({ type, address, name, incoming, outgoing, makeDefault, settings }) {
    const tls = { socketType: Ci.nsMsgSocketType.SSL, auth: Ci.nsMsgAuthMethod.passwordCleartext };
    const inside = ({ host, port, username, password }) => ({ hostname: host, port, username, password, ...tls });
    const smtp = outgoingServer(outgoing, address);
    const config = new AccountConfig();
    Object.assign(config.incoming, inside(incoming), { type });
    Object.assign(config.outgoing, inside(outgoing), {
      type: "smtp",
      addThisServer: false,
      existingServerKey: smtp.key,
    });
    Object.assign(config.identity, { realname: name, emailAddress: address });
    // They are stored already.
    config.rememberPassword = false;
    // Whatever it has for POP3 that deletes; the settings say the rest.
    Object.assign(config.incoming, { deleteByAgeFromServer: false, deleteOnServerWhenLocalDelete: false });
    const account = await CreateInBackend.createAccountInBackend(config);
    const identity = account.defaultIdentity;
    for (const [setting, value] of Object.entries(settings.account)) settingOf(account.key, setting).write(value);
    for (const [setting, value] of Object.entries(settings.identity)) settingOf(identity.key, setting).write(value);
    if (makeDefault) MailServices.accounts.defaultAccount = account;
    Services.prefs.savePrefFile(null);
    return {
      key: account.key,
      identity: identity.key,
      isDefault: MailServices.accounts.defaultAccount?.key === account.key,
    };
  }

  /** @returns {Promise} of whether the work that is told of its end ended well, in time */
  function urlEnded(start) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), ANSWER_LIMIT_MS);
      start({
        QueryInterface: ChromeUtils.generateQI(["nsIUrlListener"]),
        OnStartRunningUrl() {},
        OnStopRunningUrl(_url, status) {
          clearTimeout(timer);
          resolve(status === 0);
        },
      });
    });
  }

  /** Told of every modal question of Thunderbird while it opens. */
  const DIALOG_TOPIC = "common-dialog-loaded";

  /** The server whose login has failed, if that is what the question is about: Thunderbird tells nobody else. */
  function failedServer(dialog) {
    const text = dialog.Dialog?.args?.text;
    if (typeof text !== "string") return null;
    const bundle = Services.strings.createBundle("chrome://messenger/locale/messenger.properties");
    const servers = [
      ...mailAccounts().map(({ incomingServer }) => incomingServer),
      ...MailServices.outgoingServer.servers.filter(({ type }) => type === "smtp"),
    ];
    return servers.find((server) => {
      if (server.type === "smtp") server.QueryInterface(Ci.nsISmtpServer);
      const words = [server.hostname ?? server.hostName, server.username];
      return text === bundle.formatStringFromName("mailServerLoginFailed2", words);
    });
  }

  this.mailAccounts = class extends ExtensionAPIPersistent {
    PERSISTENT_EVENTS = {
      onLoginFailed({ fire }) {
        const observe = (dialog) => {
          const server = failedServer(dialog);
          if (server) fire.async(hostOf(server), server.username);
        };
        Services.obs.addObserver(observe, DIALOG_TOPIC);
        return {
          unregister: () => Services.obs.removeObserver(observe, DIALOG_TOPIC),
          convert(newFire) {
            fire = newFire;
          },
        };
      },
    };

    getAPI(context) {
      return {
        mailAccounts: {
          list: async () => ({
            accounts: await Promise.all(mailAccounts().map(describeAccount)),
            settings: readAll(SETTINGS.application, null),
          }),

          outgoingServers: async () =>
            outgoingServers()
              .filter(({ type }) => type === "smtp")
              .map((server) => ({ address: outgoingAddress(server), ...describeOutgoing(server) })),

          details: async (key) => {
            const server = accountWith(key).incomingServer;
            return {
              folders: server.rootFolder.descendants.map(describeFolder),
              filters: describeFilters(server),
              quota: describeQuota(server),
            };
          },

          refreshFolders: async (key) => {
            const { rootFolder, type } = accountWith(key).incomingServer;
            if (type !== "imap") return true;
            return urlEnded((listener) => MailServices.imap.discoverAllFolders(rootFolder, listener, null));
          },

          create: async (account) => {
            const conflict = conflictOf(account);
            if (conflict) return { failure: conflict };
            const attempt = new Attempt();
            try {
              await attempt.storePassword(originOf(account.type, account.incoming.host), account.incoming);
              await attempt.storePassword(`smtp://${account.outgoing.host}`, account.outgoing);
            } catch {
              // The person did not give the primary password.
              await attempt.takeBack();
              return { failure: "password-not-stored" };
            }
            try {
              return await createAccount(account);
            } catch (error) {
              await attempt.takeBack();
              console.error(error);
              return { failure: "failed" };
            }
          },

          change: async (owner, name, value) => {
            const setting = settingOf(owner, name);
            const former = setting.read();
            if (typeof value !== typeof former) throw new ExtensionError(`${name} is a ${typeof former}`);
            setting.write(value);
            Services.prefs.savePrefFile(null);
            return former;
          },

          onLoginFailed: new ExtensionCommon.EventManager({
            context,
            module: "mailAccounts",
            event: "onLoginFailed",
            extensionApi: this,
          }).api(),

          mailExchangers: async (domain) => {
            // The dot at the end: otherwise the system also asks for the name below its own domains.
            const records = await Promise.race([
              DNS.mx(`${domain}.`),
              new Promise((resolve) => setTimeout(() => resolve([]), ANSWER_LIMIT_MS)),
            ]);
            return records.map(({ host, prio }) => ({ host, preference: prio }));
          },
        },
      };
    }
  };
}
