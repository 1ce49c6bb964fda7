import { type CountedEntry, type CountedStatement, type CountedSuite, isLossy, isUnit, REPEATED } from "../model/counts.js";
import type { Changes } from "../model/evidence.js";
import type { FindingOf, Range, Severity } from "../model/rule.js";
import type { CodeLocation } from "../model/runtime.js";
import { join, type Text, text } from "../model/text.js";

/** Entries that are named one by one. */
const NAMED = 3;

/** Findings of one rule and severity that are told one by one: the table of entries and the JSON have the rest. */
const TOLD = 10;

const SEVERITIES: readonly Severity[] = ["blocking", "warning", "notice", "question"];

/** The first of each severity; the last of them says how many more there are. @param findings the largest first */
export function told(findings: readonly FindingOf[]): readonly FindingOf[] {
  return SEVERITIES.flatMap((severity) => {
    const all = findings.filter((finding) => finding.severity === severity);
    const left = all.length - TOLD;
    return all
      .slice(0, TOLD)
      .map((finding, at) =>
        left > 0 && at === TOLD - 1 ? { ...finding, message: text`${finding.message} ${left} more of this kind are not told.` } : finding,
      );
  });
}

const actualOf = ({ measured }: FindingOf): number => measured?.actual ?? 0;

/** The largest figure first. */
export const byActual = (one: FindingOf, other: FindingOf): number => actualOf(other) - actualOf(one);

/** A test without a marker is counted with its preparation, and preparing rows is what INSERT is for there. */
export const isPreparation = (entry: CountedEntry, { verb }: CountedStatement["statement"]): boolean =>
  verb === "INSERT" && entry.kind === "test" && !entry.measured;

/** Fingerprints of the statements that the configuration allows to be repeated. */
export const allowedIn = ({ statements }: CountedEntry): ReadonlySet<string> =>
  new Set(statements.flatMap(({ statement, allowed }) => (allowed === undefined ? [] : [statement.fingerprint])));

const REPEATABLE: ReadonlySet<string> = new Set(["SELECT", "INSERT", "UPDATE", "DELETE"]);

function isRepeated(entry: CountedEntry, { head, statement, allowed }: CountedStatement): boolean {
  return allowed === undefined && head >= REPEATED && REPEATABLE.has(statement.verb) && !isPreparation(entry, statement);
}

/** Statements that one run of an entry sends so often that a loop must be behind it. */
export const repeatedIn = (entry: CountedEntry): readonly CountedStatement[] =>
  isUnit(entry) ? entry.statements.filter((one) => isRepeated(entry, one)) : [];

/** Sent more often than the base sent it, by a loop that the base did not have or that runs longer now. */
export const isNewRepeat = (entry: CountedEntry, counted: CountedStatement): boolean =>
  isUnit(entry) && isRepeated(entry, counted) && counted.base !== null && counted.head > counted.base;

/** The base is known, and nothing of its record is known to be lost: what it did not send, it did not send. */
export const hasSoundBase = ({ base }: CountedSuite): boolean => base !== null && !isLossy(base.completeness);

/** `GET /orders, GET /users and 2 more`. */
export function namedEntries(entries: readonly CountedEntry[]): Text {
  const shown = join(
    entries.slice(0, NAMED).map(({ name }) => text`${name}`),
    ", ",
  );
  return entries.length > NAMED ? text`${shown} and ${entries.length - NAMED} more` : shown;
}

/** Where it was sent from, as far as the record says. */
export function sentFrom({ under, code }: Pick<CountedStatement, "under" | "code">): Text {
  if (code?.path !== undefined) {
    const line = code.line === undefined ? [] : text`:${code.line}`;
    return text`, first from ${code.path}${line}${code.function === undefined ? [] : text` (${code.function})`}`;
  }
  if (code?.function !== undefined) return text`, first from ${code.function}`;
  return under === undefined ? [] : text`, all below the span ${under}`;
}

const withSlashes = (path: string): string => path.replaceAll("\\", "/");

/** A record names files by any root; one that ends in the path of a changed file is that file. */
export function changedPlace(code: CodeLocation | undefined, changes: Changes): Range | null {
  const { path, line } = code ?? {};
  if (path === undefined || line === undefined || line < 1) return null;
  const named = `/${withSlashes(path)}`;
  const file = changes.files.find((one) => one.status !== "removed" && named.endsWith(`/${one.path}`));
  return file ? { path: file.path, line } : null;
}
