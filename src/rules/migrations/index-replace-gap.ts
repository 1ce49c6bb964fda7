import type { Index, Relation } from "../../model/catalogue.js";
import { statement as copied, type Text, text } from "../../model/text.js";
import { indexNamed, isWhole, keyColumns } from "../../sql/catalogue.js";
import { type CreatedIndex, createdIndexes, type DroppedIndex, droppedIndexes } from "../../sql/indexes.js";
import { rememberedAll } from "../../sql/remembered.js";
import { isSameTable, type ParsedStatement, quoted, quotedTable, type Table, tableName } from "../../sql/tables.js";
import { type Hit, type Surroundings, statementRule } from "../statement-rule.js";

/** What is known of a dropped index: its own table and keys, or only the name that the new one has too. */
interface Gone {
  readonly dropped: DroppedIndex;
  readonly known: { readonly relation: Relation; readonly index: Index } | null;
}

const isLedAlike = (created: CreatedIndex, { known }: Gone): boolean =>
  known !== null && created.columns[0] !== null && created.columns[0] === keyColumns(known.index)[0];

/** True when the created index takes the dropped one's place: it begins with the same column, or holds all of its columns. */
function replaces(created: CreatedIndex, gone: Gone): boolean {
  if (!gone.known) return created.name === gone.dropped.name;
  const lost = keyColumns(gone.known.index);
  if (!created.table || !isSameTable(created.table, gone.known.relation) || lost.includes(null)) return false;
  return isLedAlike(created, gone) || lost.every((column) => created.columns.includes(column));
}

const createdIn = rememberedAll(createdIndexes);
const droppedIn = rememberedAll(droppedIndexes);

/** Another index that stays begins with the same column, so that queries have something to go on with. */
function isCovered({ known }: Gone, { all }: Surroundings): boolean {
  if (!known) return false;
  const lost = new Set(droppedIn(all).map(({ name }) => name));
  const lead = keyColumns(known.index)[0];
  return known.relation.indexes.some((other) => !lost.has(other.name) && isWhole(other) && keyColumns(other)[0] === lead);
}

function help(created: CreatedIndex, table: Table, { dropped }: Gone): Text {
  const isRenamed = created.name === dropped.name || created.name === null;
  const name = isRenamed ? `${dropped.name}_new` : (created.name ?? "");
  const columns = created.plain ? `(${created.columns.map((column) => quoted(column ?? "")).join(", ")})` : "…";
  const method = created.plain && created.method !== null && created.method !== "btree" ? `USING ${quoted(created.method)} ` : "";
  const full = { schema: table.schema, name };
  const form = [
    `CREATE ${created.unique ? "UNIQUE " : ""}INDEX CONCURRENTLY ${quoted(name)} ON ${quotedTable(table)} ${method}${columns};`,
    `DROP INDEX CONCURRENTLY ${quotedTable({ schema: table.schema, name: dropped.name })};`,
    ...(created.name === dropped.name ? [`ALTER INDEX ${quotedTable(full)} RENAME TO ${quoted(dropped.name)};`] : []),
  ].join(" ");
  return text`Build the new one first, each step outside a transaction: ${copied(form)}`;
}

function hit(dropped: DroppedIndex, statement: ParsedStatement, surroundings: Surroundings): readonly Hit[] {
  const gone: Gone = { dropped, known: surroundings.schema && indexNamed(surroundings.schema.base, dropped) };
  const place = surroundings.all.indexOf(statement);
  const isReplacement = (created: CreatedIndex): boolean => replaces(created, gone);
  if (!createdIn(surroundings.all).some(isReplacement)) return [];
  if (gone.known && surroundings.all.slice(0, place).flatMap(createdIndexes).some(isReplacement)) return [];
  const later = surroundings.all
    .slice(place + 1)
    .flatMap(createdIndexes)
    .filter(isReplacement);
  const created = later.find((one) => isLedAlike(one, gone)) ?? later[0];
  if (!created?.table || isCovered(gone, surroundings)) return [];
  return [
    {
      what: text`DROP INDEX ${tableName(dropped)} before CREATE INDEX${created.name === null ? [] : text` ${created.name}`} on ${tableName(created.table)} takes its place`,
      table: created.table,
      help: help(created, created.table, gone),
    },
  ];
}

/** An index dropped before the one that replaces it is built. */
export const indexReplaceGap = statementRule({
  id: "migrations/index-replace-gap",
  answers: "migrations/safe",
  files: "migration",
  dialects: ["postgresql"],
  on: ["OBJECT_INDEX"],
  severity: "warning",
  sized: true,
  effect: text`Until the new one is built queries have none; in one transaction the DROP's ACCESS EXCLUSIVE lock keeps even reads waiting for the whole build.`,
  look: (statement, surroundings) => droppedIndexes(statement).flatMap((index) => hit(index, statement, surroundings)),
});
