import type { Catalogue, RelationName } from "../../model/catalogue.js";
import type { PlanNode } from "../../model/plan.js";
import { type Text, text } from "../../model/text.js";

/** A plan is foreign like the statement it was made for: so deep, so many nodes, so long a condition, no more. */
const DEEPEST = 200;
const NODES = 2_000;
const LONGEST = 2_000;

type Raw = Readonly<Record<string, unknown>>;

const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

const word = (raw: Raw, key: string): string | null => {
  const value = raw[key];
  return typeof value === "string" ? value.slice(0, LONGEST) : null;
};

const number = (raw: Raw, key: string): number => {
  const value = raw[key];
  return typeof value === "number" && Number.isFinite(value) ? Math.max(0, value) : 0;
};

/** What a person needs of a node, in PostgreSQL's own words and the order in which EXPLAIN prints it. */
const DETAILS = [
  "CTE Name",
  "Function Name",
  "Subplans Removed",
  "Sort Key",
  "Presorted Key",
  "Group Key",
  "Hash Cond",
  "Merge Cond",
  "Join Filter",
  "Index Cond",
  "Recheck Cond",
  "TID Cond",
  "Order By",
  "Cache Key",
  "One-Time Filter",
  "Filter",
] as const;

function shownDetail(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" && value !== 0) return String(value);
  const parts = Array.isArray(value) ? value.filter((part) => typeof part === "string") : [];
  return parts.length > 0 ? parts.join(", ") : null;
}

const detailsOf = (raw: Raw): PlanNode["details"] =>
  DETAILS.flatMap((label) => {
    const value = shownDetail(raw[label]);
    return value === null ? [] : [{ label, value: value.slice(0, LONGEST) }];
  });

const STRATEGIES: ReadonlyMap<string, string> = new Map([
  ["Hashed", "Hash"],
  ["Sorted", "Group"],
  ["Mixed", "Mixed"],
]);

function joined(type: string, join: string | null): string {
  if (join === null || join === "Inner") return type;
  return type === "Nested Loop" ? `${type} ${join} Join` : type.replace(/ Join$/, ` ${join} Join`);
}

const NODE_TYPE = /^[A-Za-z ]{1,60}$/;

/** The node's name as EXPLAIN's text form has it: `Hash Left Join`, `HashAggregate`, `Update`. */
function writtenType(raw: Raw): string {
  const type = word(raw, "Node Type") ?? "";
  if (type === "ModifyTable") return word(raw, "Operation") ?? type;
  if (type === "Aggregate") return `${STRATEGIES.get(word(raw, "Strategy") ?? "") ?? ""}Aggregate`;
  if (type === "SetOp" && word(raw, "Strategy") === "Hashed") return "HashSetOp";
  const backward = word(raw, "Scan Direction") === "Backward" ? " Backward" : "";
  return `${joined(type, word(raw, "Join Type"))}${backward}`;
}

/** Node names are shown as words of ours, so they may be nothing but words. */
const typeOf = (raw: Raw): string => {
  const type = writtenType(raw);
  return NODE_TYPE.test(type) ? type : "Unknown";
};

/** Without VERBOSE a plan leaves out the schema: that of the catalogue's relation of this name, `public` first. */
function relationOf(raw: Raw, catalogue: Catalogue): RelationName | null {
  const name = word(raw, "Relation Name");
  if (name === null) return null;
  const schemas = catalogue.relations.filter((relation) => relation.name === name).map(({ schema }) => schema);
  return { schema: word(raw, "Schema") ?? (schemas.includes("public") ? "public" : (schemas[0] ?? "public")), name };
}

function nodeOf(raw: Raw, catalogue: Catalogue, depth: number, left: { nodes: number }): PlanNode | null {
  left.nodes -= 1;
  if (depth > DEEPEST || left.nodes < 0) return null;
  const plans = Array.isArray(raw.Plans) ? raw.Plans.filter(isRaw) : [];
  const children: PlanNode[] = [];
  for (const plan of plans) {
    const child = nodeOf(plan, catalogue, depth + 1, left);
    if (child === null) return null;
    children.push(child);
  }
  return {
    type: typeOf(raw),
    relation: relationOf(raw, catalogue),
    alias: word(raw, "Alias"),
    index: word(raw, "Index Name"),
    details: detailsOf(raw),
    rows: number(raw, "Plan Rows"),
    cost: number(raw, "Total Cost"),
    role: word(raw, "Subplan Name"),
    children,
  };
}

/**
 * PostgreSQL's `EXPLAIN (FORMAT JSON)`: a list with one plan. Nothing in it is trusted; one of more than 2,000
 * nodes or 200 levels is refused. Relations get the schema that the catalogue knows.
 */
export function readPlan(json: unknown, catalogue: Catalogue): { readonly plan: PlanNode } | { readonly unreadable: Text } {
  const first: unknown = Array.isArray(json) ? json[0] : json;
  const root = isRaw(first) ? first.Plan : undefined;
  if (!isRaw(root) || word(root, "Node Type") === null || typeof root["Total Cost"] !== "number") {
    return { unreadable: text`the planner's answer is no plan` };
  }
  const plan = nodeOf(root, catalogue, 0, { nodes: NODES });
  return plan ? { plan } : { unreadable: text`its plan has more than ${NODES} nodes or ${DEEPEST} levels` };
}
