import { isSource, isTest } from "../evidence/path-kinds.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { ChangedFile } from "../model/pull-request.js";
import type { StatementFile } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { languageOf } from "../source/language.js";
import { complete, count, type Examination, notApplicable, partial } from "./examination.js";

/** Words that begin an SQL statement, anywhere in a source file. ORM chains are another line's matter. */
const SQL_WORDS = /\b(?:select|insert\s+into|update\s+\S+\s+set|delete\s+from|merge\s+into)\b/i;

/** Changed files that hold program code, by their extension. */
export function sourceFiles(evidence: CollectedEvidence): readonly ChangedFile[] {
  const changes = evidence.changes;
  if (changes.status === "absent") return [];
  return changes.value.files.filter((file) => file.status !== "removed" && isSource(file.path));
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

export function statementFiles(evidence: CollectedEvidence): readonly StatementFile[] {
  return evidence.statements.status === "collected" ? evidence.statements.value.files : [];
}

/** How many statements of these files were understood, and what was not. */
export function statementsSeen(files: readonly StatementFile[]): { readonly seen: Text; readonly gap: Text | null } {
  const statements = files.flatMap((file) => file.statements);
  const parsed = statements.filter((statement) => statement.state === "parsed").length;
  const unread = files.filter((file) => file.unread !== undefined);
  const read = files.filter((file) => file.unread === undefined).map((file) => file.path);
  const seen = text`${count(parsed, "changed statement")} parsed${read.length === 0 ? [] : text` in ${named(read)}`}`;
  const firstUnread = unread[0];
  if (firstUnread?.unread) return { seen, gap: text`${count(unread.length, "file")} not read: ${firstUnread.path}: ${firstUnread.unread}` };
  const odd = statements.find((statement) => statement.state !== "parsed");
  if (!odd) return { seen, gap: null };
  const where = text`${odd.path} line ${odd.line}`;
  return { seen, gap: text`${count(statements.length - parsed, "statement")} not checked: ${where}: ${odd.reason}` };
}

/** Whose SQL it was taken for, where a tool's file decided. */
function readAs({ statements }: CollectedEvidence): Text {
  const from = statements.status === "collected" ? statements.value.dialectFrom : undefined;
  return from ? text` as ${[from.dialect]}, which ${from.path} names` : [];
}

const mayHoldSql = (file: ChangedFile): boolean => file.head === undefined || SQL_WORDS.test(file.head);

/** Source files whose SQL nobody read: in a language without a grammar of ours. */
const unreadLanguages = (source: readonly ChangedFile[]): readonly ChangedFile[] =>
  source.filter((file) => languageOf(file.path) === null && mayHoldSql(file));

/** Complete when every changed statement was parsed, in `.sql` files and in source code that does not test. */
export function statementsBounded(evidence: CollectedEvidence): Examination {
  const files = statementFiles(evidence);
  const source = sourceFiles(evidence);
  if (files.length === 0 && source.length === 0) return nothingToRead(evidence);
  const running = source.filter((file) => !isTest(file.path));
  const holding = unreadLanguages(running);
  const unread = text`SQL inside ${named(holding.map((file) => file.path))} is not read: no grammar for its language`;
  if (files.length === 0) {
    if (holding.length > 0) return partial(unread);
    if (running.length === 0) return notApplicable(text`${count(source.length, "changed source file")}, all of them tests`);
    return notApplicable(text`no changed SQL text in the ${count(running.length, "changed source file")}`);
  }
  const { seen: parsed, gap } = statementsSeen(files);
  const seen = text`${parsed}${readAs(evidence)}`;
  if (gap) return partial(gap, seen);
  if (holding.length > 0) return partial(unread, seen);
  const withSql = new Set(files.map((file) => file.path));
  const without = running.filter((file) => !withSql.has(file.path)).length;
  return complete(without === 0 ? seen : text`${seen}; no changed SQL text in ${count(without, "changed source file")}`);
}
