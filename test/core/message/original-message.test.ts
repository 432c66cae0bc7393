import { describe, expect, it } from "vitest";
import { summarizeOriginal } from "../../../src/core/message/original-message.ts";
import { parseMime } from "../../../src/core/mime/parse-mime.ts";
import { toBytes } from "../../provider/mime-builder.ts";

function summaryOf(...header: readonly string[]) {
  const bytes = toBytes([...header, "", "testo", ""].join("\r\n"));
  return summarizeOriginal({ bytes, part: parseMime(bytes).root });
}

describe("whom an answer goes to", () => {
  it("is read before names are decoded: a name that spells another mailbox adds nobody", () => {
    // «capo@banca.it, Mario» as an encoded word
    const { people, from } = summaryOf("From: =?utf-8?Q?capo=40banca=2Eit=2C_Mario?= <mario@pec.it>");
    expect(from).toBe("capo@banca.it, Mario <mario@pec.it>");
    expect(people.from).toEqual([{ displayName: "capo@banca.it, Mario", address: "mario@pec.it" }]);
  });

  it("is nobody where a field is missing", () => {
    expect(summaryOf("To: anna@pec.it").people).toEqual({
      from: [],
      to: [{ displayName: "", address: "anna@pec.it" }],
      cc: [],
      replyTo: [],
    });
  });
});
