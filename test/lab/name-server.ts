// Belongs here: a small name server on this computer, and a Thunderbird that asks it and no other: for the questions about MX.
// Does NOT belong here: the names of our own mail servers, which Thunderbird is told by a preference (see trust-servers.ts).
import { createSocket, type Socket } from "node:dgram";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { type Answer, decode, encode, RECURSION_AVAILABLE } from "dns-packet";
import type { Installation } from "./find-thunderbird.ts";
import { makeTemporaryFolder } from "./running-process.ts";
import { UserError } from "./user-error.ts";

/** An address of its own: another name server of this computer mostly listens at 127.0.0.1, and other tests may run beside these. */
const ADDRESS = `127.153.${(process.pid >> 8) & 255}.${process.pid & 255}`;
/** The system's resolver knows no other. */
const PORT = 53;

export interface NameServer {
  /** Every question that came, such as `MX studio.example`. */
  readonly asked: readonly string[];
  /** The same Thunderbird, started so that the system's resolver asks this server. */
  readonly installation: Installation;
  readonly stop: () => Promise<void>;
}

/**
 * @param mx hosts that receive mail of each domain, with their preference; of other domains there are none. `silent`: no answer comes
 * @throws UserError where we may not listen at that port, or not mount
 */
export async function startNameServer(
  installation: Installation,
  mx: Readonly<Record<string, Readonly<Record<string, number>> | "silent">>,
): Promise<NameServer> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new UserError("A name server of our own, for the questions about MX, needs root on Linux.");
  }
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (bytes, from) => {
    const { id, questions = [] } = decode(bytes);
    for (const { name, type } of questions) asked.push(`${type} ${name}`);
    const known = (name: string) => mx[name.toLowerCase()] ?? {};
    if (questions.some(({ name }) => known(name) === "silent")) return;
    const answers = questions.flatMap(({ name, type }): Answer[] => {
      const records = known(name);
      if (type !== "MX" || records === "silent") return [];
      return Object.entries(records).map(([exchange, preference]) => ({
        type: "MX",
        name,
        ttl: 60,
        data: { exchange, preference },
      }));
    });
    socket.send(
      encode({ type: "response", ...(id === undefined ? {} : { id }), flags: RECURSION_AVAILABLE, questions, answers }),
      from.port,
      from.address,
    );
  });
  await bound(socket);
  const folder = await makeTemporaryFolder("name-server");
  const resolver = join(folder.path, "resolv.conf");
  const binary = join(folder.path, "thunderbird");
  await writeFile(resolver, `nameserver ${ADDRESS}\noptions timeout:2 attempts:1\n`);
  // A mount namespace of its own: nothing but this Thunderbird sees the other file.
  await writeFile(
    binary,
    `#!/bin/sh
exec unshare -m sh -c 'mount --bind "$1" /etc/resolv.conf && shift && exec "$@"' sh '${resolver}' '${installation.binary}' "$@"
`,
  );
  await chmod(binary, 0o755);
  return {
    asked,
    installation: { ...installation, binary },
    stop: async () => {
      await new Promise<void>((resolve) => socket.close(() => resolve()));
      await folder.remove();
    },
  };
}

function bound(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(PORT, ADDRESS, () => resolve());
  });
}
