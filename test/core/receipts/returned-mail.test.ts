import { describe, expect, it } from "vitest";
import { returnedMailOf } from "../../../src/core/receipts/returned-mail.ts";
import { toBytes } from "../../provider/mime-builder.ts";
import { CARLA, IDENTIFIER, SENDER } from "./a-receipt.ts";

const notice = (status: readonly string[], enclosed: readonly string[]): Uint8Array =>
  toBytes(
    [
      "From: MAILER-DAEMON@mx.posta.test",
      `To: <${SENDER}>`,
      "Date: Mon, 2 Mar 2026 09:05:00 +0100",
      "Subject: Undelivered Mail Returned to Sender",
      "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
      "",
      "--b",
      "",
      "The mail could not be delivered.",
      "--b",
      "Content-Type: message/delivery-status",
      "",
      ...status,
      "--b",
      ...enclosed,
      "--b--",
      "",
    ].join("\r\n"),
  );

const STATUS = [
  "Reporting-MTA: dns; mx.posta.test",
  "",
  `Final-Recipient: rfc822; ${CARLA.toUpperCase()}`,
  "Action: failed",
  "Status: 5.1.1",
  "Diagnostic-Code: smtp; 550 5.1.1 no such",
  "  user here",
];
const HEADER = [
  "Content-Type: text/rfc822-headers",
  "",
  `Message-ID: <${IDENTIFIER}>`,
  "Subject: POSTA CERTIFICATA: x",
];

describe("returnedMailOf", () => {
  it("reads whom it failed for and which mail it speaks of", () => {
    expect(returnedMailOf(notice(STATUS, HEADER))).toMatchObject({
      sender: SENDER,
      identifier: IDENTIFIER,
      date: Date.parse("2026-03-02T08:05:00Z"),
      recipients: [{ address: CARLA, action: "failed", status: "5.1.1", diagnostic: "550 5.1.1 no such user here" }],
      explanation: "The mail could not be delivered.",
    });
  });

  it("finds the identifier in a whole enclosed message, too", () => {
    const whole = ["Content-Type: message/rfc822", "", `Message-ID: <${IDENTIFIER}>`, "", "text"];
    expect(returnedMailOf(notice(STATUS, whole))?.identifier).toBe(IDENTIFIER);
  });

  it("tells a delay from a failure and leaves out what was delivered", () => {
    const groups = [
      ...STATUS,
      "",
      "Final-Recipient: rfc822;b@x.test",
      "Action: delayed",
      "",
      "Final-Recipient: rfc822;c@x.test",
      "Action: relayed",
    ];
    const recipients = returnedMailOf(notice(groups, HEADER))?.recipients;
    expect(recipients?.map(({ address, action }) => [address, action])).toEqual([
      [CARLA, "failed"],
      ["b@x.test", "delayed"],
    ]);
  });

  it.each([
    ["ordinary mail", toBytes("Subject: ciao\r\n\r\ntesto\r\n")],
    ["a notice that encloses nothing", notice(STATUS, ["", "nothing"])],
    ["a notice about nobody", notice(["Reporting-MTA: dns; mx"], HEADER)],
    ["nothing", new Uint8Array()],
  ])("is null for %s", (_, message) => {
    expect(returnedMailOf(message)).toBeNull();
  });
});
