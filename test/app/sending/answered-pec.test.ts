import { describe, expect, test } from "vitest";
import { createAnsweredPecs } from "../../../src/app/sending/answered-pec.ts";
import { inspect, shippedAuthorities, withExtraAuthorities } from "../../../src/core/index.ts";
import { extraAuthorities } from "../../provider/demo-authorities.ts";
import { DEMO_NOW, demoMessages } from "../../provider/demo-messages.ts";

const anchors = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);

function answering(id: string) {
  const message = demoMessages().find((each) => each.id === id);
  if (message === undefined) throw new Error(`No demo message ${id}`);
  const reads: number[] = [];
  const answered = createAnsweredPecs({
    source: {
      read: (messageId) => {
        reads.push(messageId);
        return Promise.resolve(message.bytes);
      },
    },
    inspect: (bytes) => inspect(bytes, { now: DEMO_NOW, anchors }),
    translate: (key) => key,
  });
  return { answered, reads };
}

const SERVICE = "posta-certificata@pec.gestore-uno.test";

describe("what a message answers", () => {
  test("a PEC: its sender, under its own subject", async () => {
    const { answered } = answering("expired-since");
    expect(await answered(5)).toEqual({
      pec: { serviceAddress: SERVICE, subject: "Conferma dell'appuntamento di lunedì" },
      toSender: {
        to: [expect.stringContaining("nadia.orsetti@pec.foro-esempio.test")],
        subject: "Re: Conferma dell'appuntamento di lunedì",
      },
      isCertified: true,
    });
  });

  test("ordinary mail in a provider's wrapper: the same, but nobody expects PEC", async () => {
    expect(await answering("anomaly-ordinary-mail").answered(5)).toMatchObject({
      toSender: { subject: expect.stringMatching(/^Re: Preventivo/) as unknown },
      isCertified: false,
    });
  });

  test("a receipt, even one that returns a message: there is nobody to answer", async () => {
    for (const id of ["acceptance", "delivery-complete", "late-notice-12h"]) {
      const found = await answering(id).answered(5);
      expect(found).toMatchObject({ pec: { subject: null }, toSender: null, isCertified: false });
    }
  });

  test.each(["ordinary-mail", "ordinary-mail-with-attached-pec", "altered", "forged"])(
    "%s: nothing that could be trusted",
    async (id) => {
      expect(await answering(id).answered(5)).toBeNull();
    },
  );
});

test("each message is read once, and again when that failed", async () => {
  const { answered, reads } = answering("envelope");
  await Promise.all([answered(5), answered(5)]);
  expect(reads).toEqual([5]);
  let isAway = true;
  const failing = createAnsweredPecs({
    source: { read: () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve(new Uint8Array())) },
    inspect: (bytes) => inspect(bytes, { now: DEMO_NOW, anchors }),
    translate: (key) => key,
  });
  await expect(failing(5)).rejects.toThrow("away");
  isAway = false;
  expect(await failing(5)).toBeNull();
});
