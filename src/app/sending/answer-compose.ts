// Belongs here: what the page of a window to write in asks for: each request carried out and answered.
// Does NOT belong here: what is wrong with a message (see check-sending.ts), whether it is sent (see sending-guard.ts).
import type { SendingFix } from "../../core/index.ts";
import type { ComposeAnswer, ComposeRequest } from "../../messages.ts";
import type { MailAccounts } from "../../ports/mail-accounts.ts";
import type { Opener } from "../../ports/opener.ts";
import type { OutgoingChange, OutgoingMessage, OutgoingMessages } from "../../ports/outgoing-messages.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import { addressOf, type CheckedMessage, fieldsAsking } from "./check-sending.ts";
import type { SendingGuard } from "./sending-guard.ts";
import { keepRepair, keepSendingChoice, type SendingChoice } from "../settings.ts";
import type { SendingIdentity } from "./sending-identities.ts";

export interface AnswerComposeDependencies {
  readonly check: (tabId: number, message: OutgoingMessage) => Promise<CheckedMessage>;
  readonly messages: Pick<OutgoingMessages, "read" | "change">;
  readonly guard: Pick<SendingGuard, "sendAnyway" | "takeQuestion">;
  readonly settings: SettingsStore;
  /** `null` in a package without it. */
  readonly accounts: Pick<MailAccounts, "list" | "change"> | null;
  readonly opener: Pick<Opener, "openAccountPage">;
  readonly otherIsActive: () => Promise<boolean>;
  /** What the button of that window shows may be another. */
  readonly changed: (tabId: number) => void;
  readonly failed: (error: unknown) => void;
}

/** Never rejects: what goes wrong is an answer too. */
export async function answerCompose(
  request: ComposeRequest,
  dependencies: AnswerComposeDependencies,
): Promise<ComposeAnswer> {
  const { messages, check, guard, changed, otherIsActive, failed } = dependencies;
  const { tabId } = request;
  try {
    if (await otherIsActive()) return { state: "stepped-back" };
    if (request.name === "send-anyway") {
      const outcome = await guard.sendAnyway(tabId, request.shown);
      if (outcome === "changed") return { state: "failed", code: "changed" };
      return { state: outcome };
    }
    const message = await messages.read(tabId);
    if (message === null) return { state: "gone" };
    if (request.name !== "read") {
      await carryOut(request, message, dependencies);
      changed(tabId);
    }
    const isQuestion = request.name === "read" && request.opened && (await guard.takeQuestion(tabId));
    const now = request.name === "read" ? message : await messages.read(tabId);
    if (now === null) return { state: "gone" };
    return { state: "shown", report: (await check(tabId, now)).report, isQuestion };
  } catch (error) {
    failed(error);
    return { state: "failed", code: "internal" };
  }
}

type Order = Exclude<ComposeRequest, { readonly name: "read" | "send-anyway" }>;

async function carryOut(
  order: Order,
  message: OutgoingMessage,
  dependencies: AnswerComposeDependencies,
): Promise<void> {
  const { messages, check } = dependencies;
  const { tabId } = order;
  switch (order.name) {
    case "set-kind":
      return messages.change(tabId, { fields: fieldsAsking(order.kind, message) });
    case "switch-identity":
      return messages.change(tabId, { identity: order.identity });
    case "set-default-kind":
    case "set-pec":
    case "set-quiet": {
      const { identity } = await check(tabId, message);
      return keepSendingChoice(dependencies.settings, identity.address, choiceOf(order));
    }
    case "fix": {
      const checked = await check(tabId, message);
      const change = await changeThatFixes(order.fix, message, checked, dependencies);
      if (change !== null) await messages.change(tabId, change);
    }
  }
}

function choiceOf(
  order: Extract<Order, { readonly name: "set-default-kind" | "set-pec" | "set-quiet" }>,
): Partial<Omit<SendingChoice, "address">> {
  if (order.name === "set-pec") return { isPec: order.isPec };
  return order.name === "set-quiet" ? { isQuiet: order.isQuiet } : { receiptKind: order.kind };
}

/** `null`: nothing to change in the message, or no more. */
async function changeThatFixes(
  fix: SendingFix,
  message: OutgoingMessage,
  { identity, answered }: CheckedMessage,
  dependencies: AnswerComposeDependencies,
): Promise<OutgoingChange | null> {
  const { to, cc, bcc } = message;
  switch (fix) {
    case "remove-bcc":
      return { bcc: [] };
    case "bcc-to-recipients":
      return { to: [...to, ...bcc], bcc: [] };
    case "remove-automatic-bcc":
      await switchAutomaticBccOff(identity, dependencies);
      return { bcc: [] };
    case "copies-to-recipients":
      return { to: [...to, ...cc], cc: [] };
    case "own-address":
      return ownAddress(message, identity);
    case "answer-sender": {
      if (answered === null || answered.toSender === null) return null;
      const service = answered.pec.serviceAddress.toLowerCase();
      const isPerson = (mailbox: string): boolean => addressOf(mailbox).toLowerCase() !== service;
      return { to: [...answered.toSender.to, ...to.filter(isPerson)], cc: cc.filter(isPerson) };
    }
    case "original-subject":
      return answered === null || answered.toSender === null ? null : { subject: answered.toSender.subject };
    case "check-account":
      await dependencies.opener.openAccountPage("accounts");
      return null;
  }
}

/** As the person calls themselves, from the mailbox's address. */
function ownAddress({ from }: OutgoingMessage, { mailboxAddresses }: SendingIdentity): OutgoingChange | null {
  const [mailbox] = mailboxAddresses;
  const written = addressOf(from);
  if (mailbox === undefined) return null;
  // The last: a name may hold an address too.
  const at = from.lastIndexOf(written);
  return { from: written === "" ? mailbox : from.slice(0, at) + mailbox + from.slice(at + written.length) };
}

/** It is kept with the other repairs of accounts, and can be undone there. */
async function switchAutomaticBccOff(
  { key }: SendingIdentity,
  { accounts, settings }: AnswerComposeDependencies,
): Promise<void> {
  if (accounts === null || key === "") return;
  const account = (await accounts.list()).accounts.find(({ identities }) =>
    identities.some((each) => each.key === key),
  );
  if (account === undefined) return;
  const setting = "automaticBcc";
  const from = await accounts.change({ owner: key, setting, value: false });
  if (from === false) return;
  const change = { owner: key, setting, from, to: false };
  await keepRepair({ account: account.key, change, undo: false }, settings);
}
