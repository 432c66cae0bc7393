// Belongs here: the composition root: which listener calls which use case with which adapters.
// Does NOT belong here: anything else. Listeners are registered synchronously at the top level: Thunderbird wakes this page for
// an event only if its listener was there when the page was first run.
import { createAccountHelper } from "../app/accounts/account-helper.ts";
import { answerPage } from "../app/answer-page.ts";
import { createAnsweredPecs } from "../app/sending/answered-pec.ts";
import { createBatchJobs } from "../app/batch/batch-jobs.ts";
import { createBackup } from "../app/options/backup.ts";
import { checkSending, fieldsAsking } from "../app/sending/check-sending.ts";
import { createCollectReceipts } from "../app/receipts/collect-receipts.ts";
import { createEvidenceJobs } from "../app/evidence/evidence-jobs.ts";
import { createFollowEntries } from "../app/receipts/follow-entries.ts";
import { inspectMessage } from "../app/message/inspect-message.ts";
import { LIST_COLUMNS } from "../app/message/list-columns.ts";
import { createLocalRecordBook } from "../app/trust/local-record-book.ts";
import { createMessageReports } from "../app/message/message-reports.ts";
import { openNotice } from "../app/open-notice.ts";
import { createOrderReceipts } from "../app/receipts/order-receipts.ts";
import { createPasswordReminders } from "../app/accounts/password-reminders.ts";
import { parsePageMessage } from "../app/parse-page-message.ts";
import { createRemovedMailboxes } from "../app/receipts/removed-mailboxes.ts";
import { createReceiptsWalk } from "../app/receipts/receipts-walk.ts";
import { createRestoreReceiptKind } from "../app/sending/restore-receipt-kind.ts";
import { createRevocationData } from "../app/trust/revocation-data.ts";
import { createSendingGuard } from "../app/sending/sending-guard.ts";
import { sendingIdentities } from "../app/sending/sending-identities.ts";
import { createSentReports } from "../app/receipts/sent-reports.ts";
import { readSettings } from "../app/settings.ts";
import { createShowSeal } from "../app/message/show-seal.ts";
import { createShowSending } from "../app/sending/show-sending.ts";
import { createTagSent } from "../app/receipts/tag-sent.ts";
import { createTrouble } from "../app/trouble.ts";
import { createUserAnchors } from "../app/trust/user-anchors.ts";
import {
  compareContent,
  extractAttached,
  extractOriginal,
  inspect,
  readReceiptKind,
  readRevocationFile,
  receiptOf,
  revocationListSummary,
  shippedAuthorities,
  withExtraAuthorities,
} from "../core/index.ts";
import type { ListedMessage } from "../ports/mail-folders.ts";
import type { OutgoingMessage } from "../ports/outgoing-messages.ts";
import { alarmClock, onAlarm } from "../thunderbird/alarms.ts";
import { batchPlaces } from "../thunderbird/batch-places.ts";
import {
  composer,
  onBeforeSend,
  onComposeChanged,
  onNotSent,
  openComposeTabs,
  outgoingMessages,
} from "../thunderbird/compose.ts";
import { composeButton } from "../thunderbird/compose-action.ts";
import { fileSaver } from "../thunderbird/downloads.ts";
import { translate } from "../thunderbird/i18n.ts";
import { ledgerStore } from "../thunderbird/ledger-store.ts";
import { listFetcher } from "../thunderbird/list-fetcher.ts";
import { mailFolderOf, mailFolders } from "../thunderbird/mail-folders.ts";
import { mailAccounts, mxResolver, onLoginFailed } from "../thunderbird/mail-accounts.ts";
import { mailbox } from "../thunderbird/mailbox.ts";
import { mailMover } from "../thunderbird/mail-mover.ts";
import { headerButton, onButtonPressed } from "../thunderbird/message-display-action.ts";
import { onMessageShown, onSelectionChanged, shownMessages } from "../thunderbird/message-display.ts";
import { messageHeaderPane, onAppearanceChanged } from "../thunderbird/message-header-pane.ts";
import { addListColumns, valueColumn } from "../thunderbird/message-list-columns.ts";
import { messageSource } from "../thunderbird/messages.ts";
import { moveMemory } from "../thunderbird/move-memory.ts";
import { onCopied, onDeleted, onFolderChanged, onNewMail, onSent } from "../thunderbird/new-mail.ts";
import { notifier, onNoticeClicked } from "../thunderbird/notifications.ts";
import { opener } from "../thunderbird/opener.ts";
import { onAccountRemoved, onAccountsChanged, plainAccounts } from "../thunderbird/plain-accounts.ts";
import { recordStore } from "../thunderbird/record-store.ts";
import { revocationStore } from "../thunderbird/revocation-store.ts";
import {
  addOnVersion,
  onPageMessage,
  onPresenceQuestion,
  otherPackageIsActive,
  tellPages,
} from "../thunderbird/runtime.ts";
import { secureConnections } from "../thunderbird/secure-connections.ts";
import { sentTags } from "../thunderbird/sent-tags.ts";
import { sessionNotes } from "../thunderbird/session-notes.ts";
import { oncePerSession, onInstalled, runAtStartup } from "../thunderbird/session.ts";
import { settingsStore } from "../thunderbird/settings-store.ts";
import { ledgerButton } from "../thunderbird/spaces.ts";
import { walkMemory } from "../thunderbird/walk-memory.ts";
import { withinTime } from "../thunderbird/within-time.ts";
import { extraAuthorities } from "./extra-authorities.ts";

const now = () => Date.now();
const trouble = createTrouble();
const anchors = createUserAnchors({
  shipped: async () => withExtraAuthorities(await shippedAuthorities(), extraAuthorities),
  settings: settingsStore,
  now,
});
const revocation = createRevocationData({
  store: revocationStore,
  fetcher: listFetcher,
  settings: settingsStore,
  trouble,
  now,
  summarizeList: revocationListSummary,
  readFile: readRevocationFile,
});
const book = createLocalRecordBook({ store: recordStore, settings: settingsStore, trouble, now });
const sentReports = createSentReports({
  ledger: ledgerStore,
  folders: mailFolders,
  isCollecting: async () => (await walk.report()).state === "running",
  now,
});
const pane = messageHeaderPane();
const accounts = mailAccounts();
/** What tells which of the person's addresses are PEC. */
const identitySources = {
  accounts,
  plainAccounts,
  settings: settingsStore,
  receiptAddresses: () => ledgerStore.senders(),
  failed: loggedWithoutWords,
};
const inspectHere = (bytes: Uint8Array) =>
  inspectMessage(bytes, { inspect, anchors, revocation, book, now, verdictsChanged });
/** Of many messages: the records of a whole page are kept together. */
const inspectOfMany = (bytes: Uint8Array) =>
  inspectMessage(bytes, {
    inspect,
    anchors,
    revocation,
    book: { records: book.records, keep: () => Promise.resolve() },
    now,
    verdictsChanged,
  });
const collector = createCollectReceipts({
  folders: mailFolders,
  source: messageSource,
  inspect: inspectOfMany,
  keepRecords: (records) => book.keepAll(records),
  extractOriginal,
  ledger: ledgerStore,
  pecAddresses: async () => {
    const { identities } = await sendingIdentities(identitySources);
    return identities.filter(({ isPec }) => isPec).map(({ address }) => address.toLowerCase());
  },
  sizeLimit: async () => (await readSettings(settingsStore)).receiptSizeLimit,
  changed: follow,
  now,
});
const walk = createReceiptsWalk({
  folders: mailFolders,
  collector,
  memory: walkMemory,
  ledger: ledgerStore,
  tell: (walkReport) => {
    report(tellPages({ type: "walk-changed", walk: walkReport }));
    if (walkReport.state !== "ended") return;
    // What waited for the end of the walk, and deadlines that nobody could speak of.
    ledgerChanged();
    report(seal.ledgerChanged());
  },
  refilled: ({ recordsKept }) =>
    notifier.show({
      id: "rebuilt",
      title: translate("notice_rebuilt_title"),
      text: translate(recordsKept ? "notice_rebuilt" : "notice_rebuilt_records_lost"),
    }),
  now,
});
const followEntries = createFollowEntries({
  ledger: ledgerStore,
  ownAddresses: () => composer.ownAddresses(),
  settings: settingsStore,
  notifier,
  button: ledgerButton,
  column: valueColumn("outcome", "column_outcome"),
  works: [
    createTagSent({ tags: sentTags, mailbox, folders: mailFolders }),
    createOrderReceipts({ mover: mailMover, memory: moveMemory, mailbox, folders: mailFolders }),
  ],
  alarm: alarmClock("ledger"),
  notes: sessionNotes,
  isWalking: async () => (await walk.report()).state === "running",
  otherIsActive: otherPackageIsActive,
  changed: () => {
    report(tellPages({ type: "ledger-changed" }));
    report(seal.ledgerChanged());
  },
  failed: logged,
  translate,
  now,
});
const reports = createMessageReports({
  source: messageSource,
  shown: shownMessages,
  inspect: inspectHere,
  extractAttached,
  sentReport: async (inspection, place) => {
    if (place.path.length === 0) await collector.opened(inspection, place.messageId);
    return sentReports.ofInspected(inspection, place);
  },
});
const seal = createShowSeal({
  reports,
  shown: shownMessages,
  button: headerButton,
  pane,
  otherIsActive: otherPackageIsActive,
});
const removedMailboxes = createRemovedMailboxes({
  ledger: ledgerStore,
  ownAddresses: () => composer.ownAddresses(),
  notes: sessionNotes,
  notifier,
  otherIsActive: otherPackageIsActive,
  translate,
});
const connections = secureConnections();
const resolveMx = mxResolver();
const accountHelper = createAccountHelper({
  making: accounts && connections && resolveMx && { accounts, connections, resolveMx },
  progress: (step) => report(tellPages({ type: "account-progress", step })),
});
const passwordReminders = createPasswordReminders({
  settings: settingsStore,
  notifier,
  alarm: alarmClock("passwords"),
  accounts,
  otherIsActive: otherPackageIsActive,
  translate,
  now,
});
const answeredPecs = createAnsweredPecs({ source: messageSource, inspect: inspectHere, translate });
const checkWritten = (tabId: number, message: OutgoingMessage) =>
  checkSending(tabId, message, {
    messages: outgoingMessages,
    identities: identitySources,
    ledger: ledgerStore,
    answered: answeredPecs,
    withinTime,
    failed: loggedWithoutWords,
  });
const showSending = createShowSending({
  check: checkWritten,
  messages: outgoingMessages,
  button: composeButton,
  otherIsActive: otherPackageIsActive,
});
const restoreReceiptKind = createRestoreReceiptKind({
  messages: outgoingMessages,
  source: messageSource,
  readKind: readReceiptKind,
});
const sendingGuard = createSendingGuard({
  check: checkWritten,
  messages: outgoingMessages,
  notes: sessionNotes,
  openQuestion: (tabId) => composeButton.openPage(tabId),
  otherIsActive: otherPackageIsActive,
  failed: loggedWithoutWords,
});
const pageDependencies = {
  reports,
  shown: shownMessages,
  pane,
  saver: fileSaver,
  opener,
  composer,
  translate,
  revocation,
  verdictsChanged,
  mailbox,
  comparison: {
    ledger: ledgerStore,
    mailbox,
    source: messageSource,
    inspect: inspectHere,
    receiptOf,
    extractOriginal,
    compare: compareContent,
  },
  accounts: {
    helper: accountHelper,
    accounts,
    plainAccounts,
    reminders: passwordReminders,
    settings: settingsStore,
    folders: mailFolders,
    receiptAddresses: () => ledgerStore.senders(),
    now,
  },
  compose: {
    check: checkWritten,
    messages: outgoingMessages,
    guard: sendingGuard,
    settings: settingsStore,
    accounts,
    opener,
    otherIsActive: otherPackageIsActive,
    changed: (tabId: number) => void showSending(tabId).catch(loggedWithoutWords),
    failed: loggedWithoutWords,
  },
  evidence: {
    jobs: createEvidenceJobs({
      ledger: ledgerStore,
      mailbox,
      folders: mailFolders,
      places: batchPlaces,
      source: messageSource,
      inspect: inspectOfMany,
      keepRecords: (records) => book.keepAll(records),
      receiptOf,
      facts: async () => ({
        authorities: await anchors.authorities(),
        revocation: await revocation.forInspection(),
        version: addOnVersion(),
      }),
      saver: fileSaver,
      translate,
      now,
    }),
    opener,
  },
  batch: {
    jobs: createBatchJobs({
      folders: mailFolders,
      places: batchPlaces,
      source: messageSource,
      inspect: inspectOfMany,
      keepRecords: (records) => book.keepAll(records),
      now,
    }),
    places: batchPlaces,
    mailbox,
    opener,
    saver: fileSaver,
    translate,
    authorities: () => anchors.authorities(),
    revocationData: async () => {
      const { crls, ocspResponses } = await revocation.forInspection();
      return crls.length + ocspResponses.length;
    },
    now,
  },
  ledger: {
    ledger: ledgerStore,
    sentReports,
    mailbox,
    ownAddresses: () => composer.ownAddresses(),
    walk,
    collector,
    saver: fileSaver,
    translate,
    trouble,
    now,
    changed: ledgerChanged,
  },
  options: {
    anchors,
    revocation,
    book,
    settings: settingsStore,
    backup: createBackup({
      ledger: ledgerStore,
      book,
      settings: settingsStore,
      readAnchor: (pem) => anchors.readFile(pem),
      trouble,
      now,
    }),
    follow: followEntries,
    saver: fileSaver,
    trouble,
    verdictsChanged,
  },
};

onMessageShown((tabId, messageId) => {
  report(tellPages({ type: "message-shown", tabId }));
  return reported(seal.messageShown(tabId, messageId));
});
onSelectionChanged((tabId, selected) => reported(seal.selectionChanged(tabId, selected)));
onButtonPressed((tabId) => report(tellPages({ type: "toggle-pane", tabId })));
onAppearanceChanged(() => {
  report(tellPages({ type: "appearance-changed" }));
  // The buttons' icons have a look of their own on dark toolbars.
  report(seal.showEverywhere());
  report(showWritten());
});
onPageMessage(parsePageMessage, (message) => answerPage(message, pageDependencies));
onBeforeSend(beforeSend, loggedWithoutWords);
onNotSent((tabId, mode) => sendingGuard.calledOff(tabId, mode).catch(loggedWithoutWords));
onComposeChanged((tabId) => void composeChanged(tabId).catch(loggedWithoutWords));
onNewMail((folderId, messages) => reported(collect(folderId, messages)));
onSent((folderId, messages) => reported(collect(folderId, messages)));
onCopied((folderId, messages) => reported(collect(folderId, messages)));
onDeleted((messages) => reported(collector.deleted(messages)));
onFolderChanged((folderId) => reported(walk.catchUp(folderId)));
onAlarm("ledger", () => reported(lookAgain()));
onAlarm("passwords", () => reported(passwordReminders.follow()));
onNoticeClicked((id) => reported(openNotice(id, { ledger: ledgerStore, mailbox, button: ledgerButton, opener })));
onAccountsChanged(() => report(tellPages({ type: "accounts-changed" })));
onAccountRemoved(() => reported(removedMailboxes.removed()));
onLoginFailed((host, username) => reported(passwordReminders.loginFailed(host, username)));
onInstalled(() => reported(welcome()));
onPresenceQuestion();
runAtStartup();
report(
  oncePerSession(async () => {
    await addListColumns(LIST_COLUMNS);
    await seal.showEverywhere();
    await showWritten();
  }),
);

// Whatever woke this page: a walk that was interrupted goes on.
report(walk.resume());
report(passwordReminders.follow());
follow();

/** `null`: it does not go; the page of its window says why, or asks. */
async function beforeSend(
  tabId: number,
  message: OutgoingMessage,
): Promise<Partial<Pick<OutgoingMessage, "fields">> | null> {
  const decision = await sendingGuard.beforeSend(tabId, message);
  // What was typed since the button was last drawn counts there too.
  void showSending(tabId).catch(loggedWithoutWords);
  if (!decision.goes) return null;
  return decision.receiptKind === null ? {} : { fields: fieldsAsking(decision.receiptKind, message) };
}

async function composeChanged(tabId: number): Promise<void> {
  await restoreReceiptKind(tabId).catch(loggedWithoutWords);
  await showSending(tabId);
}

/** Every window to write in that is open. */
async function showWritten(): Promise<void> {
  await Promise.all((await openComposeTabs()).map(showSending));
}

async function collect(folderId: string, messages: readonly ListedMessage[]): Promise<void> {
  const folder = await mailFolderOf(folderId);
  if (folder === null) return;
  try {
    const { unreadable } = await collector.collect(folder, messages);
    // On this computer they are gone; from a server they can be had later.
    if (unreadable > 0 && folder.isOnServer) await walk.missed(null);
  } catch (error) {
    // Nobody tells of these messages a second time.
    await walk.missed(error);
    throw error;
  }
}

/** What this add-on can do for the accounts that are there, or for the first one. */
async function welcome(): Promise<void> {
  if (!(await otherPackageIsActive())) await opener.openAccountPage("welcome");
}

async function lookAgain(): Promise<void> {
  // Not waited for: it may take long, and this page is woken again.
  report(walk.resume());
  await followEntries.follow();
}

/** Entries of the ledger have changed, or time has. */
function follow(): void {
  report(removedMailboxes.remember());
  report(followEntries.follow());
}

/** The person has changed something on the ledger page: other pages, and the button, are to show it. */
function ledgerChanged(): void {
  report(tellPages({ type: "ledger-changed" }));
  follow();
}

/** What verdicts rest on has changed: everything shown is asked for anew. */
function verdictsChanged(): void {
  reports.forgetInspections();
  report(tellPages({ type: "verdicts-changed" }));
  report(collector.retryUnverified());
  report(seal.showEverywhere());
}

function logged(error: unknown): void {
  console.error("Sigillo PEC:", error);
}

/** Of messages being written: what Thunderbird says of an error may hold an address. */
function loggedWithoutWords(error: unknown): void {
  console.error("Sigillo PEC:", error instanceof Error ? `${error.name}\n${error.stack ?? ""}` : "no error");
}

/** A failure here is a bug, not a verdict: the button goes on saying what it said before, and the console has the rest. */
function reported(work: Promise<void>): Promise<void> {
  return work.catch(logged);
}

function report(work: Promise<void>): void {
  void reported(work);
}
