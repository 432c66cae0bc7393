// Belongs here: what does not depend on size: a small envelope warm, beside plain pkijs, and the first one after the start.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Certificate, ContentInfo, SignedData } from "pkijs";
import { canonicalContent } from "../../src/core/cms/canonical-content.ts";
import { readEnvelope } from "../../src/core/envelope/read-envelope.ts";
import { decodeBody } from "../../src/core/mime/decode-body.ts";
import { parseMime } from "../../src/core/mime/parse-mime.ts";
import { projectRoot } from "../lab/project-root.ts";
import { rootCertificate } from "../provider/test-authority.ts";
import { inspectSealed, testAuthorities, timed } from "./inspection.ts";
import { median, row, type Row } from "./row.ts";
import { LINE_ENDS, type Samples } from "./samples.ts";

const WARM_UP = 200;
const ROUNDS = 101;

interface SignedContent {
  readonly content: Uint8Array;
  readonly cms: Uint8Array;
}

function signedContentOf(bytes: Uint8Array): SignedContent {
  const { signed } = readEnvelope(bytes, parseMime(bytes));
  if (signed?.form !== "detached") throw new Error("The sample has no detached signature.");
  return { content: canonicalContent(bytes, signed.content.range), cms: decodeBody(bytes, signed.signature) };
}

/** What a program does that leaves everything to pkijs, the signed bytes and the CMS being found already. */
async function verifyWithPkijs({ content, cms }: SignedContent, checkChain: boolean): Promise<void> {
  const signedData = new SignedData({ schema: ContentInfo.fromBER(copyOf(cms)).content });
  const trustedCerts = [Certificate.fromBER(copyOf(rootCertificate))];
  const data = copyOf(content);
  if (!(await signedData.verify({ signer: 0, data, trustedCerts, checkChain })))
    throw new Error("pkijs refuses the sample.");
}

const copyOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

async function coldStart(): Promise<number> {
  const script = join(projectRoot, "test", "bench", "measure-start.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script], { cwd: projectRoot });
  return Number(stdout);
}

export async function benchSmall(samples: Samples): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const anchors = await testAuthorities();
  for (const lineEnd of LINE_ENDS) {
    const bytes = new Uint8Array(await readFile(samples.file("10 KB", lineEnd)));
    const signed = signedContentOf(bytes);
    const ours: number[] = [];
    const signature: number[] = [];
    const chain: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      ours.push(await timed(() => inspectSealed(bytes, anchors)));
      signature.push(await timed(() => verifyWithPkijs(signed, false)));
      chain.push(await timed(() => verifyWithPkijs(signed, true)));
    }
    const warm = (times: readonly number[]): number => median(times.slice(WARM_UP));
    rows.push(
      row(`10 KB, ${lineEnd}, warm: inspection`, warm(ours), " ms", { atMost: 5 }),
      row(`10 KB, ${lineEnd}, warm: pkijs, signature alone / inspection`, warm(signature) / warm(ours), "×", {
        atLeast: 2,
      }),
      row(`10 KB, ${lineEnd}, warm: pkijs, signature and chain / inspection`, warm(chain) / warm(ours), "×"),
    );
  }
  const starts: number[] = [];
  for (let round = 0; round < 5; round++) starts.push(await coldStart());
  rows.push(row("first decoding of the shipped authorities, in a new process", median(starts), " ms"));
  return rows;
}
