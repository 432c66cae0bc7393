// Belongs here: one inspection with everything this computer knows: authorities, revocation data, local records; and what follows from it.
// Does NOT belong here: reading the message (see message-reports.ts), any rule (see core/).
import type { Inspection, InspectOptions } from "../../core/index.ts";
import type { LocalRecordBook } from "../trust/local-record-book.ts";
import type { RevocationData } from "../trust/revocation-data.ts";
import type { UserAnchors } from "../trust/user-anchors.ts";

export interface InspectMessageDependencies {
  readonly inspect: (bytes: Uint8Array, options: InspectOptions) => Promise<Inspection>;
  readonly anchors: Pick<UserAnchors, "authorities">;
  readonly revocation: Pick<RevocationData, "forInspection" | "fetchIfNeeded">;
  readonly book: Pick<LocalRecordBook, "records" | "keep">;
  readonly now: () => number;
  /** A list came in after the verdict was given. */
  readonly verdictsChanged: () => void;
}

/** The verdict waits for nothing that comes over the network, and for no record to be written. */
export async function inspectMessage(bytes: Uint8Array, dependencies: InspectMessageDependencies): Promise<Inspection> {
  const { inspect, anchors, revocation, book, now, verdictsChanged } = dependencies;
  const [authorities, data] = await Promise.all([anchors.authorities(), revocation.forInspection()]);
  const inspection = await inspect(bytes, { now: now(), anchors: authorities, records: book.records, ...data });
  void book.keep(inspection);
  void revocation.fetchIfNeeded(inspection).then((isNew) => {
    if (isNew) verdictsChanged();
  });
  return inspection;
}
