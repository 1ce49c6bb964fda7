import { statement as copied, type Text, text } from "../../model/text.js";
import { indexNamed, keyColumns, partitionsOf, relationOf } from "../../sql/catalogue.js";
import { type CreatedIndex, createdIndexes } from "../../sql/indexes.js";
import { type ParsedStatement, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

const rest = text` What follows the table stays as it is.`;
const alone = text` It cannot run in a transaction: give it a file of its own that the migration tool does not wrap in one.`;

/** The index written anew. What cannot be written anew in full is left out in full: half of it would be another index. */
function written(index: CreatedIndex, words: string, table: string, name = index.name): string {
  const columns = index.columns.map((column) => (column === null ? "…" : quoted(column))).join(", ");
  const method = index.method === null || index.method === "btree" ? "" : `USING ${quoted(index.method)} `;
  const target = `${table} ${index.plain ? `${method}(${columns})` : "…"}`;
  return `CREATE ${index.unique ? "UNIQUE " : ""}INDEX${words}${name === null ? "" : ` ${quoted(name)}`} ON ${target}`;
}

function onlineHelp(index: CreatedIndex, table: Table, { dialect }: ParsedStatement): Text {
  const form =
    dialect === "postgresql"
      ? `${written(index, " CONCURRENTLY", quotedTable(table))};`
      : `${written(index, "", quotedTable(table))} WITH (ONLINE = ON);`;
  return text`Build it while writes go on: ${copied(form)}${index.plain ? [] : rest}${dialect === "postgresql" ? alone : []}`;
}

/** CONCURRENTLY is refused on the parent of partitions. */
function partitionedHelp(index: CreatedIndex, table: Table): Text {
  const name = index.name ?? `${table.name}_idx`;
  const part = { ...table, name: `${table.name}_1` };
  const form = [
    `${written(index, "", `ONLY ${quotedTable(table)}`, name)};`,
    `${written(index, " CONCURRENTLY", quotedTable(part), `${name}_1`)};`,
    `ALTER INDEX ${quotedTable({ ...table, name })} ATTACH PARTITION ${quotedTable({ ...table, name: `${name}_1` })};`,
  ].join(" ");
  return text`Create it on the parent only, on each partition while writes go on, and attach those: ${copied(form)}${index.plain ? [] : rest}`;
}

/** Every partition that migrations create has an index of the same keys, which the parent's takes over. */
function isBuiltOnPartitions(index: CreatedIndex, table: Table, { schema }: Surroundings): boolean {
  const parent = schema && relationOf(schema.base, table);
  if (!schema || parent?.kind !== "partitioned" || index.columns.includes(null)) return false;
  const partitions = partitionsOf(schema.base, parent).filter(({ kind }) => kind === "table");
  const has = (columns: readonly (string | null)[]): boolean => columns.join("\0") === index.columns.join("\0");
  return partitions.length > 0 && partitions.every(({ indexes }) => indexes.some((one) => has(keyColumns(one))));
}

function stands({ name, ifNotExists }: CreatedIndex, table: Table, { schema }: Surroundings): boolean {
  return ifNotExists && name !== null && schema !== null && indexNamed(schema.base, { schema: table.schema, name }) !== null;
}

function hit(index: CreatedIndex, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const { table } = index;
  if (!table || index.online || index.onlyParent) return [];
  if (stands(index, table, surroundings) || isBuiltOnPartitions(index, table, surroundings)) return [];
  const known = surroundings.schema && relationOf(surroundings.schema.base, table);
  return [
    {
      what: text`CREATE INDEX${index.name === null ? [] : text` ${index.name}`} on ${tableName(table)} blocks writes`,
      table,
      claims: { lock: "SHARE", scan: true },
      help: known?.kind === "partitioned" ? partitionedHelp(index, table) : onlineHelp(index, table, statement),
    },
  ];
}

/** An index built with its table locked against writes. */
export const indexCreateBlocking = statementRule({
  id: "migrations/index-create-blocking",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql", "transactsql"],
  on: ["IndexStmt"],
  severity: "warning",
  sized: true,
  effect: text`The build holds a lock (SHARE in PostgreSQL) on the table from its first row to its last: every INSERT, UPDATE and DELETE waits.`,
  look: (statement, surroundings) => createdIndexes(statement).flatMap((index) => hit(index, statement, surroundings)),
});
