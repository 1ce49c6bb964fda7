import type { Catalogue, RelationName } from "../../model/catalogue.js";
import type { PlanNode, TableScan, TableSize } from "../../model/plan.js";
import { nodesOf, worstNode } from "./costs.js";

const isSame = (one: RelationName, other: RelationName): boolean => one.schema === other.schema && one.name === other.name;

const rowsOf = (relation: RelationName, tables: readonly TableSize[]): number =>
  tables.find((table) => isSame(table.relation, relation))?.rows ?? 0;

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/gu;

/** Whether a condition as PostgreSQL shows it names the column. */
const names = (condition: string, column: string): boolean =>
  [...condition.matchAll(WORD)].some(([word]) => word === column) || condition.includes(`"${column.replaceAll('"', '""')}"`);

/**
 * An index is read from end to end without a condition, or with one that leaves out its first key: PostgreSQL 18
 * then skips from key to key and still calls it an Index Scan.
 */
function readsWholeIndex(index: string, condition: string | null, catalogue: Catalogue): boolean {
  if (condition === null) return true;
  const known = catalogue.relations.flatMap((relation) => relation.indexes).find(({ name }) => name === index);
  const lead = known?.method === "btree" ? known.keys[0]?.column : null;
  return typeof lead === "string" && !names(condition, lead);
}

const conditionOf = (node: PlanNode): string | null => node.details.find(({ label }) => label === "Index Cond")?.value ?? null;

/** The index whose every entry this node reads, the table itself (""), or null when it reads a part. */
function readWhole(node: PlanNode, catalogue: Catalogue): string | null {
  if (node.type === "Seq Scan") return "";
  const bitmap = node.type === "Bitmap Heap Scan" ? node.children[0] : node;
  if (!bitmap?.index || bitmap.type === "BitmapAnd" || bitmap.type === "BitmapOr") return null;
  return readsWholeIndex(bitmap.index, conditionOf(bitmap), catalogue) ? bitmap.index : null;
}

function wholeReads(plan: PlanNode, catalogue: Catalogue): readonly { readonly relation: RelationName; readonly index: string | null }[] {
  return nodesOf(plan).flatMap((node) => {
    const read = node.relation ? readWhole(node, catalogue) : null;
    return node.relation && read !== null ? [{ relation: node.relation, index: read === "" ? null : read }] : [];
  });
}

/** Tables that a plan reads whole, each once, the largest first; `before` tells which of these are new. */
export function scansOf(plan: PlanNode, before: PlanNode | null, tables: readonly TableSize[], catalogue: Catalogue): readonly TableScan[] {
  const earlier = before ? wholeReads(before, catalogue) : [];
  const found = wholeReads(plan, catalogue);
  const once = found.filter((scan, at) => found.findIndex((other) => isSame(other.relation, scan.relation)) === at);
  return once
    .map((scan) => ({
      ...scan,
      rows: rowsOf(scan.relation, tables),
      isNew: !earlier.some((other) => isSame(other.relation, scan.relation)),
    }))
    .sort((one, other) => other.rows - one.rows);
}

const firstRelation = (node: PlanNode): RelationName | null => nodesOf(node).find(({ relation }) => relation !== null)?.relation ?? null;

/** The table that a plan's cost comes from: that of its worst node, or the first one below it. */
export function drivingTable(plan: PlanNode): RelationName | null {
  return firstRelation(worstNode(plan)) ?? firstRelation(plan);
}

/** The size that plans were made with. */
export const sizeOf = (relation: RelationName | null, tables: readonly TableSize[]): TableSize | null =>
  relation ? (tables.find((table) => isSame(table.relation, relation)) ?? null) : null;
