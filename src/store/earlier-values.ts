import { type Kysely, sql } from "kysely";
import { seriesKey } from "../model/evidence.js";
import { repositoryColumns } from "./key.js";
import { seriesByNumber } from "./series.js";
import type { RepositoryKey } from "./store.js";
import type { Series, Tables } from "./tables.js";

/** Runs read per value wanted: several workflows measure one commit, so a series is not in every run. */
const RUNS_PER_VALUE = 4;

/** Where a commit stands: its recorded order, and the time before which runs of unknown order count as earlier. */
interface Place {
  readonly position: number | null;
  readonly at: Date | null;
}

async function placeOf(db: Kysely<Tables>, repository: RepositoryKey, sha: string): Promise<Place> {
  const key = repositoryColumns(repository);
  const commit = await db
    .selectFrom("commitOrder")
    .select("position")
    .where((eb) => eb.and({ ...key, sha }))
    .executeTakeFirst();
  const position = commit?.position ?? null;
  const run = await db
    .selectFrom("run")
    .select((eb) => eb.fn.min("at").as("at"))
    .where((eb) => eb.and(key))
    .where((eb) => (position === null ? eb("sha", "=", sha) : eb.and([eb("onDefaultBranch", "=", true), eb("position", ">=", position)])))
    .executeTakeFirst();
  return { position, at: run?.at ?? null };
}

/** Newest first. Runs whose commit's order is unknown count as oldest. */
function runsBefore(db: Kysely<Tables>, repository: RepositoryKey, sha: string, { position, at }: Place, limit: number) {
  return db
    .selectFrom("run")
    .select(["series", "val"])
    .where((eb) => eb.and({ ...repositoryColumns(repository), onDefaultBranch: true }))
    .where("sha", "<>", sha)
    .where(sql<boolean>`
      case when position is not null and ${position}::bigint is not null then position < ${position}::bigint
      else at < coalesce(${at}::timestamptz, 'infinity') end`)
    .orderBy("position", (order) => order.desc().nullsLast())
    .orderBy("at", "desc")
    .limit(limit)
    .execute();
}

const sameScale = (a: Series, b: Series): boolean => a.unit === b.unit && a.better === b.better;

/** Values per series from runs newest first: at most `limit`, oldest first, all in the unit of the newest. */
function collect(runs: Awaited<ReturnType<typeof runsBefore>>, dictionary: ReadonlyMap<number, Series>, limit: number) {
  const found = new Map<string, { readonly series: Series; readonly values: number[] }>();
  for (const run of runs) {
    for (const [index, value] of run.val.entries()) {
      const series = dictionary.get(run.series[index] ?? 0);
      if (series === undefined) continue;
      const entry = found.get(seriesKey(series)) ?? { series, values: [] };
      found.set(seriesKey(series), entry);
      if (entry.values.length < limit && sameScale(entry.series, series)) entry.values.push(value);
    }
  }
  return new Map([...found].map(([key, { values }]) => [key, values.reverse()]));
}

/** {@link History.before}; empty when nothing at all is known of the commit. */
export async function earlierValues(
  db: Kysely<Tables>,
  repository: RepositoryKey,
  sha: string,
  limit: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const place = await placeOf(db, repository, sha);
  if (place.position === null && place.at === null) return new Map();
  const runs = await runsBefore(db, repository, sha, place, limit * RUNS_PER_VALUE);
  return collect(runs, await seriesByNumber(db, repository, runs), limit);
}
