// Belongs here: a real dovecot on this computer, with mailboxes of its own: IMAP and POP3, both inside TLS.
// Does NOT belong here: sending (see submission-server.ts), Thunderbird's side (see mail-account.ts), what the mail says (test/provider).
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { HANG_MS, waitFor } from "./deadline.ts";
import { installPackages, mayInstall } from "./debian.ts";
import { freePorts } from "./free-ports.ts";
import { makeTemporaryFolder, RunningProcess, type TemporaryFolder } from "./running-process.ts";
import type { TlsAuthority } from "./tls-authority.ts";
import { UserError } from "./user-error.ts";

const execute = promisify(execFile);

const DOVECOT = "/usr/sbin/dovecot";
const PROTOCOLS = "/usr/lib/dovecot";
const PACKAGES = ["dovecot-imapd", "dovecot-pop3d"] as const;
const SERVICES = ["dovecot.service", "dovecot.socket"] as const;

/** Dovecot reads no mail as root: then it runs as Debian's user for what belongs to nobody, who is never asked for by name alone. */
const NOBODY = { name: "nobody", group: "nogroup", uid: 65_534, gid: 65_534 } as const;

export const IMAP_HOST = "imaps.gestore-uno.test";
export const POP3_HOST = "pop3s.gestore-uno.test";

/** The folder that the server flags `\Sent`; named as Italian providers do, so that nothing works by its name. */
export const SENT_FOLDER = "Inviata";

export interface MailUser {
  readonly address: string;
  readonly password: string;
  /** User name; default: the address. TIM's are "address*user". */
  readonly login?: string;
}

export const loginOf = ({ address, login = address }: MailUser): string => login;

/** Folders that are there from the beginning, with the use that the server declares (RFC 6154); `null`: it declares none. */
export type SpecialFolders = Readonly<Record<string, "\\Sent" | "\\Drafts" | "\\Archive" | "\\Trash" | null>>;

export interface MailServerOptions {
  /** Folders of every mailbox; default: sent mail alone. */
  readonly folders?: SpecialFolders;
  /** Other names of the server, for its certificate. */
  readonly hosts?: readonly string[];
  /** What each mailbox may hold, in KB, as the server tells by IMAP (RFC 9208); default: no limit. */
  readonly storageLimit?: number;
}

export interface MailServer {
  readonly imapPort: number;
  readonly pop3Port: number;
  /** Puts a message into a mailbox at once, as a provider does: whoever watches the mailbox is told. */
  readonly deliver: (address: string, message: Uint8Array, folder?: string) => Promise<void>;
  /** The messages of a folder as they lie on the server, in order of arrival. */
  readonly messages: (address: string, folder?: string) => Promise<readonly Uint8Array[]>;
  /** Ends every connection, as a network that breaks does; new ones are accepted. */
  readonly cutConnections: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts dovecot with these mailboxes; installs it on Debian as root.
 *
 * @throws UserError when there is no dovecot and we may not install it
 */
export async function startMailServer(
  authority: TlsAuthority,
  users: readonly MailUser[],
  options: MailServerOptions = {},
): Promise<MailServer> {
  await requireDovecot();
  const folder = await makeTemporaryFolder("dovecot");
  try {
    return await start(folder, authority, users, options);
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

/**
 * Installs it on Debian as root where there is none.
 *
 * @throws UserError when there is none and we may not
 */
export async function requireDovecot(): Promise<void> {
  const isInstalled = (): boolean =>
    [DOVECOT, `${PROTOCOLS}/imap`, `${PROTOCOLS}/pop3`].every((file) => existsSync(file));
  if (isInstalled()) return;
  if (!mayInstall()) {
    throw new UserError(`Dovecot, a mail server for tests, was not found (Debian: apt install ${PACKAGES.join(" ")}).`);
  }
  await installPackages(PACKAGES, SERVICES);
  if (!isInstalled()) throw new UserError(`${PACKAGES.join(" and ")} were installed, but ${DOVECOT} is not there.`);
}

async function start(
  folder: TemporaryFolder,
  authority: TlsAuthority,
  users: readonly MailUser[],
  { folders = { [SENT_FOLDER]: "\\Sent" }, hosts = [], storageLimit }: MailServerOptions,
): Promise<MailServer> {
  const owner = await ownerOfMail();
  const [imapPort = 0, pop3Port = 0] = await freePorts(2);
  const { certificate, key } = authority.issue([IMAP_HOST, POP3_HOST, ...hosts]);
  const at = (...names: readonly string[]): string => join(folder.path, ...names);
  const own = async (path: string): Promise<void> => {
    if (owner.switchTo) await chown(path, owner.uid, owner.gid);
  };
  const makeOwn = async (path: string): Promise<void> => {
    await mkdir(path);
    await own(path);
  };
  await own(folder.path);
  await makeOwn(at("mail"));
  const passwords = users.map((user) => `${loginOf(user)}:{PLAIN}${user.password}:::::\n`).join("");
  const files = {
    certificate,
    key,
    passwords,
    configuration: configure(folder.path, owner, imapPort, pop3Port, folders) + quotaOf(storageLimit),
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(at(name), text, { mode: 0o600 });
    await own(at(name));
  }

  const serve = [DOVECOT, "-F", "-c", at("configuration")];
  const become = ["setpriv", `--reuid=${owner.uid}`, `--regid=${owner.gid}`, "--clear-groups"];
  const [program = "", ...parameters] = owner.switchTo ? [...become, ...serve] : serve;
  const server = new RunningProcess(program, parameters);
  let over = false;
  server.ended.then(
    () => (over = true),
    () => (over = true),
  );
  try {
    for (const port of [imapPort, pop3Port]) {
      await waitFor("dovecot to listen", HANG_MS, async () => {
        if (over) throw server.failure("ended early");
        return (await isListening(port)) ? true : null;
      });
    }
  } catch (error) {
    await server.stop();
    throw error;
  }

  /** Maildir++: folders below the inbox are named with a dot. */
  const top = (address: string): string => {
    const user = users.find((each) => each.address === address);
    if (user === undefined) throw new Error(`No mailbox of ${address}`);
    return at("mail", loginOf(user));
  };
  const maildir = (address: string, name: string): string =>
    name === "INBOX" ? top(address) : join(top(address), `.${name}`);
  return {
    imapPort,
    pop3Port,
    deliver: async (address, message, name = "INBOX") => {
      const box = maildir(address, name);
      const folders = [top(address), box, ...["tmp", "new", "cur"].map((each) => join(box, each))];
      for (const each of folders) if (!existsSync(each)) await makeOwn(each);
      // Written aside, then moved in one step: nobody ever sees half a message (maildir(5)). Names sort in order of arrival.
      const file = `${String(process.hrtime.bigint()).padStart(20, "0")}.${randomUUID()}.test`;
      await writeFile(join(box, "tmp", file), message);
      await own(join(box, "tmp", file));
      await chmod(join(box, "tmp", file), 0o600);
      await rename(join(box, "tmp", file), join(box, "new", file));
    },
    messages: async (address, name = "INBOX") => {
      const box = maildir(address, name);
      const found: { readonly file: string; readonly path: string }[] = [];
      for (const part of ["new", "cur"]) {
        if (!existsSync(join(box, part))) continue;
        for (const file of await readdir(join(box, part))) found.push({ file, path: join(box, part, file) });
      }
      found.sort((a, b) => (a.file < b.file ? -1 : 1));
      return Promise.all(found.map(({ path }) => readFile(path)));
    },
    cutConnections: async () => {
      // `true`: with nobody connected doveadm says so and fails, and nothing is left to cut.
      await execute("sh", ["-c", 'doveadm -c "$1" kick "*" || true', "sh", at("configuration")]);
    },
    stop: async () => {
      await server.stop();
      await folder.remove();
    },
  };
}

interface Owner {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
  /** Whether dovecot must be started as somebody else than us. */
  readonly switchTo: boolean;
}

async function ownerOfMail(): Promise<Owner> {
  if (process.getuid?.() === 0) return { ...NOBODY, switchTo: true };
  const { username, uid, gid } = userInfo();
  const { stdout } = await execute("id", ["-gn"]);
  return { name: username, group: stdout.trim(), uid, gid, switchTo: false };
}

/** Everything as one ordinary user and below one folder: nothing of the system's own dovecot is read or touched. */
function configure(
  folder: string,
  { name, group, uid, gid }: Owner,
  imapPort: number,
  pop3Port: number,
  folders: SpecialFolders,
): string {
  const login = (protocol: string, port: number): string => `
service ${protocol}-login {
  chroot =
  inet_listener ${protocol} {
    port = 0
  }
  inet_listener ${protocol}s {
    address = 127.0.0.1
    port = ${port}
    ssl = yes
  }
}`;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = /dev/stderr
protocols = imap pop3
default_internal_user = ${name}
default_internal_group = ${group}
default_login_user = ${name}
first_valid_uid = 1
first_valid_gid = 1
service anvil {
  chroot =
  # After wrong passwords from one address dovecot answers more slowly each time: nor is that to cost a test seconds.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}${login("imap", imapPort)}${login("pop3", pop3Port)}
ssl = required
ssl_cert = <${folder}/certificate
ssl_key = <${folder}/key
# TIM's user names are "address*user".
auth_username_chars = abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567890.-_@+*
# Legalmail's have capitals, which dovecot would make small.
auth_username_format = %u
# Debian's setting too: a wrong password is not to cost a test seconds.
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/passwords
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
mail_location = maildir:${folder}/mail/%u
mail_max_userip_connections = 50
namespace inbox {
  inbox = yes
  separator = /
${Object.entries(folders)
  .map(
    ([each, use]) => `  mailbox ${each} {
    auto = subscribe${use === null ? "" : `\n    special_use = ${use}`}
  }
`,
  )
  .join("")}}
`;
}

/** Counted from the sizes of the messages: no file of sums that messages put there by hand would leave wrong. */
function quotaOf(storageLimit: number | undefined): string {
  if (storageLimit === undefined) return "";
  return `
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_rule = *:storage=${storageLimit}K
  quota_vsizes = yes
}
`;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
