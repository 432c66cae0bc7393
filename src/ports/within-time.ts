// Belongs here: not waiting for ever. `work` itself goes on; only its result is no longer waited for.

/** The same as `work`, or a rejection when it takes longer than a person who wants to send would wait. */
export type WithinTime = <T>(work: Promise<T>) => Promise<T>;
