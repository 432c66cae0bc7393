// Belongs here: fuzzing of files: signed attachments and mbox files. Does NOT belong here: messages and what they carry (see targets.ts).
import { readSignedFile, splitMbox } from "../../src/core/index.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { buildSignedData } from "../provider/cms-builder.ts";
import { pem } from "../provider/der.ts";
import { at } from "../provider/local-time.ts";
import { toBytes } from "../provider/mime-builder.ts";
import { SIGNERS } from "../provider/test-authority.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { mutateDer } from "./mutate-der.ts";
import type { Random } from "./random.ts";
import type { Target } from "./targets.ts";

const DOCUMENT = toBytes("Contratto di locazione, documento di esempio");

const signed = (content: Uint8Array): Uint8Array =>
  buildSignedData(content, {
    signers: [SIGNERS.elliptic],
    signingTime: at("2026-10-12T09:20:00+02:00"),
    embeddedContent: content,
  });

const ONCE = signed(DOCUMENT);
const TWICE = signed(ONCE);

export const signedFiles: Target = {
  name: "signed-files",
  weight: 10,
  make: (random) => {
    const der = random.pick([ONCE, TWICE]);
    const damaged = random.chance(0.6) ? mutateDer(der, random, ONCE) : mutateBytes(der, random, TWICE);
    const input = random.chance(0.2) ? toBytes(pem("PKCS7", damaged)) : damaged;
    return {
      input,
      violation: async () => {
        const { layers, content, trouble } = await readSignedFile(input);
        if (layers.length === 0) return trouble === null ? "neither signatures nor a reason" : null;
        if (content === null) return "signatures around nothing";
        const areIntact = layers.every(({ signers }) => signers.every(({ integrity }) => integrity === "intact"));
        // Whatever is called intact by everybody is what was signed, or one of the layers around it.
        const genuine = [DOCUMENT, ONCE].some((bytes) => Buffer.from(bytes).equals(content.bytes));
        return areIntact && !genuine ? "another content is called intact" : null;
      },
    };
  },
};

const LINES = ["From ", "From - Mon Oct 12 09:30:15 2026", "From qui in poi", ">From x", "Subject: y", "", "\r", "x: "];

function mutateLines(file: string, random: Random): string {
  const lines = file.split("\n");
  for (let rounds = random.count(8); rounds > 0; rounds--) {
    const line = random.pick(LINES) ?? "";
    lines.splice(random.below(lines.length), random.chance(0.5) ? 1 : 0, line);
  }
  return lines.join("\n");
}

async function* inPieces(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.length; from += size) yield await Promise.resolve(file.subarray(from, from + size));
}

async function split(file: Uint8Array, size: number, maxBytes: number): Promise<readonly (readonly number[])[]> {
  const found: number[][] = [];
  for await (const { start, length, bytes, isDoubtful } of splitMbox(inPieces(file, size), maxBytes)) {
    const isTheFiles = bytes === null || Buffer.from(bytes).equals(file.subarray(start, start + length));
    found.push([start, length, bytes === null ? 0 : 1, isDoubtful ? 1 : 0, isTheFiles ? 1 : 0]);
  }
  return found;
}

export const mboxFiles: Target = {
  name: "mbox-files",
  weight: 10,
  make: (random, { messages }) => {
    const bodies = Array.from({ length: random.count(4) }, () =>
      toBytes(random.pick(messages).message.slice(0, 2_000)),
    );
    const file = Buffer.from(toMbox(bodies)).toString("latin1");
    const input = toBytes(mutateLines(random.chance(0.5) ? file.replaceAll("\r\n", "\n") : file, random));
    const size = random.count(600);
    const maxBytes = random.chance(0.2) ? random.below(3_000) : 1_000_000;
    return {
      input,
      violation: async () => {
        const whole = await split(input, input.length, maxBytes);
        if (whole.some(([, , , , isTheFiles]) => isTheFiles === 0)) return "other bytes than the file's";
        const overlapping = whole.some(([start = 0], index) => {
          const [before = 0, length = 0] = whole[index - 1] ?? [];
          return index > 0 && start < before + length;
        });
        if (overlapping) return "messages that overlap";
        const inParts = await split(input, size, maxBytes);
        return JSON.stringify(inParts) === JSON.stringify(whole) ? null : `another answer in pieces of ${size}`;
      },
    };
  },
};
