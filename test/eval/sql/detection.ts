import { planDependents } from "../../../src/evidence/dependent-plans.js";
import { usesChanged } from "../../../src/evidence/dependents.js";
import { ask } from "../../../src/evidence/plan-answers.js";
import { type PlanContext, plannedText } from "../../../src/evidence/planned.js";
import type { Planner, PlannerSession } from "../../../src/evidence/planner.js";
import type { Index } from "../../../src/model/catalogue.js";
import { text } from "../../../src/model/text.js";
import { indexDropInUse } from "../../../src/rules/migrations/index-drop-in-use.js";
import { costChange, FLOOR, RATIO } from "../../../src/sql/plan/costs.js";
import { isOrdered } from "../../../src/sql/query-kind.js";
import { schemaChanges } from "../../../src/sql/schema-changes.js";
import { type ParsedStatement, quotedTable } from "../../../src/sql/tables.js";
import type { Corpus } from "./corpus.js";
import { ASSUMED } from "./queries.js";

const UNCHANGED = 1.5;

/** Pairs of a dropped index and a statement, by what the planner says and what the rule says. */
export interface Detected {
  indexes: number;
  pairs: number;
  dearer: number;
  found: number;
  /** Ten times dearer, and still below the floor of cost. */
  belowFloor: number;
  between: number;
  unchanged: number;
  flagged: number;
}

const isPlain = ({ unique, primary, method, predicate, valid }: Index): boolean =>
  !unique && !primary && method === "btree" && predicate === null && valid;

const plainIndexes = ({ head }: PlannerSession): readonly string[] =>
  head.relations
    .filter(({ partitionOf }) => partitionOf === null)
    .flatMap(({ schema, indexes }) => indexes.filter(isPlain).map(({ name }) => quotedTable({ schema, name })));

/** At most so many, evenly out of all. */
const spread = (all: readonly string[], most: number): readonly string[] =>
  all.filter((_, index) => all.length <= most || Math.floor((index * most) / all.length) !== Math.floor(((index - 1) * most) / all.length));

/** The statements that the rule names when this index goes. */
async function named(statements: readonly ParsedStatement[], context: PlanContext): Promise<ReadonlySet<ParsedStatement["tree"]>> {
  const changes = schemaChanges(context.session.base, context.session.head, []);
  const touched = statements.filter((statement) => usesChanged(statement, changes));
  const { planned } = await planDependents(touched, changes, context);
  const guilty = planned.filter((one) => {
    const plans = { changed: [], dependents: [one], statistics: text`assumed`, planner: context.session.version, changes, notes: [] };
    return indexDropInUse.check({ plans }, {}).length > 0;
  });
  return new Set(guilty.flatMap(({ statement }) => (statement.state === "parsed" ? [statement.tree] : [])));
}

async function judge(statements: readonly ParsedStatement[], context: PlanContext, detected: Detected): Promise<void> {
  const told = { statistics: ASSUMED, candidates: [] };
  const texts = statements.map(plannedText);
  const base = await ask(context.session, { side: "base", ...told }, texts);
  const head = await ask(context.session, { side: "head", ...told }, texts);
  const guilty = await named(statements, context);
  for (const [at, statement] of statements.entries()) {
    const [before, after] = [base[at], head[at]];
    if (!before || !after || "failed" in before || "failed" in after) continue;
    const { ratio } = costChange(before.plan, after.plan, isOrdered(statement.tree));
    const isNamed = guilty.has(statement.tree);
    detected.pairs += 1;
    if (ratio >= RATIO && after.plan.cost < FLOOR && !isNamed) detected.belowFloor += 1;
    else if (ratio >= RATIO) {
      detected.dearer += 1;
      if (isNamed) detected.found += 1;
    } else if (ratio >= UNCHANGED) detected.between += 1;
    else {
      detected.unchanged += 1;
      if (isNamed) detected.flagged += 1;
    }
  }
}

/** Drops plain indexes of a schema one by one, and compares what the rule names with the planner's costs of every query. */
export async function detect(
  { migrations }: Corpus,
  planner: Planner,
  session: PlannerSession,
  statements: readonly ParsedStatement[],
  most: number,
): Promise<Detected> {
  const detected: Detected = { indexes: 0, pairs: 0, dearer: 0, found: 0, belowFloor: 0, between: 0, unchanged: 0, flagged: 0 };
  const files = migrations.map(({ path, sha, sql }) => ({ path, sha, sql }));
  for (const index of spread(plainIndexes(session), most)) {
    const drop = { path: "drop.sql", sha: `drop ${index}`, sql: `DROP INDEX ${index}` };
    const without = await planner.open({ base: files, head: [...files, drop], observed: [] });
    if ("refused" in without) continue;
    const statistics = { statistics: ASSUMED, source: text`assumed`, problems: [] };
    await judge(statements, { session: without, statistics, configured: [], uncertain: () => null }, detected);
    await without.close();
    detected.indexes += 1;
  }
  return detected;
}

export const detectionHead = [
  "repository",
  "indexes dropped",
  "statements × indexes",
  "dearer ≥ 10 ×",
  "found",
  "dearer, cost below 1,000",
  "between",
  "dearer < 1.5 ×",
  "flagged of these",
] as const;

export const detectionRow = (
  name: string,
  { indexes, pairs, dearer, found, belowFloor, between, unchanged, flagged }: Detected,
): readonly string[] => [name, indexes, pairs, dearer, found, belowFloor, between, unchanged, flagged].map(String);
