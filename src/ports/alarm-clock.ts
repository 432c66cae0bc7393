// Belongs here: being woken at a time. Does NOT belong here: what for (see app/follow-entries.ts).

export interface AlarmClock {
  /** Milliseconds UTC; replaces what was set before. `null`: no alarm. */
  set(at: number | null): Promise<void>;
}
