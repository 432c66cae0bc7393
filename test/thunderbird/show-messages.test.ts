import { describe, expect, test } from "vitest";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import type { PageView } from "../lab/thunderbird.ts";
import { demoMessages, type DemoMessage } from "../provider/demo-messages.ts";
import { demoEntries, inSharedThunderbird, installations, mainInstallations } from "./in-thunderbird.ts";

/** What the page says of a message, as far as the case tells what is expected. */
function verdictOf({ data }: PageView): object {
  const { kind, indication, subIndication, look, remarks, path } = data;
  const isAttached = path !== "";
  return { kind, indication, subIndication, look, remarks: remarks?.split(" ").filter(Boolean).sort(), isAttached };
}

function expectedVerdict({ expected: { kind, seal, look } }: DemoMessage, isAttached = false): object {
  const { indication, subIndication, remarks } = seal;
  return {
    kind: kind ?? "",
    indication,
    subIndication: subIndication ?? "",
    look,
    remarks: [...remarks].sort(),
    isAttached,
  };
}

describe.each(installations())("Thunderbird $version", (installation) => {
  test("the full package shows every demo message with its verdict in the pane", async () => {
    await inSharedThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      const id = addonId("demo");
      const found: Record<string, object | null> = {};
      for (const [position, message] of demoMessages().entries()) {
        await thunderbird.selectMessage(DEMO_FOLDER, position);
        if (message.expected.look === "none") {
          await thunderbird.settledButton(id, { state: buttonState(message) });
          found[message.id] = await thunderbird.pane(id);
        } else {
          found[message.id] = verdictOf(await thunderbird.settledPane(id));
        }
      }
      const expected = demoMessages().map((each) => [
        each.id,
        each.expected.look === "none" ? null : expectedVerdict(each),
      ]);
      expect(found).toEqual(Object.fromEntries(expected));
    });
  });

  test("the store package shows every demo message with its verdict in the popup", async () => {
    // In the other series, one of each look is enough to see that button and popup work there.
    const isMain = mainInstallations().some(({ binary }) => binary === installation.binary);
    const messages = demoEntries(isMain ? "all" : "one of each look");
    await inSharedThunderbird({ installation, flavours: ["demo-store"] }, async (thunderbird) => {
      const id = addonId("demo-store");
      const found: Record<string, object | null> = {};
      for (const [position, message] of messages) {
        await thunderbird.selectMessage(DEMO_FOLDER, position);
        const disabled = expectedInPopup(message) === null;
        await thunderbird.settledButton(id, { state: buttonState(message), disabled });
        if (disabled) continue;
        found[message.id] = verdictOf(await thunderbird.popupVerdict(id));
      }
      // A popup that stays open while another message is selected speaks of that one.
      const positionOf = (name: string): number => demoMessages().findIndex((each) => each.id === name);
      await thunderbird.selectMessage(DEMO_FOLDER, positionOf("envelope"));
      await thunderbird.openPopup(id);
      await thunderbird.settledPopup(id);
      await thunderbird.selectMessage(DEMO_FOLDER, positionOf("altered"));
      expect((await thunderbird.settledPopup(id)).data).toMatchObject({ look: "not-valid" });
      const expected = messages.map(([, each]) => [each.id, expectedInPopup(each)]).filter(([, each]) => each !== null);
      expect(found).toEqual(Object.fromEntries(expected));
    });
  });
});

/** What the button says of a message. */
function buttonState({ id, expected: { look } }: DemoMessage): string {
  return id === "ordinary-mail-with-attached-pec" ? "attached" : look;
}

/** Mail with nothing for us in it has no popup; of an attached PEC the popup shows the attached message. */
function expectedInPopup(message: DemoMessage): object | null {
  if (message.id === "ordinary-mail" || message.id === "ordinary-signed-mail") return null;
  const attached = message.id === "ordinary-mail-with-attached-pec";
  const [envelope] = demoMessages();
  return expectedVerdict(attached && envelope !== undefined ? envelope : message, attached);
}
