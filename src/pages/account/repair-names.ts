// Belongs here: how the controls of repairs are named, and which repairs go together. Does NOT belong here: making them (account-session.ts).
import type { AccountFinding, AccountRepair } from "../../messages.ts";

/** The control of one repair, and of its undoing. */
export const repairAt = (account: string, { id, repair }: AccountFinding): string =>
  `repair ${account} ${id} ${repair?.owner ?? ""} ${repair?.setting ?? ""}`;
export const undoAt = ({ account, change }: AccountRepair): string =>
  `undo ${account} ${change.owner} ${change.setting}`;

/** What concerns all of Thunderbird is repaired one by one: it changes ordinary mail too. */
export const isOwn = ({ repair }: AccountFinding): boolean => repair !== null && repair.owner !== "";
