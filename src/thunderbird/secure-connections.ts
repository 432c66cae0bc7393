// Belongs here: conversations inside TLS, through our Experiment.
import type { SecureConnections } from "../ports/secure-connections.ts";
import { messenger } from "./messenger.ts";

/** `null` in a package without the Experiment. */
export function secureConnections(): SecureConnections | null {
  const api = messenger.secureConnection;
  if (api === undefined) return null;
  return {
    async open(host, port) {
      const opened = await api.open(host, port);
      if ("failure" in opened) return { ok: false, failure: opened.failure };
      const { id } = opened;
      const connection = {
        async exchange(text: string, until: string) {
          const answer = await api.exchange(id, text, until);
          return "failure" in answer
            ? { ok: false as const, failure: answer.failure }
            : { ok: true as const, text: answer.text };
        },
        close: () => api.close(id),
      };
      return { ok: true, connection };
    },
  };
}
