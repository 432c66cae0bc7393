/* global ChromeUtils, Ci, ExtensionAPI, ExtensionCommon */
// Belongs here: columns of the message list whose text a regular expression takes from the message's own header, or that was handed
// over for its Message-ID, so that a row costs no call into the extension.
// Does NOT belong here: which patterns and texts; anything that needs the message's body.
"use strict";

const { setTimeout, clearTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
const { ThreadPaneColumns } = ChromeUtils.importESModule("chrome://messenger/content/ThreadPaneColumns.mjs");

/** A header may be megabytes long (RFC 5322 sets no limit): a cell shows far less, and a pattern must not be run over it all. */
const HEADER_LIMIT = 2000;

/** Some 30 MB: whoever has sent more sees the newest that were handed over. */
const VALUE_LIMIT = 200_000;

/** Drawing the list anew takes a moment, and values come in many calls. */
const REFRESH_MS = 300;

/** Folders that a column may leave empty. */
const FOLDERS = { inbox: Ci.nsMsgFolderFlags.Inbox, junk: Ci.nsMsgFolderFlags.Junk };

const FIELDS = {
  author: (message) => message.mime2DecodedAuthor,
  subject: (message) => message.mime2DecodedSubject,
};

function compile({ header, pattern }) {
  let expression;
  try {
    expression = new RegExp(pattern, "iu");
  } catch (error) {
    throw new ExtensionCommon.ExtensionError(error.message);
  }
  return (message) => expression.exec((FIELDS[header](message) ?? "").slice(0, HEADER_LIMIT));
}

this.messageListColumns = class extends ExtensionAPI {
  /** Columns of this extension: id → what it was made from. */
  #columns = new Map();

  /** Columns whose texts are handed over: id → Message-ID → text and rank. */
  #values = new Map();

  /** Ids of columns that are to be drawn anew. */
  #stale = new Set();
  #timer = null;

  onShutdown() {
    clearTimeout(this.#timer);
    for (const id of [...this.#columns.keys()]) this.#remove(id);
  }

  getAPI() {
    return {
      messageListColumns: {
        add: async (id, column) => this.#add(this.#columnId(id), column),
        setValues: async (id, values) => this.#setValues(this.#columnId(id), values),
        remove: async (id) => this.#remove(this.#columnId(id)),
      },
    };
  }

  #columnId(id) {
    return `${ExtensionCommon.makeWidgetId(this.extension.id)}-${id}`;
  }

  #add(id, column) {
    const definition = JSON.stringify(column);
    if (this.#columns.get(id) === definition) return;
    const callbacks = column.value ? this.#fromHeader(column) : this.#fromValues(id, column);
    this.#remove(id);
    ThreadPaneColumns.addCustomColumn(id, { name: column.name, sortable: true, ...callbacks });
    this.#columns.set(id, definition);
  }

  #fromHeader(column) {
    const find = compile(column.value);
    const applies = column.onlyIf ? compile(column.onlyIf) : () => true;
    return { textCallback: (message) => (applies(message) ? (find(message)?.[1] ?? "") : "") };
  }

  #fromValues(id, column) {
    const except = (column.exceptIn ?? []).reduce((flags, name) => flags | FOLDERS[name], 0);
    const valueOf = (message) =>
      message.folder?.flags & except ? undefined : this.#values.get(id)?.get(message.messageId);
    return {
      textCallback: (message) => valueOf(message)?.text ?? "",
      sortCallback: (message) => valueOf(message)?.rank ?? 0,
    };
  }

  #setValues(id, values) {
    const known = this.#values.get(id) ?? new Map();
    this.#values.set(id, known);
    for (const { messageId, text, rank } of values) {
      // The newest last, so that the oldest goes when there are too many.
      known.delete(messageId);
      if (text !== "") known.set(messageId, { text, rank });
    }
    for (const messageId of known.keys()) {
      if (known.size <= VALUE_LIMIT) break;
      known.delete(messageId);
    }
    this.#stale.add(id);
    this.#timer ??= setTimeout(() => this.#refresh(), REFRESH_MS);
  }

  #refresh() {
    this.#timer = null;
    for (const id of this.#stale) ThreadPaneColumns.refreshCustomColumn(id);
    this.#stale.clear();
  }

  #remove(id) {
    if (!this.#columns.delete(id)) return;
    this.#values.delete(id);
    ThreadPaneColumns.removeCustomColumn(id);
  }
};
