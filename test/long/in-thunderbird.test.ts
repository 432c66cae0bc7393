// Scale and storage in a real Thunderbird: a very large message, and one whose lines an mbox file has to quote.
import { describe, expect, test } from "vitest";
import { addonId } from "../lab/flavours.ts";
import { timeMessage } from "../bench/time-message.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { CRLF, toBytes } from "../provider/mime-builder.ts";
import { largeMessage } from "../provider/oversized-messages.ts";
import { SHORT_ENVELOPE } from "../provider/sample-drafts.ts";
import { sealMessage } from "../provider/sign-message.ts";
import { inThunderbird, installations } from "../thunderbird/in-thunderbird.ts";

const SIZE = 100_000_000;
const FOLDER = "Grandi";

describe.each(installations())("Thunderbird $version", (installation) => {
  test("a message of 100 MB has a verdict, and Thunderbird goes on to the next", async () => {
    const small = toBytes(sealMessage(SHORT_ENVELOPE));
    const folders = { [FOLDER]: toMbox([small, largeMessage(SIZE), small]) };
    await inThunderbird({ installation, flavours: ["demo"], folders }, async (thunderbird) => {
      const id = addonId("demo");
      await thunderbird.selectMessage(FOLDER, 0);
      await thunderbird.settledPane(id);
      const { displayed, total } = await timeMessage(thunderbird, id, FOLDER, 1);
      console.log(
        `100 MB in Thunderbird ${installation.version}: displayed after ${displayed} ms, verdict ${total} ms after the click`,
      );
      const { data } = await thunderbird.settledPane(id);
      expect(data.indication).toBe("TOTAL-PASSED");
      await thunderbird.selectMessage(FOLDER, 2);
      expect((await thunderbird.settledPane(id)).data.look).toBe("sealed");
    });
  });

  test("lines beginning with From, as a local folder keeps them, leave the seal intact", async () => {
    const postacert = `${SHORT_ENVELOPE.postacert ?? ""}${CRLF}From qui in poi${CRLF}>From di nuovo${CRLF}`;
    const folders = { [FOLDER]: toMbox([toBytes(sealMessage({ ...SHORT_ENVELOPE, postacert }))]) };
    await inThunderbird({ installation, flavours: ["demo"], folders }, async (thunderbird) => {
      await thunderbird.selectMessage(FOLDER, 0);
      expect((await thunderbird.settledPane(addonId("demo"))).data.indication).toBe("TOTAL-PASSED");
    });
  });
});
