import { describe, expect, test } from "vitest";
import { createRestoreReceiptKind } from "../../../src/app/sending/restore-receipt-kind.ts";
import { readReceiptKind } from "../../../src/core/index.ts";
import type { OutgoingMessage } from "../../../src/ports/outgoing-messages.ts";
import { composeWindow, outgoing, TAB } from "./outgoing-message.ts";

const DRAFT = new TextEncoder().encode("Subject: Diffida\r\nX-Tiporicevuta: breve\r\n\r\nSi diffida.\r\n");
const SILENT = new TextEncoder().encode("Subject: Diffida\r\n\r\nX-Tiporicevuta: breve\r\n");

function opening(message: OutgoingMessage, draft: Uint8Array = DRAFT) {
  const window = composeWindow(message);
  const reads: number[] = [];
  const restore = createRestoreReceiptKind({
    messages: window,
    source: {
      read: (id) => {
        reads.push(id);
        return Promise.resolve(draft);
      },
    },
    readKind: readReceiptKind,
  });
  return { window, reads, restore };
}

describe("a draft that is opened again", () => {
  test("asks for the kind of receipt that was chosen for it, beside its other fields", async () => {
    const { window, restore } = opening(outgoing({ draft: 5, fields: [{ name: "X-A", value: "1" }] }));
    await restore(TAB);
    expect(window.current?.fields).toEqual([
      { name: "X-A", value: "1" },
      { name: "X-TipoRicevuta", value: "breve" },
    ]);
  });

  test("is read once: what the person chooses afterwards stands", async () => {
    const { window, reads, restore } = opening(outgoing({ draft: 5 }));
    await restore(TAB);
    window.current = outgoing({ draft: 5 });
    await restore(TAB);
    expect([window.current.fields, reads]).toEqual([[], [5]]);
  });

  test.each([
    ["that asks for nothing", outgoing({ draft: 5 }), SILENT],
    ["that says so already", outgoing({ draft: 5, fields: [{ name: "X-TipoRicevuta", value: "completa" }] }), DRAFT],
    ["that is none", outgoing(), DRAFT],
  ])("%s stays as it is", async (_, message, draft) => {
    const { window, restore } = opening(message, draft);
    await restore(TAB);
    expect(window.current).toEqual(message);
  });

  test("in a window that was closed meanwhile is left alone", async () => {
    const { window, restore } = opening(outgoing({ draft: 5 }));
    const restoring = restore(TAB);
    window.current = null;
    await restoring;
    expect(window.current).toBeNull();
  });
});
