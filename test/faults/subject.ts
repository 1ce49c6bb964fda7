/** What the driver knows of a head, because it made it: whether its figures hold the budget. */
export interface Head {
  readonly sha: string;
  /** No load test is needed here: without one there is nothing to hold against the head. */
  readonly free: boolean;
  /** p99 of each run that ended, in milliseconds, in their order. */
  readonly runs: { readonly id: number; p99: number }[];
  /** An override of somebody who may, on this head. `maybe`: its event was never delivered, so it may have been refused. */
  override: "none" | "valid" | "maybe" | "ended";
}

/** One pull request and all that happened to it. */
export interface Subject {
  readonly repository: string;
  readonly number: number;
  readonly branch: string;
  readonly free: boolean;
  base: "main" | "release";
  open: boolean;
  readonly heads: Head[];
  pushes: number;
}

export const budgetMs = 100;

export const headOf = ({ heads }: Subject): Head => {
  const head = heads.at(-1);
  if (!head) throw new Error("a pull request without a head");
  return head;
};

/** Whether the figures alone let the head pass. A later, better run never takes a worse one back. */
export const isWithin = ({ free, runs }: Head): boolean => (runs.length === 0 ? free : runs.every(({ p99 }) => p99 <= budgetMs));

/** A figure is answered by a figure: whether a head that was over its budget was judged while it was there is the App's to know. */
const isAwaited = ({ heads }: Subject, { sha, runs }: Head): boolean =>
  runs.length === 0 && heads.some((head) => head.sha !== sha && head.runs.length > 0 && !isWithin(head));

/** `open`, `closed`, or `either` where both are right. */
export function expectedOf(subject: Subject): "open" | "closed" | "either" {
  const head = headOf(subject);
  if (isWithin(head) && isAwaited(subject, head)) return "either";
  if (isWithin(head) || head.override === "valid") return "open";
  return head.override === "maybe" ? "either" : "closed";
}
