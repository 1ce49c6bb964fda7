import { type Kysely, sql } from "kysely";
import { column, groupedRead } from "./grouped.js";
import { repositoryColumns } from "./key.js";
import type { RepositoryKey } from "./known.js";
import type { Tables } from "./tables.js";
import type { InstallationState, Installations, KnownRepository } from "./watched.js";

/** Every event asks for its repository, most of them for the same one. */
const repositories = (db: Kysely<Tables>) =>
  groupedRead<RepositoryKey, KnownRepository | null>(async (keys) => {
    const { rows } = await sql<KnownRepository>`
      select installation, repository, owner, name, default_branch, archived from repository where (installation, repository) in (
        select * from unnest(${column(keys, "bigint", ({ installation }) => installation)}, ${column(keys, "bigint", ({ repository }) => repository)}))`.execute(
      db,
    );
    const idOf = (key: RepositoryKey): string => `${key.installation}/${key.repository}`;
    const found = new Map(rows.map((row) => [idOf(row), row]));
    return keys.map((key) => found.get(idOf(key)) ?? null);
  });

type Find = ReturnType<typeof repositories>;

const sameAs = (before: KnownRepository, { owner, name, defaultBranch, archived }: KnownRepository): boolean =>
  before.owner === owner && before.name === name && before.defaultBranch === defaultBranch && before.archived === archived;

async function observe(db: Kysely<Tables>, find: Find, seen: KnownRepository): Promise<KnownRepository | null> {
  const before = await find(seen);
  if (before !== null && sameAs(before, seen)) return before;
  const { owner, name, defaultBranch, archived } = seen;
  const facts = { owner, name, defaultBranch, archived };
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto("repository")
      .values({ ...repositoryColumns(seen), ...facts })
      .onConflict((conflict) => conflict.columns(["installation", "repository"]).doUpdateSet(facts))
      .execute();
    await transaction
      .updateTable("pull")
      .set({ owner, name })
      .where((eb) => eb.and(repositoryColumns(seen)))
      .where((eb) => eb.or([eb("owner", "!=", owner), eb("name", "!=", name)]))
      .execute();
  });
  return before;
}

async function setState(db: Kysely<Tables>, installation: number, state: InstallationState, message: string, since: Date): Promise<void> {
  const row = { state, message: message.replaceAll("\0", "").slice(0, 500), since };
  await db
    .insertInto("installation")
    .values({ installation, ...row })
    .onConflict((conflict) => conflict.column("installation").doUpdateSet(row).where("installation.state", "!=", state))
    .execute();
}

/** Whose work is parked, and what repositories are called now. */
export function installations(db: Kysely<Tables>): Installations {
  const find = repositories(db);
  return {
    async state(installation) {
      const row = await db.selectFrom("installation").select("state").where("installation", "=", installation).executeTakeFirst();
      return row?.state ?? "active";
    },
    setState: (installation, state, message, at) => setState(db, installation, state, message, at),
    repository: find,
    observe: (seen) => observe(db, find, seen),
    async park(of) {
      await db
        .updateTable("pull")
        // Whatever GitHub shows of it later is news.
        .set({ open: false, toldAt: null, updatedAt: null })
        .where((eb) => eb.and({ open: true, ...of }))
        .execute();
    },
  };
}
