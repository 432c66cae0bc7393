// Belongs here: a client of Marionette, the remote control that is built into Thunderbird: length-prefixed JSON over TCP
// (https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html).
// Does NOT belong here: what Thunderbird's windows look like inside (see thunderbird.ts).
import { connect, type Socket } from "node:net";
import { HANG_MS, withDeadline } from "./deadline.ts";

/** Longest that a script may run inside Thunderbird: each thing that it waits for has a limit of its own, and says what did not come. */
const SCRIPT_LIMIT_MS = 3 * HANG_MS;

/** How long one command may take. Scripts have their own, shorter, deadlines inside Thunderbird. */
const COMMAND_LIMIT_MS = SCRIPT_LIMIT_MS + HANG_MS;

interface PendingCommand {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Marionette {
  readonly #socket: Socket;
  readonly #pending = new Map<number, PendingCommand>();
  #buffer: Buffer = Buffer.alloc(0);
  #lastId = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("error", (error) => this.#fail(error));
    socket.on("close", () => this.#fail(new Error("Thunderbird closed the connection")));
  }

  /** Connects to a Thunderbird that already listens, and opens a session in which scripts have Thunderbird's privileges. */
  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, "127.0.0.1");
    const client = new Marionette(socket);
    await client.command("WebDriver:NewSession", { capabilities: { alwaysMatch: {} } });
    await client.command("Marionette:SetContext", { value: "chrome" });
    await client.command("WebDriver:SetTimeouts", { script: SCRIPT_LIMIT_MS });
    return client;
  }

  /** Sends one command and gives its result. */
  async command(name: string, parameters: object = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const text = JSON.stringify([0, id, name, parameters]);
    const answer = new Promise<unknown>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    return withDeadline(`the answer to ${name}`, COMMAND_LIMIT_MS, answer);
  }

  /**
   * Runs the body of an async function with Thunderbird's privileges in the current window.
   *
   * @param parameters JSON values; the script finds them in `args`
   * @returns what the script returned, as JSON; the caller says of which type it is
   */
  async run<T>(body: string, ...parameters: readonly unknown[]): Promise<T> {
    const script = `const done = arguments[arguments.length - 1]; const args = [...arguments].slice(0, -1);
      (async () => {${body}\n})().then(
        (value) => done({ value: value ?? null }),
        (error) => done({ error: error + "\\n" + (error?.stack ?? "") }),
      );`;
    const answer = await this.command("WebDriver:ExecuteAsyncScript", { script, args: parameters, newSandbox: true });
    const { value: outcome } = answer as { value: { value: T } | { error: string } };
    if ("error" in outcome) throw new Error(outcome.error);
    return outcome.value;
  }

  /** Picture of the whole current window, as PNG. */
  async screenshot(): Promise<Uint8Array> {
    const { value } = (await this.command("WebDriver:TakeScreenshot", { full: false })) as { value: string };
    return Buffer.from(value, "base64");
  }

  /** Ends the connection; Thunderbird goes on running. */
  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const colon = this.#buffer.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#buffer.subarray(0, colon).toString());
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.subarray(colon + 1, end).toString()) as unknown;
      this.#buffer = this.#buffer.subarray(end);
      // The greeting is an object; every answer is an array [1, id, error, result].
      if (Array.isArray(message)) this.#settle(message as [number, number, RemoteError | null, unknown]);
    }
  }

  #settle([, id, error, result]: readonly [number, number, RemoteError | null, unknown]): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === null) pending?.resolve(result);
    else pending?.reject(new Error(`${error.error}: ${error.message}`));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

interface RemoteError {
  readonly error: string;
  readonly message: string;
}
