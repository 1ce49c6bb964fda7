import { type Kysely, sql } from "kysely";
import { environmentDifferences } from "../evidence/environments.js";
import type { Timeline } from "../evidence/level-shifts.js";
import { isCompared } from "../evidence/series.js";
import { seriesKey } from "../model/evidence.js";
import type { Environment } from "../model/measurement.js";
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
    .select(["sha", "environment", "series", "val"])
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

type Run = Awaited<ReturnType<typeof runsBefore>>[number];

function ownRuns(db: Kysely<Tables>, repository: RepositoryKey, sha: string): Promise<readonly Run[]> {
  return db
    .selectFrom("run")
    .select(["sha", "environment", "series", "val"])
    .where((eb) => eb.and({ ...repositoryColumns(repository), sha, onDefaultBranch: true }))
    .orderBy("at", "desc")
    .execute();
}

/** Numbers of the environments that are known to be another machine. */
async function otherMachines(db: Kysely<Tables>, repository: RepositoryKey, runs: readonly Run[], machine: Environment | undefined) {
  const numbers = [...new Set(runs.flatMap((run) => run.environment ?? []))];
  if (machine === undefined || numbers.length === 0) return new Set<number>();
  const rows = await db
    .selectFrom("environment")
    .select(["id", "value"])
    .where((eb) => eb.and(repositoryColumns(repository)))
    .where((eb) => eb("id", "=", eb.fn.any(eb.val(numbers))))
    .execute();
  return new Set(rows.filter(({ value }) => environmentDifferences(value, machine).length > 0).map(({ id }) => id));
}

interface Collected {
  readonly series: Series;
  /** Newest first. */
  readonly points: { readonly sha: string; readonly value: number }[];
}

/** Points per series from runs newest first: at most `limit`, all in the unit of the newest. */
function collect(runs: readonly Run[], dictionary: ReadonlyMap<number, Series>, limit: number): ReadonlyMap<string, Collected> {
  const found = new Map<string, Collected>();
  for (const run of runs) {
    for (const [index, value] of run.val.entries()) {
      const series = dictionary.get(run.series[index] ?? 0);
      if (series === undefined) continue;
      const entry = found.get(seriesKey(series)) ?? { series, points: [] };
      found.set(seriesKey(series), entry);
      if (entry.points.length < limit && sameScale(entry.series, series)) entry.points.push({ sha: run.sha, value });
    }
  }
  return found;
}

async function collected(db: Kysely<Tables>, repository: RepositoryKey, runs: readonly Run[], limit: number, machine?: Environment) {
  const others = await otherMachines(db, repository, runs, machine);
  const same = runs.filter((run) => run.environment === null || !others.has(run.environment));
  return collect(same, await seriesByNumber(db, repository, same), limit);
}

/** {@link History.before}; empty when nothing at all is known of the commit. */
export async function earlierValues(
  db: Kysely<Tables>,
  repository: RepositoryKey,
  sha: string,
  limit: number,
  machine?: Environment,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const place = await placeOf(db, repository, sha);
  if (place.position === null && place.at === null) return new Map();
  const runs = await runsBefore(db, repository, sha, place, limit * RUNS_PER_VALUE);
  const found = await collected(db, repository, runs, limit, machine);
  return new Map([...found].map(([key, { points }]) => [key, points.map(({ value }) => value).reverse()]));
}

/** {@link History.timelines} */
export async function timelines(
  db: Kysely<Tables>,
  repository: RepositoryKey,
  sha: string,
  limit: number,
  machine?: Environment,
): Promise<readonly Timeline[]> {
  const own = await ownRuns(db, repository, sha);
  const runs = await runsBefore(db, repository, sha, await placeOf(db, repository, sha), limit * RUNS_PER_VALUE);
  const found = await collected(db, repository, [...own, ...runs], limit, machine);
  const compared = [...found.values()].filter(({ series }) => isCompared(series));
  return compared.map(({ series: { benchmark, metric, unit, better }, points }) => ({
    ...{ benchmark, metric, unit, better },
    points: points.toReversed(),
  }));
}
