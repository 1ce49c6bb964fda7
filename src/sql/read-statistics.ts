import { type Text, text } from "../model/text.js";
import { isSessionSetting, plannerSetting } from "./planner-settings.js";
import { type Call, callOf, pairsOf, settingOf } from "./statistics-call.js";
import type { ColumnStatistics, RelationStatistics } from "./statistics-file.js";
import { columnRow, type Row, relationRow } from "./statistics-rows.js";

/** What a statistics file says. */
export interface ExportedStatistics {
  readonly relations: readonly RelationStatistics[];
  readonly columns: readonly ColumnStatistics[];
  readonly settings: Readonly<Record<string, string>>;
}

/** Takes the statements of a statistics file one after the other. */
export interface StatisticsReader {
  /** Null when the statement belongs into such a file, else why it does not. */
  take(tree: unknown): Text | null;
  readonly taken: ExportedStatistics;
}

/** 10,000 tables with 20 columns each. */
export const STATISTICS_ROWS = 200_000;

const OTHER = text`it is neither a call of pg_catalog.pg_restore_relation_stats or pg_catalog.pg_restore_attribute_stats with constants, nor SET of a planner setting`;

function taken<T>(row: Row<T>, call: Call, into: T[]): Text | null {
  if ("wrong" in row) return text`the argument ${row.wrong} of ${call.name} is missing or out of its range`;
  if (row.row !== null) into.push(row.row);
  return into.length > STATISTICS_ROWS ? text`it is one of more than ${STATISTICS_ROWS.toLocaleString("en-US")} rows` : null;
}

// pg_dump empties the search path of the session that reads the file.
const isSearchPath = ({ name, args }: Call): boolean => name === "pg_catalog.set_config" && args[0] === "search_path";

class Reader implements StatisticsReader {
  private readonly relations: RelationStatistics[] = [];
  private readonly columns: ColumnStatistics[] = [];
  private readonly settings = new Map<string, string>();

  take(tree: unknown): Text | null {
    const call = callOf(tree);
    if (call) return this.call(call);
    const setting = settingOf(tree);
    return setting ? this.set(setting.setting, setting.value) : OTHER;
  }

  get taken(): ExportedStatistics {
    return { relations: this.relations, columns: this.columns, settings: Object.fromEntries(this.settings) };
  }

  private call(call: Call): Text | null {
    if (isSearchPath(call)) return null;
    const pairs = pairsOf(call);
    if (pairs && call.name === "pg_catalog.pg_restore_relation_stats") return taken(relationRow(pairs), call, this.relations);
    if (pairs && call.name === "pg_catalog.pg_restore_attribute_stats") return taken(columnRow(pairs), call, this.columns);
    return OTHER;
  }

  private set(name: string, written: string): Text | null {
    if (isSessionSetting(name)) return null;
    const value = plannerSetting(name, written);
    if (value === null) return text`${name} = ${written} is no setting of the planner that such a file may hold`;
    this.settings.set(name, value);
    return null;
  }
}

/**
 * Reads the parse trees of a statistics file: calls of the two functions that restore statistics, and settings of the
 * planner. What it takes is data; nothing of the file is ever run.
 */
export const statisticsReader = (): StatisticsReader => new Reader();
