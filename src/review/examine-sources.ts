import type { CollectedEvidence, StatementFile } from "../model/evidence.js";
import type { ChangedFile } from "../model/pull-request.js";
import { type Text, text } from "../model/text.js";
import { complete, count, type Examination, notApplicable, partial } from "./examination.js";

const SOURCE = new Set(
  "c cc clj cpp cs dart erl ex exs go graphql groovy h hpp hs java jl js jsx kt kts lua m mjs cjs mts cts ml php pl prisma py r rb rs scala sh swift ts tsx vue svelte zig".split(
    " ",
  ),
);

const extension = (path: string): string => path.slice(path.lastIndexOf(".") + 1).toLowerCase();

/** Changed files that hold program code, by their extension. */
export function sourceFiles(evidence: CollectedEvidence): readonly ChangedFile[] {
  const changes = evidence.changes;
  if (changes.status === "absent") return [];
  return changes.value.files.filter((file) => file.status !== "removed" && SOURCE.has(extension(file.path)));
}

const changedCount = (evidence: CollectedEvidence): number =>
  evidence.changes.status === "collected" ? evidence.changes.value.files.length : 0;

const nothingToRead = (evidence: CollectedEvidence): Examination =>
  notApplicable(text`${count(changedCount(evidence), "changed file")}, none of them source code or SQL`);

/** Names up to three, then how many more. */
export function named(paths: readonly string[]): Text {
  const shown = paths.slice(0, 3).flatMap((path, index) => [...(index ? [", "] : []), ...text`${path}`]);
  return paths.length > 3 ? [...shown, ` and ${paths.length - 3} more`] : shown;
}

/** A line that only a reading of source code could answer, which is not built yet: a human may tick it. */
export function sourceNotRead(what: string): (evidence: CollectedEvidence) => Examination {
  return (evidence) => {
    const source = sourceFiles(evidence);
    const statements = statementFiles(evidence);
    if (source.length === 0 && statements.length === 0) return nothingToRead(evidence);
    const changed = source.length > 0 ? count(source.length, "changed source file") : count(statements.length, "changed SQL file");
    return partial([...text`source code is not analysed yet; look for `, what, ...text` in the ${changed} and tick this line`]);
  };
}

export function statementFiles(evidence: CollectedEvidence): readonly StatementFile[] {
  return evidence.statements.status === "collected" ? evidence.statements.value.files : [];
}

/** EXPLAIN is not run yet: the statements are counted, the line stays for a human. */
export function explained(evidence: CollectedEvidence): Examination {
  const statements = statementFiles(evidence).flatMap((file) => file.statements);
  const source = sourceFiles(evidence);
  if (statements.length === 0 && source.length === 0) return nothingToRead(evidence);
  if (statements.length === 0)
    return partial(
      text`queries inside source code are not read yet; EXPLAIN those that changed in ${count(source.length, "file")} and tick this line`,
    );
  return partial(text`plans are not made yet; EXPLAIN the ${count(statements.length, "changed statement")} and tick this line`);
}

/** How many statements of these files were understood, and what was not. */
export function statementsSeen(files: readonly StatementFile[]): { readonly seen: Text; readonly gap: Text | null } {
  const statements = files.flatMap((file) => file.statements);
  const parsed = statements.filter((statement) => statement.state === "parsed").length;
  const unread = files.filter((file) => file.unread !== undefined);
  const seen = text`${count(parsed, "changed statement")} parsed in ${named(files.filter((file) => file.unread === undefined).map((file) => file.path))}`;
  const firstUnread = unread[0];
  if (firstUnread?.unread) return { seen, gap: text`${count(unread.length, "file")} not read: ${firstUnread.path}: ${firstUnread.unread}` };
  const odd = statements.find((statement) => statement.state !== "parsed");
  if (!odd) return { seen, gap: null };
  const where = text`${odd.path} line ${odd.line}`;
  return { seen, gap: text`${count(statements.length - parsed, "statement")} not checked: ${where}: ${odd.reason}` };
}

export function statementsBounded(evidence: CollectedEvidence): Examination {
  const files = statementFiles(evidence);
  const source = sourceFiles(evidence);
  if (files.length === 0) {
    if (source.length === 0) return nothingToRead(evidence);
    return partial(text`no SQL file changed, and queries inside the ${count(source.length, "changed source file")} are not read yet`);
  }
  const { seen, gap } = statementsSeen(files);
  if (gap) return partial(gap, seen);
  if (source.length > 0) return partial(text`queries inside the ${count(source.length, "changed source file")} are not read yet`, seen);
  return complete(seen);
}
