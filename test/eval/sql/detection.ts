import { planDependents } from "../../../src/evidence/dependent-plans.js";
import { usesChanged } from "../../../src/evidence/dependents.js";
import { ask } from "../../../src/evidence/plan-answers.js";
import { type PlanContext, plannedText } from "../../../src/evidence/planned.js";
import type { PlannerSession } from "../../../src/evidence/planner.js";
import type { Catalogue, Index, Relation, RelationName } from "../../../src/model/catalogue.js";
import type { PlanNode } from "../../../src/model/plan.js";
import { text } from "../../../src/model/text.js";
import { indexDropInUse } from "../../../src/rules/migrations/index-drop-in-use.js";
import { costChange, FLOOR, nodesOf, RATIO } from "../../../src/sql/plan/costs.js";
import { isOrdered } from "../../../src/sql/query-kind.js";
import { schemaChanges } from "../../../src/sql/schema-changes.js";
import type { ParsedStatement } from "../../../src/sql/tables.js";
import { table } from "../tables.js";
import { ASSUMED } from "./queries.js";
import { RememberedPlans } from "./without-index.js";

const UNCHANGED = 1.5;

/** Pairs of a dropped index and a statement, by what the planner says and what the rule says. */
export interface Detected {
  indexes: number;
  /** Of the schema; more than were dropped where it was a sample. */
  all: number;
  pairs: number;
  /** Of these, statements whose plan reads the table of the index; no other plan can change. */
  reading: number;
  dearer: number;
  found: number;
  /** Ten times dearer, and still below the floor of cost. */
  belowFloor: number;
  /** Ratios between 1.5 and 10. */
  readonly between: number[];
  flagged: number;
  /** In words: what was missed, what was named wrongly, what lies between. */
  readonly notable: string[];
}

interface Plain {
  readonly relation: Relation;
  readonly index: Index;
}

const isPlain = ({ unique, primary, method, predicate, valid }: Index): boolean =>
  !unique && !primary && method === "btree" && predicate === null && valid;

const plainIndexes = ({ head }: PlannerSession): readonly Plain[] =>
  head.relations
    .filter(({ partitionOf }) => partitionOf === null)
    .flatMap((relation) => relation.indexes.filter(isPlain).map((index) => ({ relation, index })));

/** At most so many, evenly out of all. */
const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.filter((_, index) => all.length <= most || Math.floor((index * most) / all.length) !== Math.floor(((index - 1) * most) / all.length));

/** The statements that the rule names when this index goes. */
async function named(statements: readonly ParsedStatement[], context: PlanContext): Promise<ReadonlySet<unknown>> {
  const changes = schemaChanges(context.session.base, context.session.head, []);
  const touched = statements.filter((statement) => usesChanged(statement, changes));
  const { planned } = await planDependents(touched, changes, context);
  const guilty = planned.filter((one) => {
    const plans = { changed: [], dependents: [one], statistics: text`assumed`, planner: context.session.version, changes, notes: [] };
    return indexDropInUse.check({ plans }, {}).length > 0;
  });
  return new Set(guilty.flatMap(({ statement }) => (statement.state === "parsed" ? [statement.tree] : [])));
}

/** The table and its partitions, at any depth. */
function family({ schema, name }: RelationName, { relations }: Catalogue): ReadonlySet<string> {
  const keys = new Set([`${schema}.${name}`]);
  for (let before = 0; before < keys.size; ) {
    before = keys.size;
    for (const one of relations)
      if (one.partitionOf && keys.has(`${one.partitionOf.schema}.${one.partitionOf.name}`)) keys.add(`${one.schema}.${one.name}`);
  }
  return keys;
}

interface Case {
  readonly statement: ParsedStatement;
  readonly ratio: number;
  readonly cost: number;
  readonly isNamed: boolean;
}

function count({ statement, ratio, cost, isNamed }: Case, { index }: Plain, detected: Detected): void {
  const note = (word: string): void =>
    void detected.notable.push(`${word}: ${index.name}, ${statement.path}:${statement.line}, × ${ratio.toFixed(1)} to ${cost.toFixed(0)}`);
  if (ratio >= RATIO && cost < FLOOR && !isNamed) detected.belowFloor += 1;
  else if (ratio >= RATIO) {
    detected.dearer += 1;
    if (isNamed) detected.found += 1;
    else note("missed");
  } else if (ratio >= UNCHANGED) {
    detected.between.push(ratio);
    note(isNamed ? "between, named" : "between");
  } else if (isNamed) {
    detected.flagged += 1;
    note("named wrongly");
  }
}

async function judge(
  statements: readonly ParsedStatement[],
  plain: Plain,
  plans: RememberedPlans,
  base: Bases,
  detected: Detected,
): Promise<void> {
  const session = plans.without(plain.relation, plain.index);
  const tables = family(plain.relation, session.base);
  const reading = base.filter(({ reads }) => reads.some((table) => tables.has(table)));
  const head = await ask(
    session,
    { side: "head", ...TOLD },
    reading.map(({ statement }) => plannedText(statement)),
  );
  const guilty = await named(statements, {
    session,
    statistics: { statistics: ASSUMED, source: text`assumed`, problems: [] },
    configured: [],
    uncertain: () => null,
  });
  for (const [at, { statement, plan }] of reading.entries()) {
    const after = head[at];
    if (!after || "failed" in after) continue;
    const { ratio } = costChange(plan, after.plan, isOrdered(statement.tree));
    count({ statement, ratio, cost: after.plan.cost, isNamed: guilty.has(statement.tree) }, plain, detected);
  }
  const others = base.filter((one) => !reading.includes(one) && guilty.has(one.statement.tree));
  for (const { statement, plan } of others) count({ statement, ratio: 1, cost: plan.cost, isNamed: true }, plain, detected);
  detected.pairs += base.length;
  detected.reading += reading.length;
}

type Bases = readonly { readonly statement: ParsedStatement; readonly plan: PlanNode; readonly reads: readonly string[] }[];

const TOLD = { statistics: ASSUMED, candidates: [] } as const;

async function basePlans(statements: readonly ParsedStatement[], session: PlannerSession, plans: RememberedPlans): Promise<Bases> {
  const whole: PlannerSession = {
    version: session.version,
    notApplied: [],
    observed: [],
    base: session.base,
    head: session.head,
    explain: (request) => plans.explain(request),
    close: async () => {},
  };
  const answers = await ask(whole, { side: "base", ...TOLD }, statements.map(plannedText));
  return statements.flatMap((statement, at) => {
    const answer = answers[at];
    if (!answer || "failed" in answer) return [];
    const reads = nodesOf(answer.plan).flatMap(({ relation }) => (relation ? [`${relation.schema}.${relation.name}`] : []));
    return [{ statement, plan: answer.plan, reads }];
  });
}

/** Drops plain indexes of a schema one by one, and compares what the rule names with the planner's costs of every query. */
export async function detect(
  session: PlannerSession,
  statements: readonly ParsedStatement[],
  most: number,
  tell: (words: string) => void,
): Promise<Detected> {
  const all = plainIndexes(session);
  const detected: Detected = {
    indexes: 0,
    all: all.length,
    pairs: 0,
    reading: 0,
    dearer: 0,
    found: 0,
    belowFloor: 0,
    between: [],
    flagged: 0,
    notable: [],
  };
  if (most === 0) return detected;
  const plans = new RememberedPlans(session);
  const base = await basePlans(statements, session, plans);
  for (const plain of spread(all, most)) {
    await judge(statements, plain, plans, base, detected);
    detected.indexes += 1;
    if (detected.indexes % 20 === 0) tell(`${detected.indexes} indexes dropped`);
  }
  return detected;
}

const HEAD = [
  "repository",
  "plain indexes",
  "dropped",
  "statements × indexes",
  "plan reads the table",
  "dearer ≥ 10 ×",
  "found",
  "missed",
  "dearer ≥ 10 ×, cost below 1,000",
  "1.5 to 3 ×",
  "3 to 10 ×",
  "dearer < 1.5 ×",
  "flagged of these",
] as const;

const WHAT =
  "Each plain index (B-tree, neither unique nor partial) is dropped alone. Truth is the planner's cost of every static query with and without it, at ten million rows a table; found is what `migrations/index-drop-in-use` names for a change that drops it.";

function rowOf(name: string, { between, dearer, found, pairs, belowFloor, ...counts }: Detected): readonly string[] {
  const unchanged = pairs - dearer - belowFloor - between.length;
  const low = between.filter((ratio) => ratio < 3).length;
  const figures = [counts.all, counts.indexes, pairs, counts.reading, dearer, found, dearer - found, belowFloor];
  return [name, ...[...figures, low, between.length - low, unchanged, counts.flagged].map(String)];
}

/** What was found of what got dearer, by repository; then, in words, what was not, or what was named wrongly. */
export function detectionTable(detected: readonly (readonly [string, Detected])[]): string {
  const rows = detected.map(([name, figures]) => rowOf(name, figures));
  const wrong = detected.flatMap(([name, { notable }]) =>
    notable.filter((words) => !words.startsWith("between")).map((words) => `- ${name}: ${words}`),
  );
  return [WHAT, table(HEAD, rows), ...(wrong.length === 0 ? [] : [wrong.slice(0, 30).join("\n")])].join("\n\n");
}
