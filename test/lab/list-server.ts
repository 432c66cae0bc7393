// Belongs here: everything that Thunderbird asks of the network over http, seen by a proxy on this computer that answers as told.
// Does NOT belong here: what is asked for (see src/app/trust/revocation-data.ts).
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Preferences } from "./profile.ts";

/** Thunderbird's own services (settings, updates), which it asks whether or not an add-on is there. */
const THUNDERBIRDS_OWN = /(?:^|[./])(?:thunderbird\.net|mozilla\.(?:com|net|org))(?:[:/]|$)/;

export interface SeenRequest {
  readonly method: string;
  /** The whole address. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

export interface ListServer {
  /** Profile preferences that send every request here. */
  readonly preferences: Preferences;
  /** In order; without those to Thunderbird's own services. */
  readonly requests: readonly SeenRequest[];
  /** How requests are answered from now on. */
  readonly answerWith: (answer: (response: ServerResponse) => void) => void;
  readonly stop: () => Promise<void>;
}

export async function startListServer(): Promise<ListServer> {
  const requests: SeenRequest[] = [];
  let answer = (response: ServerResponse): void => void response.writeHead(404).end();
  const note = (request: IncomingMessage): void => {
    const { method = "", url = "", headers } = request;
    if (!THUNDERBIRDS_OWN.test(headers.host ?? url)) requests.push({ method, url, headers });
  };
  const server = createServer((request, response) => {
    note(request);
    answer(response);
  });
  // An encrypted request is asked for by the name of its host alone; none is let through.
  server.on("connect", (request, socket) => {
    note(request);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    preferences: {
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": portOf(server),
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": portOf(server),
      "network.proxy.no_proxies_on": "",
    },
    requests,
    answerWith: (given) => (answer = given),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
