import type { Catalogue, Relation, RelationName } from "../../model/catalogue.js";
import type { PlanNode, TableSize } from "../../model/plan.js";
import type { Statistics } from "../statistics-file.js";
import { includesTable } from "../tables.js";
import { nodesOf } from "./costs.js";

/** What is known of sizes: the statistics, and the names of tables whose rows the configuration gives. */
export interface KnownSizes {
  readonly statistics: Statistics;
  readonly configured: readonly string[];
}

const isSame = (one: RelationName, other: RelationName): boolean => one.schema === other.schema && one.name === other.name;

/** The table itself, or the topmost one that it is a partition of. */
export function rootOf(relation: Relation, catalogue: Catalogue): Relation {
  const parent = relation.partitionOf;
  const found = parent && catalogue.relations.find((one) => isSame(one, parent));
  return found && found !== relation ? rootOf(found, catalogue) : relation;
}

/** Nobody counts a partition alone: it is taken for an even share of its table. */
function sizeOf(relation: RelationName, catalogue: Catalogue, { statistics, configured }: KnownSizes): TableSize {
  const known = catalogue.relations.find((one) => isSame(one, relation));
  const root = known ? rootOf(known, catalogue) : relation;
  const told = (table: RelationName): number | undefined => statistics.relations.find((one) => isSame(one, table))?.rows;
  const isPartition = known?.kind === "table" && !isSame(root, relation);
  const leaves = isPartition ? catalogue.relations.filter((one) => one.kind === "table" && isSame(rootOf(one, catalogue), root)).length : 1;
  const own = told(relation);
  const whole = told(root);
  const source = [relation, root].some((table) => includesTable(configured, table)) ? "configured" : "exported";
  return {
    relation: { schema: relation.schema, name: relation.name },
    rows: own ?? Math.ceil((whole ?? statistics.assumedRows) / Math.max(1, leaves)),
    source: own === undefined && whole === undefined ? "assumed" : source,
  };
}

/** The sizes that the planner was given of every table in these plans, in the order of their names. */
export function tableSizes(plans: readonly PlanNode[], catalogue: Catalogue, known: KnownSizes): readonly TableSize[] {
  const relations = plans.flatMap(nodesOf).flatMap(({ relation }) => relation ?? []);
  const once = relations.filter((relation, at) => relations.findIndex((other) => isSame(other, relation)) === at);
  return once
    .map((relation) => sizeOf(relation, catalogue, known))
    .sort((one, other) => one.relation.name.localeCompare(other.relation.name));
}
