import { type Kysely, sql } from "kysely";
import { pullColumns, pullKey, repositoryColumns } from "./key.js";
import type { LeftCheck, Publications, RepositoryKey } from "./store.js";
import type { PullColumns, Tables } from "./tables.js";

interface Row extends PullColumns {
  readonly headSha: string;
  readonly checkName: string;
}

/** Nobody's: no open pull request has this head and base now, and none that was merged will. */
const isLeft = sql<boolean>`not exists (
  select 1 from pull where (pull.installation, pull.repository, pull.merge_group) = (p.installation, p.repository, '')
    and ((pull.open and pull.head_sha = p.head_sha and 'redline/' || pull.base_ref = p.check_name) or (pull.merged and pull.number = p.number)))`;

/** What was read when it was judged is not all any more, or somebody let it pass: an override ends where it is left. */
const isOvertaken = sql<boolean>`(
  p.runs < (
    select count(*) from expected_run run
    where (run.installation, run.repository, run.head_sha) = (p.installation, p.repository, p.head_sha))
  or exists (
    select 1 from override_audit given
    where (given.installation, given.repository, given.number, given.merge_group) = (p.installation, p.repository, p.number, p.merge_group)
      and given.head_sha = p.head_sha and given.status = 'granted'))`;

/** A run whose state is doubtful may be open; one without a number and with a state is another pull request's. */
const mayBeOpen = sql<boolean>`(p.check_state is null or (p.check_state = 'success' and p.check_run_id is not null))`;

const left = async (
  db: Kysely<Tables>,
  of: PullColumns | (RepositoryKey & { readonly headSha: string }),
): Promise<readonly LeftCheck[]> => {
  const rows: readonly Row[] = await db
    .selectFrom("publication as p")
    .select(["p.installation", "p.repository", "p.number", "p.mergeGroup", "p.headSha", "p.checkName"])
    .where((eb) => eb.and({ ...of, mergeGroup: "" }))
    .where(mayBeOpen)
    .where(isLeft)
    .where(isOvertaken)
    .execute();
  return rows.map(({ headSha, checkName, ...key }) => ({ key: pullKey(key), headSha, baseRef: checkName.replace(/^redline\//, "") }));
};

/** Checks on commits that nobody wants to merge now, but somebody may come back to. */
export const leftChecks = (db: Kysely<Tables>): Pick<Publications, "left" | "leftOn"> => ({
  left: (key) => left(db, pullColumns(key)),
  leftOn: (repository, headSha) => left(db, { ...repositoryColumns(repository), headSha }),
});
