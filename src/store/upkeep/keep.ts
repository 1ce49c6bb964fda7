/** For how many days what is kept. */
export interface Keep {
  /** Closed pull requests: what was published, decided, ticked and asked for there. */
  readonly pulls: number;
  /** Results and snapshots of heads that are no open pull request's. */
  readonly heads: number;
  /** Deliveries that are done, or were given up. */
  readonly deliveries: number;
  /** Figures of the default branch. Whole months go. */
  readonly history: number;
  /** Who opened the gate, and why. */
  readonly audit: number;
  /** Everything of an installation that was removed. */
  readonly uninstalled: number;
}

/** What a database needs beside queries. Every step is short, and another process may do the same at the same time. */
export interface Upkeep {
  /** Vacuums and analyses, a table at a time. A server does that by itself, the embedded database never. */
  vacuum(which: "queues" | "all"): Promise<void>;
  /** Keeps the recovery after a kill short, and the log of writes small. For the embedded database. */
  checkpoint(): Promise<void>;
  /** Gives every month of history a table of its own, which pays where there are many: on a server. */
  makeMonths(now: Date): Promise<void>;
  /** Removes what is older than it is kept, a few rows at a time. @returns what was removed, without what was not */
  tidy(now: Date, keep: Keep): Promise<Readonly<Record<string, number>>>;
}

const DAY_MS = 86_400_000;

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);
