import type { RelationName } from "../model/catalogue.js";

export interface RelationStatistics extends RelationName {
  readonly rows: number;
  /** 8 KB pages on disk. */
  readonly pages: number;
  readonly allVisible: number;
}

/** pg_stats of one column, or of an expression index's key under the index's name. */
export interface ColumnStatistics extends RelationName {
  readonly column: string;
  /** The key of an index by its 1-based place, as pg_dump names it; then `column` is empty. */
  readonly place?: number;
  readonly inherited: boolean;
  readonly nullFraction: number;
  readonly averageWidth: number;
  /** PostgreSQL's own: negative is a share of the rows. */
  readonly distinct: number;
  readonly correlation: number | null;
  /** Array literals of values and frequencies, only where the export was asked for values. */
  readonly mostCommon: { readonly values: string; readonly frequencies: string } | null;
  readonly histogram: string | null;
}

/** What the planner is told about production. What is missing here is assumed (see {@link Statistics.assumedRows}). */
export interface Statistics {
  readonly relations: readonly RelationStatistics[];
  readonly columns: readonly ColumnStatistics[];
  /** Planner settings by name, only those of the allow-list. */
  readonly settings: Readonly<Record<string, string>>;
  /** Rows of a table that nothing is known of. */
  readonly assumedRows: number;
}
