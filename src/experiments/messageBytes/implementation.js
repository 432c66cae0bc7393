/* global Cc, ChromeUtils, Ci, Components, Cu, ExtensionAPI, ExtensionCommon */
// Belongs here: the bytes of a message, in blocks as they come from the store. `messages.getRaw` does the same one character at
// a time in the main thread: at 100 MB Thunderbird stands still for 8 s (measured in 153).
// Does NOT belong here: messages that are part of another one, which are small and need `messages.getRaw`; anything about content.
"use strict";

const { getMsgStreamUrl } = ChromeUtils.importESModule("resource:///modules/ExtensionMessages.sys.mjs");
// All Experiments of an add-on share one scope, where a name can be declared once (test/guards/experiments.test.ts).
const { MailServices: MessageServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");

Cu.importGlobalProperties(["Blob"]);

this.messageBytes = class extends ExtensionAPI {
  getAPI(context) {
    return {
      messageBytes: {
        read: (messageId) => {
          const header = context.extension.messageManager.get(messageId);
          if (!header?.folder) throw new ExtensionCommon.ExtensionError(`No stored message ${messageId}`);
          return readMessage(getMsgStreamUrl(header));
        },
      },
    };
  }
};

function readMessage(uri) {
  return new Promise((resolve, reject) => {
    const blocks = [];
    const listener = {
      QueryInterface: ChromeUtils.generateQI(["nsIStreamListener", "nsIRequestObserver"]),
      onStartRequest() {},
      onDataAvailable(_request, stream, _offset, count) {
        const input = Cc["@mozilla.org/binaryinputstream;1"].createInstance(Ci.nsIBinaryInputStream);
        input.setInputStream(stream);
        const block = new ArrayBuffer(count);
        input.readArrayBuffer(count, block);
        blocks.push(block);
      },
      onStopRequest(_request, status) {
        if (Components.isSuccessCode(status)) resolve(new Blob(blocks));
        else reject(new ExtensionCommon.ExtensionError(`The message could not be read: ${status}`));
      },
    };
    // Neither converted nor decrypted: signatures are over the stored bytes.
    MessageServices.messageServiceFromURI(uri).streamMessage(uri, listener, null, null, false, "");
  });
}
