import type { Kysely } from "kysely";
import type { Measurement } from "../model/measurement.js";
import { repositoryColumns } from "./key.js";
import type { RepositoryKey } from "./store.js";
import type { Series, Tables } from "./tables.js";

/** What stays the same from run to run. The fixed order makes equal series equal texts. */
export const seriesOf = ({
  benchmark,
  metric,
  statistic,
  unit,
  better,
  endpoint,
  resolution,
  deterministic,
  sourceUnit,
}: Measurement): Series => ({
  benchmark,
  metric,
  statistic,
  unit,
  better,
  ...(endpoint === undefined ? {} : { endpoint }),
  ...(resolution === undefined ? {} : { resolution }),
  ...(deterministic === undefined ? {} : { deterministic }),
  ...(sourceUnit === undefined ? {} : { sourceUnit }),
});

/** The series behind the numbers of some runs. */
export async function seriesByNumber(
  db: Kysely<Tables>,
  repository: RepositoryKey,
  runs: readonly { readonly series: readonly number[] }[],
): Promise<ReadonlyMap<number, Series>> {
  const numbers = [...new Set(runs.flatMap((run) => run.series))];
  const rows = await db
    .selectFrom("series")
    .select(["id", "value"])
    .where((eb) => eb.and(repositoryColumns(repository)))
    .where((eb) => eb("id", "=", eb.fn.any(eb.val(numbers))))
    .execute();
  return new Map(rows.map((row) => [row.id, row.value]));
}
