/* global ChromeUtils, Ci, ExtensionAPI, ExtensionCommon */
// Belongs here: reading Thunderbird's index of messages a little at a time. `messages.list` converts a hundred messages at once, and
// `messages.query` looks at every message of every folder without a pause: both halt the window for up to a second (measured in 153).
// Does NOT belong here: which messages are of interest; anything that needs a message's body.
"use strict";

const { getFolder } = ChromeUtils.importESModule("resource:///modules/ExtensionAccounts.sys.mjs");
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const { setTimeout: startTimer } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");

/** News and feeds are no mail. */
const MAIL_SERVERS = (server) => server.type !== "nntp" && server.type !== "rss";

/** Parsing a mailbox file of gigabytes takes minutes. */
const PARSE_LIMIT_MS = 5 * 60_000;
const PARSE_LOOK_MS = 100;

this.messageIndex = class extends ExtensionAPI {
  getAPI({ extension }) {
    const { messageManager } = extension;
    const idOf = (header) => messageManager._messageTracker.getId(header);
    return {
      messageIndex: {
        list: async (folderId, after, count) => {
          const database = await databaseOf(getFolder(folderId).folder);
          // Keys come in no order of their own. Numbers that are typed are sorted without a call for each two of them.
          const keys = Uint32Array.from(database.listAllKeys()).sort();
          const start = firstAbove(keys, after);
          const page = [...keys.subarray(start, start + count)];
          const messages = page.map((key) => database.getMsgHdrForKey(key)).filter(isThere);
          const last = keys.length > start + count ? page[page.length - 1] : null;
          return { messages: messages.map((header) => ({ id: idOf(header), ...describe(header) })), last };
        },
        newestKey: async (folderId) => {
          const database = await databaseOf(getFolder(folderId).folder);
          return database.listAllKeys().reduce((newest, key) => Math.max(newest, key), 0);
        },
        find: async (headerMessageId) => {
          const ids = [];
          for (const server of MailServices.accounts.allServers.filter(MAIL_SERVERS)) {
            for (const folder of server.rootFolder.descendants) {
              const header = findIn(folder, headerMessageId);
              if (header !== null && isThere(header)) ids.push(idOf(header));
              await pause();
            }
          }
          return ids;
        },
      },
    };
  }
};

/** Index of the first of the sorted keys that is greater; their number if none is. */
function firstAbove(keys, key) {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle] > key) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whatever waits for the main thread goes first. */
const pause = () => new Promise((resolve) => startTimer(resolve, 0));

const isThere = (header) =>
  header !== null && !(header.flags & (Ci.nsMsgMessageFlags.IMAPDeleted | Ci.nsMsgMessageFlags.Expunged));

/** As `messages.get` says it, but for recipients, which it parses. */
function describe(header) {
  return {
    key: header.messageKey,
    headerMessageId: header.messageId,
    author: header.mime2DecodedAuthor,
    recipients: [header.recipients, header.ccList].filter(Boolean),
    subject: header.mime2DecodedSubject,
    date: Math.round(header.date / 1000),
    size: header.messageSize,
  };
}

function findIn(folder, headerMessageId) {
  if (folder.isServer || folder.getFlag(Ci.nsMsgFolderFlags.Virtual)) return null;
  try {
    return folder.msgDatabase.getMsgHdrForMessageID(headerMessageId);
  } catch {
    // Not read yet, or damaged: Thunderbird makes it anew when the person opens the folder.
    return null;
  }
}

/**
 * A mailbox file that was put there while nobody looked has no index before it is parsed. Thunderbird tells only the first who asks
 * for it of its end, and that may be the window that shows the folder: so it is looked at, not waited for.
 */
async function databaseOf(folder) {
  const end = Date.now() + PARSE_LIMIT_MS;
  for (let isAsked = false; ; await new Promise((resolve) => startTimer(resolve, PARSE_LOOK_MS))) {
    try {
      return folder.msgDatabase;
    } catch (error) {
      const isParsed = isAsked && !folder.locked;
      if (!(folder instanceof Ci.nsIMsgLocalMailFolder) || isParsed || Date.now() > end) {
        throw new ExtensionCommon.ExtensionError(String(error));
      }
    }
    if (folder.locked) continue;
    isAsked = true;
    parse(folder);
  }
}

function parse(folder) {
  const nobody = {
    QueryInterface: ChromeUtils.generateQI(["nsIUrlListener"]),
    OnStartRunningUrl() {},
    OnStopRunningUrl() {},
  };
  try {
    folder.getDatabaseWithReparse(nobody, null);
  } catch {
    // That is how it says that it has begun.
  }
}
