// Belongs here: ports of this computer that nobody listens on, for programs that cannot choose one themselves.
import { createServer, type Server } from "node:net";

/**
 * Below those that systems hand out by themselves (Linux from 32768 on, others from 49152): between our giving one back and the program's own
 * listening none of the many connections of this computer is given it, and nobody who knocks there to see whether the program listens yet
 * can be connected with himself.
 */
const [LOWEST, HIGHEST] = [20_000, 32_000];

/** Different ones. Each is held until the last was found: one that is given back before may be found again at once. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = new Map<number, Server>();
  try {
    while (servers.size < count) {
      const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
      const server = await listening(port);
      if (server !== null) servers.set(port, server);
    }
    return [...servers.keys()];
  } finally {
    await Promise.all([...servers.values()].map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** `null`: somebody else listens there. */
async function listening(port: number): Promise<Server | null> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      if ("code" in error && error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
