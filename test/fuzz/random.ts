// Belongs here: the random numbers of the fuzzing: the same for the same seed and case, on every machine.
// Does NOT belong here: what is made of them.

/** Pseudo-random numbers (mulberry32, public domain), begun anew for each case, so that one case can be made again alone. */
export class Random {
  #state: number;

  constructor(seed: number, caseNumber: number) {
    // Neighbouring seeds and cases must not give neighbouring states.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(caseNumber + 1, 0xc2b2ae35);
    for (let round = 0; round < 4; round++) this.#next();
  }

  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  /** 0 to `limit` - 1; 0 when there is nothing to choose from. */
  below(limit: number): number {
    return limit <= 0 ? 0 : this.#next() % limit;
  }

  /** Small numbers are likely, large ones possible: repetitions of things. */
  count(most: number): number {
    return 1 + this.below(1 + this.below(most));
  }

  chance(probability: number): boolean {
    return this.#next() < probability * 0x1_0000_0000;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  pick<Item>(items: readonly Item[]): Item | undefined;
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }
}
