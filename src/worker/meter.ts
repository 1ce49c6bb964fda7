/** What the operation of the App is measured by. No name, id or text of a repository is ever handed to it. */
export interface Meter {
  /** A request to GitHub was answered; 0 where it was not. `operation` is a route of our table. */
  called(operation: string, status: number): void;
  reconciled(kind: string, result: "done" | "again" | "failed", ms: number): void;
  /** From the event that told of a head to the first write of its check. */
  firstCheck(ms: number): void;
}
