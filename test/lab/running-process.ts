// Belongs here: programs and temporary folders that must not outlive us, however we end.
import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withDeadline } from "./deadline.ts";

/** Enough of what a program said to explain its failure, without holding everything that it ever says. */
const KEPT_OUTPUT = 20_000;

/** How long a program may take to end when asked to, before it is killed. */
const GRACE_MS = 5_000;

const running = new Set<RunningProcess>();
const folders = new Set<string>();
let watching = false;

export interface ProcessOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** `true`: the program writes to our own terminal; otherwise its output is kept (see `output`). */
  readonly visible?: boolean;
  /** `true`: at our own end the program is asked to end, not killed: it has programs of its own to end. */
  readonly gentle?: boolean;
}

/** A program and everything that it starts (its process group). */
export class RunningProcess {
  readonly #child: ChildProcess;
  readonly #command: string;
  readonly #gentle: boolean;
  #output = "";
  /** Settles when the program has ended: its exit status, or `null` when a signal ended it. Rejects when it cannot be started. */
  readonly ended: Promise<number | null>;

  constructor(command: string, parameters: readonly string[], options: ProcessOptions = {}) {
    watchOurOwnEnd();
    this.#command = command;
    this.#gentle = options.gentle === true;
    const output = options.visible === true ? "inherit" : "pipe";
    this.#child = spawn(command, parameters, {
      // A process group of its own, so that its children can be ended with it.
      detached: process.platform !== "win32",
      env: { ...process.env, ...options.environment },
      stdio: ["ignore", output, output, "pipe"],
    });
    const keep = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-KEPT_OUTPUT);
    };
    this.#child.stdout?.on("data", keep);
    this.#child.stderr?.on("data", keep);
    running.add(this);
    this.ended = new Promise((resolve, reject) => {
      this.#child.once("error", (error) => {
        running.delete(this);
        reject(new Error(`${command} could not be started: ${error.message}`));
      });
      this.#child.once("exit", (status) => {
        // Children that the program left behind.
        this.#signal("SIGKILL");
        running.delete(this);
        resolve(status);
      });
    });
    // Whoever waits for `ended` gets the error; nobody waiting is no reason to crash.
    this.ended.catch(() => undefined);
  }

  /** The last of what the program wrote to its standard output and standard error. */
  get output(): string {
    return this.#output;
  }

  /** The first line that the program writes to file descriptor 3. Rejects when the program ends without it. */
  firstReport(limit: number): Promise<string> {
    const pipe = this.#child.stdio[3];
    if (pipe === null || pipe === undefined || !("on" in pipe)) throw new Error("The program has no descriptor 3");
    const line = new Promise<string>((resolve, reject) => {
      let text = "";
      pipe.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        if (text.includes("\n")) resolve(text.trim());
      });
      this.ended.then(() => reject(this.failure("ended early")), reject);
    });
    return withDeadline(`${this.#command} to be ready`, limit, line);
  }

  /** Asks the program to end, kills it when it does not, and waits until it is gone. */
  async stop(): Promise<void> {
    if (!running.has(this)) return;
    this.#signal("SIGTERM");
    const kill = setTimeout(() => this.#signal("SIGKILL"), GRACE_MS);
    await this.ended.catch(() => undefined);
    clearTimeout(kill);
  }

  /** Ends the program and its children at our own end, when nothing can be waited for any more. */
  endWithUs(): void {
    this.#signal(this.#gentle ? "SIGTERM" : "SIGKILL");
  }

  /** An error that quotes the last of what the program said. */
  failure(what: string): Error {
    return new Error(`${this.#command} ${what}.\n${this.#output}`.trim());
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, signal);
    } catch (error) {
      // ESRCH: already gone, which is what was wanted.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}

/** A new folder below the system's folder for temporary files, which does not outlive us either. */
export async function makeTemporaryFolder(name: string): Promise<TemporaryFolder> {
  watchOurOwnEnd();
  const path = await mkdtemp(join(tmpdir(), `sigillo-pec-${name}-`));
  folders.add(path);
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
      folders.delete(path);
    },
  };
}

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Ends our programs with us, and removes our folders: at exit, on an error nobody caught, and on the signals that people and CI send. */
function watchOurOwnEnd(): void {
  if (watching) return;
  watching = true;
  process.once("exit", () => {
    for (const program of running) program.endWithUs();
    // Programs that are being killed may write a last file.
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
  for (const [signal, status] of Object.entries(statuses)) process.once(signal, () => process.exit(status));
  // A worker whose parent was killed.
  process.once("disconnect", () => process.exit(1));
}
