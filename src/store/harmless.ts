/**
 * Reasons that can take nothing from an open gate, so that it need not close while its pull request is looked at: a tick
 * that is put, a label put on, a request in a comment, a run of a head that was left. A mark that was raised for another
 * reason keeps that one until its work is done: whoever wants a gate to stay open a little longer can write a comment.
 */
export const HARMLESS: ReadonlySet<string> = new Set([
  "issue_comment.edited",
  "pull_request.labeled",
  "issue_comment.command",
  "workflow_run.left",
]);

/** For a mark whose work was begun by a process that has gone: it is not known for what reason. */
export const INTERRUPTED = "interrupted";

/** The reason of two marks that become one, the later last. */
export const stricter = (before: string, after: string): string => (HARMLESS.has(after) && !HARMLESS.has(before) ? before : after);
