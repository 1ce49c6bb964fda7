import { type Kysely, sql } from "kysely";
import type { Environment } from "../model/measurement.js";
import { numbersOf } from "./dictionary.js";
import { repositoryColumns } from "./key.js";
import { seriesOf } from "./series.js";
import type { RecordedRun, RepositoryKey } from "./store.js";
import type { Tables } from "./tables.js";

/** In a fixed order, so that equal environments are equal texts. */
const fingerprint = ({ cpu, cores, arch, os, runtime }: Environment) => ({ cpu, cores, arch, os, runtime });

/** The parallel arrays of one run, ordered by series number. */
function columnsOf(run: RecordedRun, numbers: readonly number[]) {
  const cells = run.measurements.map((measurement, index) => ({ ...measurement, series: numbers[index] ?? 0 }));
  cells.sort((a, b) => a.series - b.series);
  return {
    series: cells.map((cell) => cell.series),
    val: cells.map((cell) => cell.value),
    typical: cells.map((cell) => cell.typical ?? null),
    n: cells.map((cell) => cell.n ?? null),
  };
}

/** Writes a run whole; the same commit and time again replaces it. */
export function recordRun(db: Kysely<Tables>, repository: RepositoryKey, run: RecordedRun): Promise<void> {
  const key = { ...repositoryColumns(repository), sha: run.sha };
  return db.transaction().execute(async (transaction) => {
    const numbers = await numbersOf(transaction, "series", repository, run.measurements.map(seriesOf));
    const environments = run.environment === undefined ? [] : [fingerprint(run.environment)];
    const [environment = null] = await numbersOf(transaction, "environment", repository, environments);
    const place = transaction
      .selectFrom("commitOrder")
      .select("position")
      .where((eb) => eb.and(key));
    const written = { onDefaultBranch: run.onDefaultBranch, environment, position: place, ...columnsOf(run, numbers) };
    await transaction
      .insertInto("run")
      .values({ ...key, at: run.at, ...written })
      .onConflict((conflict) => conflict.columns(["installation", "repository", "sha", "at"]).doUpdateSet(written))
      .execute();
  });
}

/**
 * Appends commits to the known order, oldest first; a commit that is known keeps its place. Runs that were
 * recorded before their commit get their place now.
 */
export function recordCommits(db: Kysely<Tables>, repository: RepositoryKey, shas: readonly string[]): Promise<void> {
  const { installation, repository: id } = repository;
  return db.transaction().execute(async (transaction) => {
    await sql`
      insert into commit_order (installation, repository, sha)
      select ${installation}, ${id}, sha from unnest(${shas}::text[]) with ordinality as pushed(sha, place)
      order by place on conflict do nothing`.execute(transaction);
    await sql`
      update run set position = commit_order.position from commit_order
      where (run.installation, run.repository, run.sha) = (commit_order.installation, commit_order.repository, commit_order.sha)
        and run.installation = ${installation} and run.repository = ${id}
        and run.sha = any(${shas}::text[]) and run.position is null`.execute(transaction);
  });
}

/** Commits between two measured ones are few; a longer way is not one change. */
const MOST_BETWEEN = 50;

/** {@link History.between} */
export async function commitsBetween(
  db: Kysely<Tables>,
  repository: RepositoryKey,
  after: string,
  sha: string,
): Promise<readonly string[]> {
  const { installation, repository: id } = repository;
  const { rows } = await sql<{ sha: string }>`
    with place as (select sha, position from commit_order where installation = ${installation} and repository = ${id})
    select sha from place
    where position > (select position from place where sha = ${after}) and position <= (select position from place where sha = ${sha})
    order by position desc limit ${MOST_BETWEEN}`.execute(db);
  const found = rows.map((row) => row.sha).reverse();
  return found.includes(sha) ? found : [sha];
}
