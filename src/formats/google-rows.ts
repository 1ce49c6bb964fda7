import { z } from "zod";

const word = z.string().optional().catch(undefined);
const whole = z.number().int().optional().catch(undefined);

/** One row of a Google Benchmark file: a repetition, or an aggregate over the repetitions. */
export const googleRow = z.looseObject({
  name: z.string(),
  run_name: word,
  run_type: word,
  aggregate_name: word,
  family_index: whole,
  per_family_instance_index: whole,
  repetition_index: whole,
  time_unit: word,
  error_message: word,
  skip_message: word,
});
export type GoogleRow = z.infer<typeof googleRow>;

/** The rows of one benchmark. */
export interface GoogleGroup {
  readonly name: string;
  readonly iterations: readonly GoogleRow[];
  /** Of all repetitions; the only figures with `--benchmark_report_aggregates_only`. */
  readonly median: GoogleRow | undefined;
}

const SUFFIX = /_(mean|median|stddev|cv)$/;

/** Versions before `run_type` mark an aggregate by its name alone; it counts as one only among its companions. */
function aggregateOf(row: GoogleRow, names: ReadonlySet<string>): { readonly stem: string; readonly kind: string } | undefined {
  if (row.run_type === "aggregate") return { stem: row.run_name ?? row.name.replace(SUFFIX, ""), kind: row.aggregate_name ?? "" };
  const kind = SUFFIX.exec(row.name)?.[1];
  if (row.run_type !== undefined || kind === undefined) return undefined;
  const stem = row.name.replace(SUFFIX, "");
  return ["_mean", "_median", "_stddev"].every((companion) => names.has(stem + companion)) ? { stem, kind } : undefined;
}

/** The fitted complexity and its error are no times. */
const isFit = (kind: string): boolean => kind === "BigO" || kind === "RMS";

type Building = { name: string; iterations: GoogleRow[]; median: GoogleRow | undefined };

/** Gathers the rows by benchmark, in the order of the file. */
class Groups {
  private readonly names: ReadonlySet<string>;
  private readonly groups = new Map<string, Building>();
  /** Rows of one benchmark and repetition so far: a second one is another benchmark of the same name. */
  private readonly seen = new Map<string, number>();

  constructor(rows: readonly GoogleRow[]) {
    this.names = new Set(rows.map(({ name }) => name));
  }

  take(row: GoogleRow): void {
    const aggregate = aggregateOf(row, this.names);
    if (aggregate === undefined) this.takeIteration(row);
    else if (!isFit(aggregate.kind)) this.takeAggregate(row, aggregate);
  }

  all(): readonly GoogleGroup[] {
    return [...this.groups.values()];
  }

  private takeIteration(row: GoogleRow): void {
    const name = row.run_name ?? row.name;
    const repetition = JSON.stringify([name, row.family_index, row.per_family_instance_index, row.repetition_index]);
    const times = row.repetition_index === undefined ? 0 : (this.seen.get(repetition) ?? 0);
    this.seen.set(repetition, times + 1);
    this.group(name, row, times).iterations.push(row);
  }

  private takeAggregate(row: GoogleRow, { stem, kind }: { readonly stem: string; readonly kind: string }): void {
    const group = this.group(stem, row, 0);
    if (kind === "median") group.median ??= row;
  }

  private group(name: string, { family_index, per_family_instance_index }: GoogleRow, times: number): Building {
    const key = JSON.stringify([name, family_index, per_family_instance_index, times]);
    const known = this.groups.get(key) ?? { name, iterations: [], median: undefined };
    this.groups.set(key, known);
    return known;
  }
}

/** The rows by benchmark: repetitions of one benchmark belong together, two benchmarks of one name do not. */
export function googleGroups(rows: readonly GoogleRow[]): readonly GoogleGroup[] {
  const groups = new Groups(rows);
  for (const row of rows) groups.take(row);
  return groups.all();
}
