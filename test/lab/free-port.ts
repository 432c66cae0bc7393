// Belongs here: a port of this computer that nobody listens on, for programs that cannot choose one themselves.
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** Taken and given back; the system hands the same one out again only after many others. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
