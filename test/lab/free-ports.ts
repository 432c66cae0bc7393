// Belongs here: ports of this computer that nobody listens on, for programs that cannot choose one themselves.
import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";

/**
 * Different ones. Each is held until the last was found: one that is given back before may be handed out again at once. Between then and
 * the program's own listening another may take it; the system hands out the same one again only after many others.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers: Server[] = [];
  try {
    for (let each = 0; each < count; each++) servers.push(await listening());
    return servers.map((server) => (server.address() as AddressInfo).port);
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
}
