import type { RelationName } from "../model/catalogue.js";
import type { Planned, Plans } from "../model/plan.js";
import { plain } from "../model/text.js";
import { worstNode } from "../sql/plan/costs.js";
import { nodeText } from "../sql/plan/phrases.js";
import type { ReviewJson } from "./json-schema.js";
import { changeOf } from "./plan-sections.js";

type PlanJson = ReviewJson["plans"][number];
type Figures = Pick<PlanJson, "before" | "after" | "ratio" | "belowLimit" | "rows" | "worst" | "scans" | "index" | "tables" | "doubts">;

const NOTHING: Figures = {
  before: null,
  after: null,
  ratio: null,
  belowLimit: false,
  rows: null,
  worst: null,
  scans: [],
  index: null,
  tables: [],
  doubts: [],
};

const nameOf = ({ schema, name }: RelationName): string => `${schema}.${name}`;

function figures(planned: Planned): Figures {
  if (planned.state !== "planned") return NOTHING;
  const { before, after, proven, scans, tables, doubts } = planned;
  const change = changeOf(planned);
  return {
    before: before?.cost ?? null,
    after: after.cost,
    ratio: change?.ratio ?? null,
    belowLimit: change?.belowLimit ?? false,
    rows: after.rows,
    worst: plain(nodeText(worstNode(after))),
    scans: scans.map(({ relation, rows, index, isNew }) => ({ table: nameOf(relation), rows, index, isNew })),
    index: proven ? { sql: proven.sql, cost: proven.plan.cost } : null,
    tables: tables.map(({ relation, rows, source }) => ({ table: nameOf(relation), rows, source })),
    doubts: doubts.map(plain),
  };
}

const sentJson = ({ sent }: Planned["statement"]): PlanJson["sent"] =>
  sent ? { entry: sent.entry, times: sent.times, others: sent.others } : null;

const planJson = (planned: Planned): PlanJson => ({
  path: planned.statement.path,
  line: planned.statement.line,
  endLine: planned.statement.endLine,
  sent: sentJson(planned.statement),
  reason: planned.reason,
  because: planned.because ? plain(planned.because) : null,
  state: planned.state,
  why: planned.state === "planned" ? null : plain(planned.why),
  sql: planned.sql,
  ...figures(planned),
});

/** The plans of a review; figures are the planner's units and counts of rows, as they are. */
export function plansJson(plans: Plans | undefined): Pick<ReviewJson, "plans" | "planning"> {
  if (!plans) return { plans: [], planning: null };
  const { changed, dependents, planner, statistics, notes } = plans;
  return {
    plans: [...changed, ...dependents].map(planJson),
    planning: { planner, statistics: plain(statistics), notes: notes.map(plain) },
  };
}
