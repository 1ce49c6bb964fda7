import { z } from "zod";
import { type BothSides, type CountedEntry, type CountedStatement, type CountedSuite, isUnit } from "../../model/counts.js";
import { grouped } from "../../model/grouped.js";
import type { FindingOf, Rule } from "../../model/rule.js";
import { type Text, text } from "../../model/text.js";
import { counted, shownStatement } from "../../sql/counted-phrases.js";
import { byActual, hasSoundBase, namedEntries, told } from "../counted-entries.js";

/** The databases of tests are small: so many rows are most of a table. */
const MANY = 1000;
/** Below it nobody waits for the rows, whatever they were before. */
const SOME = 100;
/** Fixtures grow by a few rows in any change. */
const TIMES = 2;

interface Returned {
  readonly entry: CountedEntry;
  readonly statement: CountedStatement["statement"];
  readonly rows: BothSides;
}

const isMuchMore = ({ head, base }: BothSides): boolean => (base === null ? head >= MANY : head >= SOME && head >= TIMES * base);

function returnedIn(entry: CountedEntry): readonly Returned[] {
  return entry.statements.flatMap(({ statement, rows }) => (rows && isMuchMore(rows) ? [{ entry, statement, rows }] : []));
}

const figures = ({ head, base }: BothSides): Text => (base === null ? counted(head) : text`${counted(base)} → ${counted(head)}`);

function findingOf(all: readonly [Returned, ...Returned[]]): FindingOf {
  const [worst = all[0], ...others] = [...all].sort((one, other) => other.rows.head - one.rows.head);
  const { entry, statement, rows } = worst;
  const said = text`${entry.name}: ${figures(rows)} rows returned`;
  const rest = others.length === 0 ? [] : text` More come back in ${namedEntries(others.map((one) => one.entry))} as well.`;
  return {
    severity: "notice",
    title: said,
    message: text`${said} by ${shownStatement(statement)}.${rest} All of them are sent, and held in memory, for each caller.`,
    help: text`Ask for what is shown: \`LIMIT 100\`, the next page by \`WHERE id > $1 ORDER BY id LIMIT 100\`, or an aggregate in place of the rows.`,
    measured: { actual: rows.head, limit: rows.base ?? MANY - 1, unit: "1" },
  };
}

function findingsOf(suite: CountedSuite): readonly FindingOf[] {
  if (!hasSoundBase(suite)) return [];
  const returned = suite.entries.filter(isUnit).flatMap(returnedIn);
  return grouped(returned, ({ statement }) => statement.fingerprint).map(findingOf);
}

/** A statement that returns many more rows to one request or test than at the base, where the record counts rows. */
export const rowsReturned: Rule<"runtime"> = {
  id: "queries/rows-returned",
  answers: "queries/bounded",
  needs: ["runtime"],
  options: z.strictObject({}),
  check: ({ runtime }) => told(runtime.suites.flatMap(findingsOf).sort(byActual)),
};
