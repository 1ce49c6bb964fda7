import type { Catalogue, Index, Relation, RelationName } from "../model/catalogue.js";
import type { IndexPurpose, TableScan } from "../model/plan.js";
import { columnOf, isWhole } from "./catalogue.js";
import { type ColumnUse, columnUses } from "./column-uses.js";
import { SCANNED_ROWS } from "./plan/costs.js";
import { rootOf } from "./plan/sizes.js";
import { tableReferences } from "./table-references.js";
import { quoted, quotedTable } from "./tables.js";

/** An index that might help a statement, to be tried on the planner. */
export interface Candidate {
  readonly relation: RelationName;
  /** Its keys as SQL: `status`, `lower(email)`, `created_at DESC`. */
  readonly keys: readonly string[];
  readonly purpose: IndexPurpose;
  /** The CREATE INDEX that a person may copy: CONCURRENTLY, but for a partitioned table, which does not know it. */
  readonly sql: string;
}

const PER_STATEMENT = 8;
/** Equality columns of one statement that are tried, and those of an ORDER BY. */
const EQUALITIES = 3;
const ORDERS = 3;
const LONGEST_NAME = 63;

/** PostgreSQL has no B-tree order for these. */
const UNORDERED: ReadonlySet<string> = new Set([
  "json",
  "xml",
  "point",
  "line",
  "lseg",
  "box",
  "path",
  "polygon",
  "circle",
  "xid",
  "cid",
  "aclitem",
]);

interface Key {
  readonly column: string;
  readonly within: string | null;
  readonly direction: string;
}

const keySql = ({ column, within, direction }: Key): string =>
  `${within === null ? quoted(column) : `${within}(${quoted(column)})`}${direction === "" ? "" : ` ${direction}`}`;

/** Tables worth an index: those of which the plan reads 100,000 rows or more; partitions are indexed through their table. */
function scannedTables(scans: readonly TableScan[], catalogue: Catalogue): readonly Relation[] {
  const rows = new Map<Relation, number>();
  for (const scan of scans) {
    const known = catalogue.relations.find(({ schema, name }) => schema === scan.relation.schema && name === scan.relation.name);
    const root = known && rootOf(known, catalogue);
    if (root) rows.set(root, (rows.get(root) ?? 0) + scan.rows);
  }
  return [...rows].filter(([, count]) => count >= SCANNED_ROWS).map(([relation]) => relation);
}

const isKey = (index: Index, { column, within }: Key, place: number): boolean => {
  const key = index.keys[place];
  if (!key) return false;
  return within === null ? key.column === column : key.expression.startsWith(`${within}(`) && key.expression.includes(column);
};

/** An index is walked in both directions, so only keys of different ones make another index. */
const leads = (index: Index, keys: readonly Key[]): boolean =>
  index.method === "btree" &&
  isWhole(index) &&
  keys.every((key, place) => isKey(index, key, place)) &&
  new Set(keys.map(({ direction }, place) => direction.startsWith("DESC") === index.keys[place]?.descending)).size === 1;

/** All of one direction is one walk of a plain index, forwards or backwards. */
function asWalked(keys: readonly Key[]): readonly Key[] {
  const directions = new Set(keys.map(({ direction }) => direction));
  const plain = directions.size === 1 && ["", "DESC"].includes(keys[0]?.direction ?? "");
  return plain ? keys.map((key) => ({ ...key, direction: "" })) : keys;
}

function distinct(keys: readonly Key[]): readonly Key[] {
  return keys.filter((key, at) => keys.findIndex((other) => other.column === key.column && other.within === key.within) === at);
}

interface Shape {
  readonly keys: readonly Key[];
  readonly purpose: IndexPurpose;
}

/** Equality first, then order or range: only so does one walk of the index give what is wanted. */
function shapesOf(uses: readonly ColumnUse[]): readonly Shape[] {
  const of = (use: ColumnUse["use"], most: number): readonly Key[] => distinct(uses.filter((one) => one.use === use)).slice(0, most);
  const equalities = of("equality", EQUALITIES);
  const joins = of("join", EQUALITIES);
  const ranges = of("range", EQUALITIES);
  const order = asWalked(of("order", ORDERS));
  const predicate = (keys: readonly Key[]): Shape => ({ keys, purpose: "predicate" });
  const ordered = (keys: readonly Key[]): Shape => ({ keys, purpose: "order" });
  return [
    ...equalities.map((key) => predicate([key])),
    ...joins.map((key): Shape => ({ keys: [key], purpose: "join" })),
    ...(equalities.length > 0 && order.length > 0 ? [ordered([...equalities, ...order])] : []),
    ...(equalities.length > 1 ? [predicate(equalities)] : []),
    ...(order.length > 0 ? [ordered(order)] : []),
    ...(equalities.length > 0 ? ranges.map((range) => predicate([...equalities, range])) : []),
    ...ranges.map((range) => predicate([range])),
    ...joins.flatMap((join) => equalities.map((key): Shape => ({ keys: [join, key], purpose: "join" }))),
  ].map((shape) => ({ ...shape, keys: distinct(shape.keys) }));
}

const word = ({ column, within }: Key): string => (within === null ? column : `${within}_${column}`);

/** `orders_status_created_at_idx`, as PostgreSQL itself would call it, and free at the head. */
function nameOf(relation: Relation, keys: readonly Key[]): string {
  const base = [relation.name, ...keys.map(word)].join("_").slice(0, LONGEST_NAME - 5);
  const taken = new Set(relation.indexes.map(({ name }) => name));
  return taken.has(`${base}_idx`) ? `${base}_idx1` : `${base}_idx`;
}

function candidate(relation: Relation, { keys, purpose }: Shape): Candidate {
  const { schema, name, kind } = relation;
  const table = quotedTable({ schema: schema === "public" ? null : schema, name });
  const sqlKeys = keys.map(keySql);
  const how = kind === "partitioned" ? "" : "CONCURRENTLY ";
  const sql = `CREATE INDEX ${how}${quoted(nameOf(relation, keys))} ON ${table} (${sqlKeys.join(", ")});`;
  return { relation: { schema, name }, keys: sqlKeys, purpose, sql };
}

/** Beside an index that leads to the joined rows, one that narrows them further is not worth its writes. */
function isIndexable(relation: Relation, { keys, purpose }: Shape): boolean {
  const wanted = purpose === "join" ? keys.slice(0, 1) : keys;
  return (
    keys.every(({ column }) => !UNORDERED.has(columnOf(relation, column)?.type ?? "json")) &&
    !relation.indexes.some((index) => leads(index, wanted))
  );
}

/** The statement by which the planner is given a candidate, under its number. */
export function candidateDdl({ relation, keys }: Candidate, number: number): string {
  return `CREATE INDEX redline_candidate_${number} ON ${quotedTable(relation)} (${keys.join(", ")})`;
}

/**
 * Indexes that might help a statement of which the plan reads large tables whole: single columns, and equality
 * columns followed by an order or a range. What an existing index already leads is left out; at most eight.
 */
export function candidatesFor(tree: unknown, catalogue: Catalogue, scans: readonly TableScan[]): readonly Candidate[] {
  const tables = scannedTables(scans, catalogue).filter(({ kind }) => kind !== "view" && kind !== "foreign table");
  if (tables.length === 0) return [];
  const uses = columnUses(tree, tableReferences(tree, catalogue), tables);
  const found = tables.flatMap((relation) =>
    shapesOf(uses.filter((use) => rootOf(use.relation, catalogue) === relation))
      .filter((shape) => isIndexable(relation, shape))
      .map((shape) => candidate(relation, shape))
      .slice(0, Math.max(2, Math.floor(PER_STATEMENT / tables.length))),
  );
  return found.filter((one, at) => found.findIndex(({ sql }) => sql === one.sql) === at).slice(0, PER_STATEMENT);
}
