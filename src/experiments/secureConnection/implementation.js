/* global Cc, ChromeUtils, Ci, Cr, Cu, ExtensionAPI, ExtensionCommon */
// Belongs here: bytes to and from a server inside TLS. Its certificate is judged as for every mail account, and no dialog ever opens.
// Does NOT belong here: what is said on the connection.
//
// `verifyLogon` of Thunderbird's servers is of no use where a login is to be tried once: after a refusal IMAP and POP3 go on with
// the next way to send the same password, and SMTP opens a dialog (SmtpClient.sys.mjs, _onAuthFailed; 140 and 153).
"use strict";

// All Experiments of an add-on share one scope: what is declared here stays here.
{
  const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
  const { clearTimeout, setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");

  // Only Thunderbird's own modules have it.
  const { TCPSocket } = Cu.getGlobalForObject(MailServices);

  /** Longer than a slow server takes, shorter than a person waits. Attack: a server that never answers. */
  const CONNECT_LIMIT_MS = 20_000;
  const ANSWER_LIMIT_MS = 30_000;
  /** Attack: a server that never stops. */
  const ANSWER_LIMIT_BYTES = 1_000_000;

  const FAILURES = new Map([
    [Cr.NS_ERROR_UNKNOWN_HOST, "unknown-host"],
    [Cr.NS_ERROR_CONNECTION_REFUSED, "refused"],
    [Cr.NS_ERROR_OFFLINE, "offline"],
    [Cr.NS_ERROR_NET_TIMEOUT, "timeout"],
    [Cr.NS_ERROR_NET_RESET, "closed"],
    [Cr.NS_ERROR_NET_INTERRUPT, "closed"],
  ]);

  class Connection {
    #socket;
    #received = "";
    /** Once there is one, nothing more comes. */
    #failure = null;
    /** Looks whether what is waited for has come. */
    #waiting = null;
    #isOpen = false;

    constructor(host, port) {
      this.#socket = new TCPSocket(host, port, { binaryType: "arraybuffer", useSecureTransport: true });
      this.#socket.onopen = () => {
        this.#isOpen = true;
        this.#waiting?.();
      };
      this.#socket.ondata = ({ data }) => {
        for (const byte of new Uint8Array(data)) this.#received += String.fromCharCode(byte);
        if (this.#received.length > ANSWER_LIMIT_BYTES) this.#fail("too-much");
        this.#waiting?.();
      };
      this.#socket.onclose = () => this.#fail("closed");
      this.#socket.onerror = async (event) => {
        // Whatever comes after it is a consequence.
        this.#socket.onclose = null;
        const { code, detail } = await describe(event);
        this.#fail(code, detail);
      };
    }

    /** @returns {Promise<object>} `{}` or `{ failure }` */
    opened() {
      return this.#wait(CONNECT_LIMIT_MS, () => (this.#isOpen ? {} : null));
    }

    exchange(text, until) {
      if (this.#waiting) throw new ExtensionCommon.ExtensionError("Only one exchange at a time");
      const last = new RegExp(until);
      if (text !== "" && this.#failure === null) {
        const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
        this.#socket.send(bytes.buffer);
      }
      return this.#wait(ANSWER_LIMIT_MS, () => {
        let start = 0;
        for (;;) {
          const end = this.#received.indexOf("\n", start);
          if (end === -1) return null;
          const line = this.#received.slice(start, end).replace(/\r$/, "");
          start = end + 1;
          if (!last.test(line)) continue;
          const answer = this.#received.slice(0, start);
          this.#received = this.#received.slice(start);
          return { text: answer };
        }
      });
    }

    close() {
      this.#fail("closed");
    }

    /** What has come counts although the connection is over by now. */
    #wait(limit, look) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => this.#fail("timeout"), limit);
        this.#waiting = () => {
          const result = look() ?? (this.#failure && { failure: this.#failure });
          if (result === null) return;
          clearTimeout(timer);
          this.#waiting = null;
          resolve(result);
        };
        this.#waiting();
      });
    }

    #fail(code, detail = "") {
      if (this.#failure !== null) return;
      this.#failure = { code, detail };
      this.#socket.close();
      this.#waiting?.();
    }
  }

  /** What a TCPSocketErrorEvent says. */
  async function describe({ errorCode, name, target }) {
    const known = FAILURES.get(errorCode);
    if (known) return { code: known, detail: name };
    const code = codeOfTls(errorCode);
    if (code === null) return { code: "network", detail: name };
    const security = await target.transport?.tlsSocketControl?.asyncGetSecurityInfo();
    return { code, detail: security?.errorCodeString || name };
  }

  /** `null`: the error is not one of TLS. */
  function codeOfTls(status) {
    const errors = Cc["@mozilla.org/nss_errors_service;1"].getService(Ci.nsINSSErrorsService);
    try {
      return errors.getErrorClass(status) === Ci.nsINSSErrorsService.ERROR_CLASS_BAD_CERT ? "certificate" : "no-tls";
    } catch {
      // This is how it says that the number is not one of its own.
      return null;
    }
  }

  this.secureConnection = class extends ExtensionAPI {
    getAPI(context) {
      const connections = new Map();
      let count = 0;
      context.callOnClose({
        close() {
          for (const connection of connections.values()) connection.close();
        },
      });

      return {
        secureConnection: {
          open: async (host, port) => {
            const connection = new Connection(host, port);
            const id = ++count;
            connections.set(id, connection);
            const result = await connection.opened();
            if (!result.failure) return { id };
            connections.delete(id);
            return result;
          },
          exchange: async (id, text, until) => {
            const connection = connections.get(id);
            return connection ? connection.exchange(text, until) : { failure: { code: "closed", detail: "" } };
          },
          close: async (id) => {
            connections.get(id)?.close();
            connections.delete(id);
          },
        },
      };
    }
  };
}
