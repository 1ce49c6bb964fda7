import type { Planned, Plans } from "../model/plan.js";
import { capitalised, join, statement, type Text, text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { sentText } from "../sql/counted-phrases.js";
import { costChange, worstNode } from "../sql/plan/costs.js";
import { nodeText, planFigure, ratioText, sizesText } from "../sql/plan/phrases.js";
import { isOrdered } from "../sql/query-kind.js";
import { count, place } from "./phrases.js";
import { planBlock } from "./plan-tree.js";
import type { Section } from "./section.js";

type Snapshot = Review["snapshot"];
type Made = Extract<Planned, { readonly state: "planned" }>;

/** A change of cost that is worth a look; equal plans differ by less. */
const NOTED = 1.5;
/** Tables named with their sizes; each statement's own stand in the JSON. */
const SIZES = 8;

const isOrderedStatement = ({ statement: changed }: Planned): boolean => changed.state === "parsed" && isOrdered(changed.tree);

/** How a statement's cost moved; null for one that has nothing to be compared with. */
export const changeOf = (planned: Made) => (planned.before ? costChange(planned.before, planned.after, isOrderedStatement(planned)) : null);

/** What an index would save; null without one. */
const gainOf = (planned: Made): number | null =>
  planned.proven ? costChange(planned.proven.plan, planned.after, isOrderedStatement(planned)).ratio : null;

function isNoted(planned: Planned): boolean {
  if (planned.state !== "planned") return planned.state === "fails";
  const change = changeOf(planned);
  return planned.proven !== null || (change !== null && (change.ratio >= NOTED || change.ratio <= 1 / NOTED));
}

const placeOf = ({ path, line, endLine, sent }: Planned["statement"], snapshot: Snapshot): Text =>
  sent ? capitalised(sentText(sent)) : place({ path, line, endLine }, snapshot);

const where = ({ statement: planned, reason, because }: Planned, snapshot: Snapshot): Text =>
  text`${placeOf(planned, snapshot)} ${because ? text`(unchanged; ${because})` : [`(${reason})`]}`;

function costCell(planned: Made): Text {
  const change = changeOf(planned);
  if (!change) return planFigure(planned.after.cost);
  const below = change.belowLimit ? [" below LIMIT"] : [];
  return text`${planFigure(change.before)} → ${planFigure(change.after)}${below}`;
}

const ratioCell = (planned: Made): Text => {
  const change = changeOf(planned);
  return change ? ratioText(change.ratio) : ["–"];
};

/** Rows that are read beside the ones that are returned say why a node is dear. */
function worstCell(planned: Made): Text {
  const [scan] = planned.scans;
  const rows = scan ? text`, ${planFigure(scan.rows)} rows read` : [];
  return text`${nodeText(worstNode(planned.after))}${rows}`;
}

function indexCell(planned: Made): Text {
  const gain = gainOf(planned);
  if (!planned.proven || gain === null) return planned.untried ? ["not tried"] : ["–"];
  return text`${statement(planned.proven.sql)} → ${planFigure(planned.proven.plan.cost)} (${ratioText(gain)} less)`;
}

function row(planned: Planned, snapshot: Snapshot): readonly Text[] {
  if (planned.state === "planned") {
    return [where(planned, snapshot), costCell(planned), ratioCell(planned), worstCell(planned), indexCell(planned)];
  }
  return [where(planned, snapshot), ["fails"], ["–"], planned.why, ["–"]];
}

const HEADER: readonly Text[] = [["Statement"], ["Cost"], ["Ratio"], ["Where the cost comes from"], ["Index that the planner proves"]];

/** The sizes of all tables in these plans, the largest first. */
function sizes(all: readonly Planned[]): Text {
  const tables = all.flatMap((planned) => (planned.state === "planned" ? planned.tables : []));
  const byName = new Map(tables.map((table) => [JSON.stringify(table.relation), table]));
  const ranked = [...byName.values()].sort((one, other) => other.rows - one.rows);
  const more = ranked.length > SIZES ? text` and ${ranked.length - SIZES} more` : [];
  return ranked.length === 0 ? [] : text` Sizes: ${sizesText(ranked.slice(0, SIZES))}${more}.`;
}

function closing(plans: Plans, all: readonly Planned[]): Text {
  const notes = plans.notes.length === 0 ? [] : text` ${join(plans.notes, "; ")}.`;
  return text`Estimates of ${[plans.planner]}'s planner in its own units, not measurements. Statistics: ${plans.statistics}.${sizes(all)}${notes}`;
}

const unplanned = (planned: Planned, snapshot: Snapshot): readonly Text[] =>
  planned.state === "cannot-tell" ? [text`${where(planned, snapshot)} ${planned.why}`] : [];

/** Dearest change first, then the largest gain by an index. */
const urgency = (planned: Planned): number => {
  if (planned.state !== "planned") return planned.state === "fails" ? Number.POSITIVE_INFINITY : 0;
  return Math.max(changeOf(planned)?.ratio ?? 0, gainOf(planned) ?? 0);
};

/** Plans that say something, open; the others, what was not planned, and the plans themselves, folded. */
export function planSections({ plans, snapshot }: Pick<Review, "plans" | "snapshot">): readonly Section[] {
  if (!plans) return [];
  const all = [...plans.changed, ...plans.dependents];
  const noted = all.filter(isNoted).sort((one, other) => urgency(other) - urgency(one));
  const others = all.filter((planned) => planned.state === "planned" && !isNoted(planned));
  const missing = all.filter(({ state }) => state === "cannot-tell");
  return [
    { title: ["Query plans"], header: HEADER, rows: noted.map((one) => row(one, snapshot)), closing: closing(plans, all), folded: false },
    {
      title: text`${count(others.length, "query plan")} with nothing to note`,
      header: HEADER,
      rows: others.map((one) => row(one, snapshot)),
      ...(noted.length === 0 && { closing: closing(plans, all) }),
      folded: true,
    },
    {
      title: text`${count(missing.length, "statement")} without a plan`,
      header: [],
      rows: missing.map((one) => unplanned(one, snapshot)),
      folded: true,
    },
    {
      title: ["Plan trees"],
      header: [],
      rows: noted.flatMap((one) => (one.state === "planned" ? [[where(one, snapshot), ...planBlock(one)]] : [])),
      code: true,
      folded: true,
    },
  ];
}
