import type { Planned, PlanReason, SchemaChange } from "../model/plan.js";
import type { Statement } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { SCANNED_ROWS } from "../sql/plan/costs.js";
import { doubtsOf, hasOpenPattern } from "../sql/plan/doubts.js";
import { scansOf } from "../sql/plan/scans.js";
import { type KnownSizes, tableSizes } from "../sql/plan/sizes.js";
import type { ParsedStatement } from "../sql/tables.js";
import type { Answer } from "./plan-answers.js";
import type { PlannerSession } from "./planner.js";
import type { KnownStatistics } from "./statistics.js";

/** What plans are made with. */
export interface PlanContext {
  readonly session: PlannerSession;
  readonly statistics: KnownStatistics;
  /** Names of the tables whose rows the configuration gives. */
  readonly configured: readonly string[];
  /** Of production's database; absent where nobody says. */
  readonly collation?: string;
  /** Why the schema of a statement's tables is not certain, by its tree. */
  readonly uncertain: (tree: unknown) => Text | null;
}

/** The text as it is planned: its parameters as `$1`. */
export const plannedText = (statement: Statement): string => statement.bound ?? statement.sql;

interface Answered {
  readonly statement: ParsedStatement;
  readonly sql: string;
  readonly reason: PlanReason;
  readonly because?: Text;
  readonly change?: SchemaChange;
  readonly after: Answer;
  readonly before: Answer | null;
}

const OPEN_PATTERN = text`its pattern is given at run time, and only then is it known whether an index serves it`;

/** One statement with its plans, or why nothing can be told about it. */
export function plannedOf({ after, before, ...about }: Answered, context: PlanContext): Planned {
  const { statement } = about;
  const { session, statistics, configured, collation } = context;
  const uncertain = context.uncertain(statement.tree);
  if (uncertain) return { ...about, state: "cannot-tell", why: uncertain };
  if ("failed" in after) return { ...about, state: "cannot-tell", why: text`PostgreSQL does not plan it: ${after.failed}` };
  const earlier = before && "plan" in before ? before.plan : null;
  const known: KnownSizes = { statistics: statistics.statistics, configured };
  const tables = tableSizes(earlier ? [after.plan, earlier] : [after.plan], session.head, known);
  const scans = scansOf(after.plan, earlier, tables, session.head);
  const isLarge = scans.some(({ rows }) => rows >= SCANNED_ROWS);
  const isOpen = isLarge && hasOpenPattern(statement.tree);
  // The same text on two schemas is the same pattern: what makes it dearer is what the schema lost.
  if (isOpen && about.reason !== "schema") return { ...about, state: "cannot-tell", why: OPEN_PATTERN };
  const doubts = [...doubtsOf(statement.tree, collation), ...(isOpen ? [OPEN_PATTERN] : [])];
  const noBefore = before && "failed" in before ? { noBefore: before.failed } : {};
  return { ...about, state: "planned", before: earlier, ...noBefore, after: after.plan, tables, scans, proven: null, doubts };
}
