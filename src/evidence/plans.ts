import type { Collected } from "../model/collected.js";
import type { Planned, Plans } from "../model/plan.js";
import type { Statement, Statements } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { costChange, FLOOR, RATIO, SCANNED_ROWS } from "../sql/plan/costs.js";
import { isOrdered, isPlannable } from "../sql/query-kind.js";
import type { ParsedStatement } from "../sql/tables.js";
import { proveIndexes } from "./index-proof.js";
import { type Answer, ask } from "./plan-answers.js";
import { type PlanContext, plannedOf } from "./planned.js";

/** Changed statements that are planned; the others are named. */
const STATEMENTS = 200;

const isParsed = (statement: Statement): statement is ParsedStatement => statement.state === "parsed";

/** What could be planned: parsed PostgreSQL queries. A table's definition in a query file is none. */
const isQuery = (statement: Statement): boolean => !isParsed(statement) || isPlannable(statement.tree);

const queriesOf = ({ files }: Statements): readonly Statement[] =>
  files.filter((file) => file.kind === "query").flatMap((file) => file.statements.filter(isQuery));

function unplanned(statement: Statement, at: number): Text | null {
  if (!isParsed(statement)) return statement.reason;
  if (statement.dialect !== "postgresql") return text`plans are made by PostgreSQL only, and this is ${[statement.dialect]}`;
  return at < STATEMENTS ? null : text`more than ${STATEMENTS} statements changed`;
}

/** The text as it is planned: its parameters as `$1`. */
export const plannedText = (statement: Statement): string => statement.bound ?? statement.sql;

interface Job {
  readonly statement: ParsedStatement;
  readonly after: Answer;
  readonly before: Answer | null;
}

/** Plans at the head, and of the replaced text there; where that fails, on the schema it was written for. */
async function jobsOf(statements: readonly ParsedStatement[], { session, statistics }: PlanContext): Promise<readonly Job[]> {
  const earlier = statements.filter(({ before }) => before !== undefined);
  const texts = earlier.map(({ before }) => before ?? "");
  const told = { statistics: statistics.statistics, candidates: [] };
  const answers = await ask(session, { side: "head", ...told }, [...statements.map(plannedText), ...texts]);
  const old = answers.slice(statements.length);
  const failed = texts.filter((_, at) => !old[at] || "failed" in old[at]);
  const atBase = await ask(session, { side: "base", ...told }, failed);
  const before = new Map(
    earlier.map((statement, at) => {
      const answer = old[at];
      return [statement, answer && "plan" in answer ? answer : atBase[failed.indexOf(texts[at] ?? "")]] as const;
    }),
  );
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

/** The same plans, with the index that would help where the planner proves one. */
export async function withProofs(planned: readonly Planned[], { session, statistics }: PlanContext): Promise<readonly Planned[]> {
  const suspicious = planned.filter(isSuspicious);
  const suspects = suspicious.map(({ statement, sql, after, scans }) => ({
    sql,
    tree: isParsed(statement) ? statement.tree : null,
    plan: after,
    scans,
  }));
  const proofs = await proveIndexes(suspects, session, statistics.statistics);
  const bySuspect = new Map(suspicious.map((one, at) => [one, proofs[at] ?? null]));
  return planned.map((one) => (one.state === "planned" ? { ...one, proven: bySuspect.get(one) ?? null } : one));
}

async function changedPlans(statements: readonly Statement[], context: PlanContext): Promise<readonly Planned[]> {
  const plannable = statements.filter(isParsed).filter((statement) => unplanned(statement, statements.indexOf(statement)) === null);
  const jobs = new Map((await jobsOf(plannable, context)).map((job) => [job.statement, job]));
  const planned = statements.map((statement, at): Planned => {
    const reason = statement.before === undefined ? ("new" as const) : ("modified" as const);
    const job = isParsed(statement) ? jobs.get(statement) : undefined;
    if (job) return plannedOf({ ...job, reason, sql: plannedText(statement) }, context);
    const why = unplanned(statement, at) ?? text`the planner did not answer`;
    return { statement, sql: plannedText(statement), reason, state: "cannot-tell", why };
  });
  return withProofs(planned, context);
}

/**
 * Plans of every changed query, of what it replaced, and of it with the index that would help. Statements that
 * PostgreSQL refuses, or whose tables are not certain, are there with the reason.
 */
export async function collectPlans(statements: Statements, context: PlanContext): Promise<Collected<Plans>> {
  const queries = queriesOf(statements);
  const changed = await changedPlans(queries, context);
  return {
    status: "collected",
    value: {
      changed,
      dependents: [],
      statistics: context.statistics.source,
      planner: context.session.version,
      notes: [],
    },
  };
}
