import { z } from "zod";
import type { ColumnStatistics, RelationStatistics } from "./statistics-file.js";

/** What PostgreSQL's catalogue can hold. */
const INTEGER = 2 ** 31 - 1;
/** Above any table there is (10 million million rows): a larger figure is a mistake. */
const ROWS = 1e13;

const whole = (most: number) => z.coerce.number().int().min(0).max(most);
const name = z.string().min(1).max(63);
const share = z.coerce.number().min(0).max(1);

const relation = z.object({
  schemaname: name,
  relname: name,
  // -1 is a partitioned table's: it has none.
  relpages: z.coerce.number().int().min(-1).max(INTEGER),
  reltuples: z.coerce.number().min(-1).max(ROWS),
  relallvisible: whole(INTEGER).default(0),
});

const column = z.object({
  schemaname: name,
  relname: name,
  attname: name.optional(),
  attnum: z.coerce.number().int().min(1).max(32).optional(),
  inherited: z.enum(["true", "false", "t", "f"]),
  null_frac: share.default(0),
  avg_width: whole(INTEGER).default(0),
  n_distinct: z.coerce.number().min(-1).max(ROWS).default(0),
  correlation: z.coerce.number().min(-1).max(1).optional(),
  most_common_vals: z.string().optional(),
  most_common_freqs: z.string().optional(),
  histogram_bounds: z.string().optional(),
});

const where = (error: z.ZodError): string => error.issues[0]?.path.join(".") ?? "";

/** A row of one of the two calls, or the argument that cannot be. */
export type Row<T> = { readonly row: T | null } | { readonly wrong: string };

/** pg_restore_relation_stats. A relation that was never analysed (-1) has no row. */
export function relationRow(pairs: ReadonlyMap<string, string>): Row<RelationStatistics> {
  const parsed = relation.safeParse(Object.fromEntries(pairs));
  if (!parsed.success) return { wrong: where(parsed.error) };
  const { schemaname: schema, relname, relpages, reltuples: rows, relallvisible } = parsed.data;
  const pages = Math.max(relpages, 0);
  return { row: rows < 0 ? null : { schema, name: relname, rows, pages, allVisible: Math.min(relallvisible, pages) } };
}

/**
 * pg_restore_attribute_stats. Frequencies count only beside their values: PostgreSQL refuses one without the other.
 * Statistics of the elements of arrays and of ranges, which pg_dump writes too, are left out.
 */
export function columnRow(pairs: ReadonlyMap<string, string>): Row<ColumnStatistics> {
  const parsed = column.safeParse(Object.fromEntries(pairs));
  if (!parsed.success) return { wrong: where(parsed.error) };
  const { attname, attnum, most_common_vals: values, most_common_freqs: frequencies, ...one } = parsed.data;
  if (attname === undefined && attnum === undefined) return { wrong: "attname" };
  return {
    row: {
      schema: one.schemaname,
      name: one.relname,
      column: attname ?? "",
      ...(attname === undefined && attnum !== undefined && { place: attnum }),
      inherited: one.inherited.startsWith("t"),
      nullFraction: one.null_frac,
      averageWidth: one.avg_width,
      distinct: one.n_distinct,
      correlation: one.correlation ?? null,
      mostCommon: values !== undefined && frequencies !== undefined ? { values, frequencies } : null,
      histogram: one.histogram_bounds ?? null,
    },
  };
}
