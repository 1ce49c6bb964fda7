import type { Kysely, Selectable } from "kysely";
import { seriesKey } from "../model/evidence.js";
import type { Environment, Measurement } from "../model/measurement.js";
import { repositoryColumns } from "./key.js";
import { seriesByNumber } from "./series.js";
import type { RecordedRun, RepositoryKey } from "./store.js";
import type { Series, Tables } from "./tables.js";

type Run = Selectable<Tables["run"]>;

const onDefaultBranch = (db: Kysely<Tables>, repository: RepositoryKey, shas: readonly string[]) =>
  db
    .selectFrom("run")
    .where((eb) => eb.and({ ...repositoryColumns(repository), onDefaultBranch: true }))
    .where((eb) => eb("sha", "=", eb.fn.any(eb.val(shas))));

function measurementAt(run: Run, index: number, series: Series): Measurement {
  const typical = run.typical[index];
  const n = run.n[index];
  return {
    ...series,
    value: run.val[index] ?? Number.NaN,
    ...(typical == null ? {} : { typical }),
    ...(n == null ? {} : { n }),
  };
}

function measurementsOf(run: Run, dictionary: ReadonlyMap<number, Series>): readonly Measurement[] {
  return run.series.flatMap((number, index) => {
    const series = dictionary.get(number);
    return series === undefined ? [] : [measurementAt(run, index, series)];
  });
}

async function environmentOf(db: Kysely<Tables>, repository: RepositoryKey, number: number | null): Promise<Environment | undefined> {
  if (number === null) return undefined;
  const row = await db
    .selectFrom("environment")
    .select("value")
    .where((eb) => eb.and({ ...repositoryColumns(repository), id: number }))
    .executeTakeFirst();
  return row?.value;
}

/** One commit's runs as one: several workflows measure different things, and of a repeated one the newest counts. */
async function runOf(db: Kysely<Tables>, repository: RepositoryKey, sha: string): Promise<RecordedRun | null> {
  const runs = await onDefaultBranch(db, repository, [sha]).selectAll().orderBy("at", "desc").execute();
  const [newest] = runs;
  if (newest === undefined) return null;
  const dictionary = await seriesByNumber(db, repository, runs);
  const measurements = new Map<string, Measurement>();
  for (const measurement of runs.flatMap((run) => measurementsOf(run, dictionary))) {
    const key = seriesKey(measurement);
    if (!measurements.has(key)) measurements.set(key, measurement);
  }
  const environment = await environmentOf(db, repository, newest.environment);
  const run = { sha, at: newest.at, onDefaultBranch: true, measurements: [...measurements.values()] };
  return environment === undefined ? run : { ...run, environment };
}

/** The first of these commits with a run on the default branch, and its index. */
export async function nearest(
  db: Kysely<Tables>,
  repository: RepositoryKey,
  shas: readonly string[],
): Promise<{ readonly run: RecordedRun; readonly distance: number } | null> {
  const rows = await onDefaultBranch(db, repository, shas).select("sha").distinct().execute();
  const recorded = new Set(rows.map((row) => row.sha));
  const distance = shas.findIndex((sha) => recorded.has(sha));
  const sha = shas[distance];
  const run = sha === undefined ? null : await runOf(db, repository, sha);
  return run === null ? null : { run, distance };
}
