import type { PlanNode, Planned, SchemaChange } from "../model/plan.js";
import { join, type Text, text } from "../model/text.js";
import { columnNames } from "../sql/column-uses.js";
import { costChange, nodesOf } from "../sql/plan/costs.js";
import { isOrdered } from "../sql/query-kind.js";
import type { ParsedStatement } from "../sql/tables.js";
import { takesAway, usesChanged } from "./dependents.js";
import { type Answer, ask } from "./plan-answers.js";
import { type PlanContext, plannedOf, plannedText } from "./planned.js";

/** Costs of equal plans differ by less: 131 of 343 dropped indexes made about 1, none of the others below 10. */
const UNCHANGED = 1.5;

const usesIndex = (plan: PlanNode, name: string): boolean => nodesOf(plan).some(({ index }) => index === name);

const isIndex = ({ kind }: SchemaChange): boolean => kind === "index dropped" || kind === "index altered";
const isColumn = ({ kind }: SchemaChange): boolean => kind === "column dropped" || kind === "column altered";

/** The change that a statement meets: an index that its plan used, a column that it names, a table that it uses. */
function metBy(statement: ParsedStatement, before: PlanNode | null, changes: readonly SchemaChange[]): SchemaChange | null {
  const own = changes.filter((change) => usesChanged(statement, [change]));
  const columns = new Set(columnNames(statement.tree));
  return (
    own.find((change) => isIndex(change) && before !== null && usesIndex(before, change.name)) ??
    own.find((change) => isColumn(change) && columns.has(change.name)) ??
    own.find(({ kind }) => kind === "table dropped") ??
    own[0] ??
    null
  );
}

interface Compared {
  readonly statement: ParsedStatement;
  readonly base: Answer | undefined;
  readonly head: Answer | undefined;
}

/** One statement that the change touches; null where it makes no difference to it, or the base did not plan it. */
function dependentOf({ statement, base, head }: Compared, changes: readonly SchemaChange[], context: PlanContext): Planned | null {
  if (!base || "failed" in base || !head) return null;
  const change = metBy(statement, base.plan, changes);
  if (!change) return null;
  const about = { statement, sql: plannedText(statement), reason: "schema" as const, change, because: causeOf(change) };
  if ("failed" in head) return { ...about, state: "fails", why: head.failed };
  const used = isIndex(change) && usesIndex(base.plan, change.name);
  const { ratio } = costChange(base.plan, head.plan, isOrdered(statement.tree));
  return used || ratio >= UNCHANGED ? plannedOf({ ...about, after: head, before: base }, context) : null;
}

const causeOf = ({ kind, name, relation }: SchemaChange): Text => {
  const [noun, verb] = kind.split(" ");
  return kind === "table dropped" ? text`table ${name} dropped` : text`${[noun ?? ""]} ${name} of ${relation.name} ${[verb ?? ""]}`;
};

function summary(count: number, planned: readonly Planned[], changes: readonly SchemaChange[]): readonly Text[] {
  if (count === 0) return [];
  const causes = join(
    changes.slice(0, 3).map((change) => causeOf(change)),
    ", ",
  );
  const more = changes.length > 3 ? text` and ${changes.length - 3} more` : [];
  return [
    text`${count} unchanged statements use what the schema change touches (${causes}${more}); it makes a difference to ${planned.length}`,
  ];
}

/** Plans of unchanged statements on both schemas: of those that used what is gone, get dearer, or fail. */
export async function planDependents(
  statements: readonly ParsedStatement[],
  changes: readonly SchemaChange[],
  context: PlanContext,
): Promise<{ readonly planned: readonly Planned[]; readonly notes: readonly Text[] }> {
  const taken = changes.filter(takesAway);
  const texts = statements.map(plannedText);
  const told = { statistics: context.statistics.statistics, candidates: [] };
  const base = await ask(context.session, { side: "base", ...told }, texts);
  const head = await ask(context.session, { side: "head", ...told }, texts);
  const planned = statements.flatMap((statement, at) => dependentOf({ statement, base: base[at], head: head[at] }, taken, context) ?? []);
  return { planned, notes: summary(statements.length, planned, taken) };
}
