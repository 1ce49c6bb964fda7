import type { Config } from "../config/config.js";
import { Instants } from "../formats/instants.js";
import type { Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import type { ExportedStatistics } from "../sql/read-statistics.js";
import type { RelationStatistics, Statistics } from "../sql/statistics-file.js";
import { readStatisticsHeader, type StatisticsHeader } from "../sql/statistics-header.js";
import { isSameTable, tableOf } from "../sql/tables.js";
import type { ParseSql, RepositoryFile } from "./sources.js";
import { readStatisticsFile } from "./statistics-text.js";

/** What the planner is told, where that comes from, and what is wrong with it. */
export interface KnownStatistics {
  readonly statistics: Statistics;
  readonly source: Text;
  readonly problems: readonly Problem[];
}

/** Tables grow: figures older than this are named as old. */
const OLD_DAYS = 90;
const DAY = 86_400;
/** 160 bytes a row: what is assumed of a table whose rows are known and whose pages are not (10,000,000 rows, 200,000 pages). */
const ROWS_PER_PAGE = 50;
const NOTHING: ExportedStatistics = { relations: [], columns: [], settings: {} };

const midnight = (day: string): number => new Instants().seconds(`${day}T00:00:00Z`);

function ageProblems({ date }: StatisticsHeader, path: string, today: string): readonly Problem[] {
  const days = date === null ? 0 : Math.floor((midnight(today) - midnight(date)) / DAY);
  if (days <= OLD_DAYS) return [];
  return [
    {
      level: "warning",
      code: "statistics-old",
      message: text`the planner statistics are ${days} days old: plans are made with the sizes of ${date ?? ""}`,
      remedy: text`export them anew with redline stats export, best once a month`,
      file: path,
    },
  ];
}

/** The configured rows of a table win over the exported ones; its pages grow with them. */
function configuredSize(relation: RelationStatistics, rows: number): RelationStatistics {
  const pages = relation.rows > 0 ? Math.ceil((relation.pages * rows) / relation.rows) : Math.ceil(rows / ROWS_PER_PAGE);
  return { ...relation, rows, pages, allVisible: Math.min(relation.allVisible, pages) };
}

function withConfigured(relations: readonly RelationStatistics[], tables: Config["database"]["tables"]): readonly RelationStatistics[] {
  const configured = Object.entries(tables).map(([written, { rows }]) => ({ table: tableOf(written), rows }));
  const known = relations.map((relation) => {
    const match = configured.find(({ table }) => isSameTable(table, relation));
    return match ? configuredSize(relation, match.rows) : relation;
  });
  const missing = configured.filter(({ table }) => !relations.some((relation) => isSameTable(table, relation)));
  const added = missing.map(({ table: { schema, name }, rows }) => ({
    schema: schema ?? "public",
    name,
    rows,
    pages: Math.ceil(rows / ROWS_PER_PAGE),
    allVisible: 0,
  }));
  return [...known, ...added];
}

const told = (exported: ExportedStatistics, { tables, assumedRows }: Config["database"]): Statistics => ({
  ...exported,
  relations: withConfigured(exported.relations, tables),
  assumedRows,
});

const assumption = ({ assumedRows }: Config["database"]): Text =>
  text`tables whose size is not known are taken for ${[assumedRows.toLocaleString("en-US")]} rows`;

function sourceOf(path: string, { date, server }: StatisticsHeader): Text {
  const from = server === null ? [] : text` from PostgreSQL ${[server]}`;
  return date === null ? text`${path}${from}, without a date` : text`${path} of ${[date]}${from}`;
}

/**
 * The planner's statistics: those of the file at the tip of the base branch, with the row counts of the configuration
 * in place of the file's. Without a file, or with one that is refused, what is not configured is assumed.
 *
 * @param today YYYY-MM-DD in UTC
 */
export async function collectStatistics(
  file: RepositoryFile,
  parseSql: ParseSql,
  { database }: Config,
  today: string,
): Promise<KnownStatistics> {
  const without = (source: Text, problems: readonly Problem[]): KnownStatistics => ({
    statistics: told(NOTHING, database),
    source: text`${source}: ${assumption(database)}`,
    problems,
  });
  if (file.unreadable !== undefined) {
    const message = text`the statistics file could not be read: ${file.unreadable}`;
    const problem = { level: "warning", code: "statistics-refused", message, file: file.path } as const;
    return without(text`${file.path} could not be read`, [problem]);
  }
  if (file.text === null) return without(text`there is no ${file.path}`, []);
  const read = await readStatisticsFile(file.path, file.text, parseSql);
  if ("refused" in read) return without(text`${file.path} is left out`, [read.refused]);
  const header = readStatisticsHeader(file.text);
  return {
    statistics: told(read.exported, database),
    source: sourceOf(file.path, header),
    problems: ageProblems(header, file.path, today),
  };
}

/** Rows by table, for rules whose severity depends on size: those of the configuration first, then the exported ones. */
export function knownRows({ relations }: Statistics, tables: Config["database"]["tables"]): Readonly<Record<string, number>> {
  const configured = Object.entries(tables).map(([table, { rows }]) => [table, rows] as const);
  const exported = relations.map(({ schema, name, rows }) => [`${schema}.${name}`, rows] as const);
  return Object.fromEntries([...configured, ...exported]);
}
