import type { Kysely } from "kysely";
import type { GateRecords } from "./gate-types.js";
import { repositoryColumns } from "./key.js";
import type { Tables } from "./tables.js";

type Branches = Pick<GateRecords, "saveRules" | "rules" | "enrol" | "release" | "enrolled" | "recordBypass" | "bypasses">;

const branchKey = ["installation", "repository", "branch"] as const;

const enrolments = (db: Kysely<Tables>): Pick<Branches, "enrol" | "release" | "enrolled"> => ({
  async enrol(repository, branch, sha) {
    await db
      .insertInto("enrolment")
      .values({ ...repositoryColumns(repository), branch, sha })
      .onConflict((conflict) => conflict.columns(branchKey).doUpdateSet({ sha }))
      .execute();
  },
  async release(repository, branch) {
    await db
      .deleteFrom("enrolment")
      .where((eb) => eb.and({ ...repositoryColumns(repository), branch }))
      .execute();
  },
  async enrolled(repository, branch) {
    const row = await db
      .selectFrom("enrolment")
      .select("sha")
      .where((eb) => eb.and({ ...repositoryColumns(repository), branch }))
      .executeTakeFirst();
    return row?.sha ?? null;
  },
});

/** What is known of base branches, and of pull requests that went past their gate. */
export const branches = (db: Kysely<Tables>): Branches => ({
  ...enrolments(db),
  async saveRules(repository, branch, rules, at) {
    const said = { value: JSON.stringify(rules), readAt: at };
    await db
      .insertInto("branchRules")
      .values({ ...repositoryColumns(repository), branch, ...said })
      .onConflict((conflict) => conflict.columns(branchKey).doUpdateSet(said))
      .execute();
  },
  async rules(repository, branch) {
    const row = await db
      .selectFrom("branchRules")
      .select(["value", "readAt"])
      .where((eb) => eb.and({ ...repositoryColumns(repository), branch }))
      .executeTakeFirst();
    return row === undefined ? null : { ...row.value, readAt: row.readAt };
  },
  async recordBypass(repository, { number, headSha }, bypass, at) {
    await db
      .insertInto("bypass")
      .values({ ...repositoryColumns(repository), number, headSha, at, value: JSON.stringify(bypass) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
  async bypasses(repository) {
    const rows = await db
      .selectFrom("bypass")
      .select(["number", "headSha", "value"])
      .where((eb) => eb.and({ ...repositoryColumns(repository) }))
      .orderBy("at")
      .execute();
    return rows.map(({ value, ...pull }) => ({ ...pull, ...value }));
  },
});
