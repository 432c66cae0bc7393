// Belongs here: telling the person something while they do other things. Does NOT belong here: what is told (see app/problem-notices.ts).

export interface Notice {
  /** Comes back when the person clicks; two notices never share one. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface Notifier {
  /** Resolves when the system has taken it; whether the system shows it is the person's own choice there. */
  show(notice: Notice): Promise<void>;
}
