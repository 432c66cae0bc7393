// Belongs here: the only request that this add-on ever sends over the network.
// Does NOT belong here: whether and when it is sent (see app/revocation-data.ts), asking the person (see pages/).
import type { FetchedList, ListFetcher } from "../ports/list-fetcher.ts";
import { messenger } from "./messenger.ts";

/** The list of AgID has some 100 KB. Attack: an endless answer fills the memory. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Attack: a server that sends one byte a minute. Shorter than Thunderbird lets an idle background page live. */
const LIMIT_MS = 20_000;

/** Time to read a question and answer it. */
const ANSWER_LIMIT_MS = 60_000;

export const listFetcher: ListFetcher = {
  async mayFetch(url) {
    return messenger.permissions.contains({ origins: [`${new URL(url).origin}/*`] });
  },

  permissionAnswered() {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(limit);
        messenger.permissions.onAdded.removeListener(end);
        resolve();
      };
      const limit = setTimeout(end, ANSWER_LIMIT_MS);
      messenger.permissions.onAdded.addListener(end);
    });
  },

  async fetch(url) {
    const signal = AbortSignal.timeout(LIMIT_MS);
    try {
      return await request(url, signal);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // A request that fails for another reason is one that did not get through, or was not let out.
      return failed(signal.aborted ? "timeout" : "offline");
    }
  },
};

async function request(url: string, signal: AbortSignal): Promise<FetchedList> {
  const response = await fetch(url, {
    signal,
    // Followed, a redirect would tell another server; the permission is for this one.
    redirect: "manual",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    // What is kept, and for how long, is for us to say.
    cache: "no-store",
  });
  if (response.type === "opaqueredirect") return failed("redirected");
  if (!response.ok || response.body === null) return failed("not-found");
  return readAll(response.body);
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<FetchedList> {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_BYTES) {
      await reader.cancel();
      return failed("too-large");
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { state: "fetched", bytes };
}

function failed(code: Extract<FetchedList, { state: "failed" }>["code"]): FetchedList {
  return { state: "failed", code };
}
