/** What outlives the end of Thunderbird in the middle of a walk. */
export interface WalkMemory {
  /** Identifiers of the folders that are done; `null`: no walk is under way. */
  load(): Promise<readonly string[] | null>;
  save(doneFolders: readonly string[] | null): Promise<void>;
}
