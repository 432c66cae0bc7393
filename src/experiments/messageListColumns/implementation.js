/* global ChromeUtils, ExtensionAPI, ExtensionCommon */
// Belongs here: columns of the message list whose text a regular expression takes from the message's own header, so that a row
// costs no call into the extension.
// Does NOT belong here: which patterns; anything that needs the message's body.
"use strict";

const { ThreadPaneColumns } = ChromeUtils.importESModule("chrome://messenger/content/ThreadPaneColumns.mjs");

/** A header may be megabytes long (RFC 5322 sets no limit): a cell shows far less, and a pattern must not be run over it all. */
const HEADER_LIMIT = 2000;

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

  onShutdown() {
    for (const id of [...this.#columns.keys()]) this.#remove(id);
  }

  getAPI() {
    return {
      messageListColumns: {
        add: async (id, column) => this.#add(`${ExtensionCommon.makeWidgetId(this.extension.id)}-${id}`, column),
        remove: async (id) => this.#remove(`${ExtensionCommon.makeWidgetId(this.extension.id)}-${id}`),
      },
    };
  }

  #add(id, column) {
    const definition = JSON.stringify(column);
    if (this.#columns.get(id) === definition) return;
    const find = compile(column.value);
    const applies = column.onlyIf ? compile(column.onlyIf) : () => true;
    this.#remove(id);
    ThreadPaneColumns.addCustomColumn(id, {
      name: column.name,
      sortable: true,
      textCallback: (message) => (applies(message) ? (find(message)?.[1] ?? "") : ""),
    });
    this.#columns.set(id, definition);
  }

  #remove(id) {
    if (this.#columns.delete(id)) ThreadPaneColumns.removeCustomColumn(id);
  }
};
