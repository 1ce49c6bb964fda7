import { z } from "zod";
import type { ChecklistItem, FindingOf, Rule, Severity } from "../model/rule.js";
import type { Schema, StatementFile, Statements } from "../model/statements.js";
import { capitalised, join, type Text, text } from "../model/text.js";
import { type Claims, isRefuted, observedClause } from "../sql/observed.js";
import { remembered } from "../sql/remembered.js";
import { includesTable, isSameTable, type ParsedStatement, rowsOf, type Table } from "../sql/tables.js";
import { type Concern, concerned, parsedOfAll } from "./concerned.js";

/** One thing that a rule saw in one statement. */
export interface Hit {
  /** The statement in a clause: what is done to what. */
  readonly what: Text;
  /** The table whose rows decide how bad it is; a table that these changes create is no hit at all. */
  readonly table?: Table | null;
  /** A second table that is held as long: the larger of both counts. */
  readonly also?: Table;
  /** How to do it instead, as SQL where that is possible. */
  readonly help: Text;
  /** What the database does to the table by this rule: no hit where the statement ran and did less. */
  readonly claims?: Claims;
  /** What would make it untrue, where that is not known: a clause that follows "unless". */
  readonly unless?: Text;
  /** When it differs from the rule's own. */
  readonly severity?: Severity;
}

/** What a rule may look at beside the statement in hand. */
export interface Surroundings {
  readonly file: StatementFile;
  readonly statements: Statements;
  /** Every parsed statement of these changes, in their order. */
  readonly all: readonly ParsedStatement[];
  readonly rows: (table: Table) => number | null;
  /** The database's objects at base and head; null where they are not known. */
  readonly schema: Schema | null;
}

interface StatementRule extends Concern {
  readonly id: Rule["id"];
  readonly answers: ChecklistItem;
  readonly severity: Severity;
  /** See {@link Rule.off}. */
  readonly off?: true;
  /** True when the table's rows move the severity. */
  readonly sized: boolean;
  /** What the database does, and what that means for the others: whole sentences. */
  readonly effect: Text;
  readonly look: (statement: ParsedStatement, surroundings: Surroundings) => readonly Hit[];
}

interface Seen extends Hit {
  readonly statement: ParsedStatement;
  readonly worst: Severity;
  readonly suppressed: string | null;
}

const LARGE_ROWS = 1_000_000;
const SMALL_ROWS = 10_000;
const LISTED = 10;
const ORDER: readonly Severity[] = ["blocking", "warning", "notice", "question"];

function sizedSeverity(severity: Severity, rows: number | null, unknownIsLarge: boolean): Severity {
  if (severity === "question" || (rows === null && !unknownIsLarge)) return severity;
  if (rows === null || rows >= LARGE_ROWS) return "blocking";
  return rows < SMALL_ROWS ? "notice" : severity;
}

/** Of two tables the larger counts; one of unknown size may be it, unless the other is large already. */
function rowsOfHit({ table, also }: Hit, rows: Surroundings["rows"]): number | null {
  const counts = [table, also].flatMap((one) => (one ? [rows(one)] : []));
  const known = counts.flatMap((count) => count ?? []);
  const largest = known.length > 0 ? Math.max(...known) : null;
  return known.length === counts.length || (largest ?? 0) >= LARGE_ROWS ? largest : null;
}

/** What is done, to how many rows, and what was seen when it ran; the latter once for each statement. */
function sentence({ what, unless }: Hit, rows: number | null, seen: Text | null): Text {
  const sized = rows === null ? what : text`${what} (${[rows.toLocaleString("en-US")]} rows)`;
  if (seen !== null) return text`${sized}, ${seen}`;
  return unless ? text`${sized}, unless ${unless}` : sized;
}

/**
 * Whether a hit's table is new with these changes, so that nobody waits for its locks. A table whose rows
 * the configuration knows is not, whatever the author of the changes creates under its name.
 */
function novelty({ table }: Hit, { file, statements, rows, schema }: Surroundings): "new" | "maybe" | "old" {
  if (!table || rows(table) !== null) return "old";
  if (includesTable(statements.createdTables, table) || includesTable(file.ownTables ?? [], table)) return "new";
  if (!includesTable(statements.maybeCreatedTables, table)) return "old";
  if (schema?.base.relations.some((relation) => isSameTable(relation, table))) return "old";
  return schema && schema.notApplied.length === 0 ? "new" : "maybe";
}

function seenIn(rule: StatementRule, statement: ParsedStatement, surroundings: Surroundings): readonly Seen[] {
  const looked = rule.look(statement, surroundings);
  if (looked.length === 0) return [];
  const suppressed = statement.suppressions.find((suppression) => suppression.rule === rule.id)?.reason ?? null;
  const hits = looked.filter(({ table, claims }) => !table || !claims || !isRefuted(statement, table, claims));
  const seen = statement.observed ? observedClause(statement.observed) : null;
  return hits.flatMap((hit, place) => {
    const age = novelty(hit, surroundings);
    if (age === "new") return [];
    const rows = rowsOfHit(hit, surroundings.rows);
    const severity = age === "maybe" ? "question" : (hit.severity ?? rule.severity);
    const told = sentence(hit, rows, hit.claims && place === hits.length - 1 ? seen : null);
    const what = age === "maybe" ? text`${told}, unless that table is new` : told;
    const strict = surroundings.statements.strict === true;
    return [{ ...hit, what, statement, suppressed, worst: rule.sized ? sizedSeverity(severity, rows, strict) : severity }];
  });
}

const listed = (hits: readonly Seen[]): Text => {
  const shown = hits.slice(0, LISTED).map((hit) => (hits.length === 1 ? hit.what : text`line ${hit.statement.line}: ${hit.what}`));
  return hits.length > LISTED ? [...join(shown, "; "), `; and ${hits.length - LISTED} more`] : join(shown, "; ");
};

/** Several hits in one file are one finding with a list; the worst of them decides. */
function findingOf(rule: StatementRule, hits: readonly Seen[], suppressed: string | null): FindingOf {
  const [first] = hits;
  const worst = ORDER.flatMap((severity) => hits.filter((hit) => hit.worst === severity))[0];
  return {
    severity: worst?.worst ?? rule.severity,
    message: [...capitalised(listed(hits)), ". ", ...rule.effect],
    ...(worst && { title: worst.what }),
    help: worst?.help ?? [],
    ...(first && { at: { path: first.statement.path, line: first.statement.line, endLine: first.statement.endLine } }),
    ...(suppressed !== null && { suppressed }),
  };
}

const surroundingsIn = remembered((statements: Statements) => {
  const known = statements.schema.status === "collected" ? statements.schema.value : null;
  const rows = (table: Table): number | null => rowsOf(statements.rows, table);
  return remembered((file: StatementFile): Surroundings => {
    // A repository may hold migrations of several databases; the objects of one say nothing of another's.
    const schema = known?.dialect === file.dialect ? known : null;
    return { file, statements, all: parsedOfAll(statements), rows, schema };
  });
});

/** The hits of one file: those that are ignored for one reason are a finding of their own. */
function findingsOf(rule: StatementRule, hits: readonly Seen[]): readonly FindingOf[] {
  const reasons = new Set(hits.map((hit) => hit.suppressed));
  return [...reasons].map((reason) =>
    findingOf(
      rule,
      hits.filter((hit) => hit.suppressed === reason),
      reason,
    ),
  );
}

function check(rule: StatementRule, statements: Statements): readonly FindingOf[] {
  const byFile = new Map<StatementFile, Seen[]>();
  const surroundings = surroundingsIn(statements);
  for (const { file, statement } of concerned(statements, rule)) {
    const seen = seenIn(rule, statement, surroundings(file));
    if (seen.length > 0) byFile.set(file, [...(byFile.get(file) ?? []), ...seen]);
  }
  return [...byFile.values()].flatMap((hits) => findingsOf(rule, hits));
}

/** A rule over changed SQL statements: it says what it sees in one, and everything that such rules share happens here. */
export function statementRule(rule: StatementRule): Rule<"statements", Readonly<Record<string, never>>> {
  return {
    id: rule.id,
    answers: rule.answers,
    ...(rule.off && { off: rule.off }),
    needs: ["statements"],
    options: z.strictObject({}),
    check: ({ statements }) => check(rule, statements),
  };
}
