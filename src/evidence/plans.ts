import type { Collected } from "../model/collected.js";
import type { Planned, Plans, SchemaChange } from "../model/plan.js";
import type { Statement, Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { costChange, FLOOR, RATIO, SCANNED_ROWS } from "../sql/plan/costs.js";
import { isOrdered, isPlannable } from "../sql/query-kind.js";
import { schemaChanges } from "../sql/schema-changes.js";
import { isParsed, type ParsedStatement } from "../sql/tables.js";
import { planDependents } from "./dependent-plans.js";
import { findDependents, type Repository, takesAway, usesChanged } from "./dependents.js";
import { type IndexProof, proveIndexes } from "./index-proof.js";
import { type Answer, ask } from "./plan-answers.js";
import { aloneNotes, untriedNotes } from "./plan-notes.js";
import { type PlanContext, plannedOf, plannedText } from "./planned.js";

/** Changed statements that are planned; the others are named. */
const STATEMENTS = 200;

/** What could be planned: parsed PostgreSQL queries. A table's definition in a query file is none. */
const isQuery = (statement: Statement): boolean => !isParsed(statement) || isPlannable(statement.tree);

/** A statement with invisible characters is named beside what the parser made of it, which has the plan. */
const isNamedBeside = (statement: Statement, all: readonly Statement[]): boolean =>
  !isParsed(statement) && all.some((one) => isParsed(one) && one.start === statement.start && one.sql === statement.sql);

const queriesOf = ({ files }: Statements): readonly Statement[] =>
  files
    .filter((file) => file.kind === "query")
    .flatMap(({ statements }) => statements.filter((one) => isQuery(one) && !isNamedBeside(one, statements)));

function unplanned(statement: Statement, at: number): Text | null {
  if (!isParsed(statement)) return statement.reason;
  if (statement.dialect !== "postgresql") return text`plans are made by PostgreSQL only, and this is ${[statement.dialect]}`;
  if (statement.condition) return text`it is a condition that code adds to a query; which table it is on is not known`;
  return at < STATEMENTS ? null : text`more than ${STATEMENTS} statements changed`;
}

interface Job {
  readonly statement: ParsedStatement;
  readonly after: Answer;
  readonly before: Answer | null;
}

/** Where the replaced text is planned: on the head's schema, or where the schema changed under it, on its own. */
async function beforeOf(
  statements: readonly ParsedStatement[],
  atHead: readonly Answer[],
  changes: readonly SchemaChange[],
  { session, statistics }: PlanContext,
): Promise<ReadonlyMap<ParsedStatement, Answer>> {
  const taken = changes.filter(takesAway);
  const isOwn = (statement: ParsedStatement, at: number): boolean => {
    const answer = atHead[at];
    return !answer || "failed" in answer || usesChanged(statement, taken);
  };
  const own = statements.filter(isOwn);
  const request = { side: "base", statistics: statistics.statistics, candidates: [] } as const;
  const atBase = await ask(
    session,
    request,
    own.map(({ before }) => before ?? ""),
  );
  return new Map(
    statements.flatMap((statement, at) => {
      const answer = atBase[own.indexOf(statement)] ?? atHead[at];
      return answer ? [[statement, answer] as const] : [];
    }),
  );
}

/** Plans at the head, and of what each statement replaced. */
async function jobsOf(
  statements: readonly ParsedStatement[],
  changes: readonly SchemaChange[],
  context: PlanContext,
): Promise<readonly Job[]> {
  const modified = statements.filter(({ before }) => before !== undefined);
  const texts = [...statements.map(plannedText), ...modified.map(({ before }) => before ?? "")];
  const request = { side: "head", statistics: context.statistics.statistics, candidates: [] } as const;
  const answers = await ask(context.session, request, texts);
  const before = await beforeOf(modified, answers.slice(statements.length), changes, context);
  return statements.map((statement, at) => ({
    statement,
    after: answers[at] ?? { failed: text`the planner did not answer` },
    before: before.get(statement) ?? null,
  }));
}

/** Dear and reading a large table whole, or much dearer than before: worth looking for an index. */
function isSuspicious(planned: Planned): planned is Extract<Planned, { state: "planned" }> {
  if (planned.state !== "planned" || !isParsed(planned.statement)) return false;
  const { before, after, scans, statement } = planned;
  const dear = after.cost >= FLOOR && scans.some(({ rows }) => rows >= SCANNED_ROWS);
  return dear || (before !== null && costChange(before, after, isOrdered(statement.tree)).ratio >= RATIO);
}

/** Plans, and what has to be said of them. */
interface Noted {
  readonly planned: readonly Planned[];
  readonly notes: readonly Text[];
}

/** The same plans, with the index that would help where the planner proves one. */
async function withProofs(planned: readonly Planned[], { session, statistics }: PlanContext): Promise<Noted> {
  const suspicious = planned.filter(isSuspicious);
  const suspects = suspicious.map(({ statement, sql, after, scans }) => ({
    sql,
    tree: isParsed(statement) ? statement.tree : null,
    plan: after,
    scans,
  }));
  const { proofs, notes } = await proveIndexes(suspects, session, statistics.statistics);
  const bySuspect = new Map<Planned, IndexProof | undefined>(suspicious.map((one, at) => [one, proofs[at]]));
  return { planned: planned.map((one) => (one.state === "planned" ? { ...one, ...bySuspect.get(one) } : one)), notes };
}

async function changedPlans(statements: readonly Statement[], changes: readonly SchemaChange[], context: PlanContext): Promise<Noted> {
  const plannable = statements.filter(isParsed).filter((statement) => unplanned(statement, statements.indexOf(statement)) === null);
  const jobs = new Map((await jobsOf(plannable, changes, context)).map((job) => [job.statement, job]));
  const planned = statements.map((statement, at): Planned => {
    const reason = statement.before === undefined ? ("new" as const) : ("modified" as const);
    const job = isParsed(statement) ? jobs.get(statement) : undefined;
    if (job) return plannedOf({ ...job, reason, sql: plannedText(statement) }, context);
    const why = unplanned(statement, at) ?? text`the planner did not answer`;
    return { statement, sql: plannedText(statement), reason, state: "cannot-tell", why };
  });
  return withProofs(planned, context);
}

const migrationStatements = ({ files }: Statements): readonly ParsedStatement[] =>
  files.filter(({ kind }) => kind === "migration").flatMap((file) => file.statements.filter(isParsed));

const keyOf = ({ path, line, sql }: Statement): string => JSON.stringify([path, line, sql]);

/** Unchanged statements that the schema change touches. */
async function dependentPlans(
  changed: readonly Statement[],
  changes: readonly SchemaChange[],
  context: PlanContext,
  repository: Repository,
) {
  const found = await findDependents(changes, repository);
  const known = new Set(changed.map(keyOf));
  const unchanged = found.statements.filter((statement) => !known.has(keyOf(statement)));
  const { planned, notes } = await planDependents(unchanged, changes, context);
  return { planned, notes: [...notes, ...found.notes] };
}

/**
 * Plans of every changed query, of what it replaced, and of it with the index that would help; and of unchanged
 * queries from which the schema change takes an index, a column or a table. Statements that PostgreSQL refuses, or
 * whose tables are not certain, are there with the reason.
 *
 * @param sent statements of no file, which the tests of the head sent
 * @param repository where unchanged statements are looked for; null where they cannot be
 */
export async function collectPlans(
  statements: Statements,
  context: PlanContext,
  repository: Repository | null = null,
  sent: readonly Statement[] = [],
): Promise<Collected<Plans>> {
  const { session, statistics } = context;
  const queries = [...queriesOf(statements), ...sent];
  const changes = schemaChanges(session.base, session.head, migrationStatements(statements));
  const changed = await changedPlans(queries, changes, context);
  const dependents = repository ? await dependentPlans(queries, changes, context, repository) : { planned: [], notes: [] };
  return {
    status: "collected",
    value: {
      changed: changed.planned,
      dependents: dependents.planned,
      statistics: statistics.source,
      planner: session.version,
      catalogue: session.head,
      changes,
      notes: [...untriedNotes(changed.planned), ...aloneNotes(changed.planned), ...changed.notes, ...dependents.notes],
    },
  };
}
