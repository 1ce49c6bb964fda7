import { escapeLiteral } from "pg";
import { plannerSettings } from "../../sql/planner-settings.js";
import { statisticsHeader } from "../../sql/statistics-header.js";
import type { ColumnRow, DatabaseStatistics, RelationRow, SettingRow } from "./read.js";

export interface ScriptOptions {
  /** YYYY-MM-DD in UTC. */
  readonly date: string;
  readonly withValues: boolean;
  /** Columns of tables with fewer rows are left out. */
  readonly minRows: number;
}

export interface Script {
  readonly sql: string;
  readonly tables: number;
  readonly indexes: number;
  readonly columns: number;
  /** Tables with rows of which no column is known to the role. */
  readonly withoutColumns: readonly string[];
}

/** Values of one column above this are left out: the longest that PostgreSQL keeps are some 100 KB, a whole statement may be 64. */
const VALUES_BYTES = 12 * 1024;

// pg puts a space before E'…'.
const literal = (value: string): string => escapeLiteral(value).trim();

type Argument = readonly [name: string, value: string | number, type?: string];

const call = (name: string, args: readonly Argument[]): string => {
  const written = args.map(([key, value, type]) => `'${key}',${literal(String(value))}${type === undefined ? "" : `::${type}`}`);
  return `SELECT pg_catalog.${name}(${written.join(",")});`;
};

function settingLine({ name, setting, unit }: SettingRow): string {
  const value = unit === "8kB" ? `${Number(setting) * 8}kB` : `${setting}${unit ?? ""}`;
  return `SET ${name} = ${literal(value)};`;
}

const relationLine = ({ schema, name, pages, rows, visible }: RelationRow): string =>
  call("pg_restore_relation_stats", [
    ["schemaname", schema],
    ["relname", name],
    ["relpages", pages, "integer"],
    ["reltuples", rows, "real"],
    ["relallvisible", visible, "integer"],
  ]);

const fits = (...values: readonly (string | null)[]): boolean =>
  values.every((value) => value !== null && Buffer.byteLength(value) <= VALUES_BYTES);

function valuesOf({ values, frequencies, histogram }: ColumnRow): readonly Argument[] {
  const common: readonly Argument[] = fits(values, frequencies)
    ? [
        ["most_common_vals", values ?? "", "text"],
        ["most_common_freqs", frequencies ?? "", "real[]"],
      ]
    : [];
  return fits(histogram) ? [...common, ["histogram_bounds", histogram ?? "", "text"]] : common;
}

const columnLine = (row: ColumnRow): string =>
  call("pg_restore_attribute_stats", [
    ["schemaname", row.schema],
    ["relname", row.name],
    ["attname", row.column],
    ["inherited", String(row.inherited), "boolean"],
    ["null_frac", row.nulls, "real"],
    ["avg_width", row.width, "integer"],
    ["n_distinct", row.distinct, "real"],
    ...(row.correlation === null ? [] : ([["correlation", row.correlation, "real"]] as const)),
    ...valuesOf(row),
  ]);

const key = ({ schema }: { readonly schema: string }, name: string): string => JSON.stringify([schema, name]);

/** The statistics file of a database: the same database makes the same text. */
export function statisticsScript(database: DatabaseStatistics, { date, withValues, minRows }: ScriptOptions): Script {
  const tables = database.relations.filter((relation) => relation.is_table);
  const rowsOfTable = new Map(tables.map((table) => [key(table, table.name), Number(table.rows)]));
  const rows = new Map(
    database.relations.map((relation) => [key(relation, relation.name), rowsOfTable.get(key(relation, relation.of)) ?? 0]),
  );
  const known = database.columns.filter((column) => rows.has(key(column, column.name)));
  const columns = known.filter((column) => (rows.get(key(column, column.name)) ?? 0) >= minRows);
  const seen = new Set(known.map((column) => key(column, column.name)));
  const blind = tables.filter((table) => Number(table.rows) > 0 && !seen.has(key(table, table.name)));
  const order = (row: SettingRow): number => plannerSettings.indexOf(row.name);
  const lines = [
    statisticsHeader(database.server, date, withValues),
    ...[...database.settings].sort((a, b) => order(a) - order(b)).map(settingLine),
    ...database.relations.map(relationLine),
    ...columns.map(columnLine),
  ];
  return {
    sql: `${lines.join("\n")}\n`,
    tables: tables.length,
    indexes: database.relations.length - tables.length,
    columns: columns.length,
    withoutColumns: blind.map(({ schema, name }) => `${schema}.${name}`),
  };
}
