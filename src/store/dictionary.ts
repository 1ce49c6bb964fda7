import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { RepositoryKey } from "./store.js";
import type { Tables } from "./tables.js";

type DictionaryName = "series" | "environment";

const digestOf = (value: string): string => createHash("sha256").update(value).digest("hex");

async function known(db: Kysely<Tables>, table: DictionaryName, key: RepositoryKey, digests: readonly string[]) {
  const { rows } = await sql<{ digest: string; id: number }>`
    select digest, id from ${sql.table(table)}
    where installation = ${key.installation} and repository = ${key.repository} and digest = any(${digests}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.digest, row.id]));
}

/**
 * The numbers of these values in a repository's dictionary, in their order; new values are added.
 * Only missing values are inserted, because a conflicting insert would use up a number as well.
 */
export async function numbersOf(
  db: Kysely<Tables>,
  table: DictionaryName,
  key: RepositoryKey,
  values: readonly object[],
): Promise<readonly number[]> {
  const entries = values.map((value) => JSON.stringify(value)).map((json) => ({ json, digest: digestOf(json) }));
  const digests = entries.map((entry) => entry.digest);
  const before = await known(db, table, key, digests);
  const missing = entries.filter((entry) => !before.has(entry.digest));
  if (missing.length > 0) {
    await sql`
      insert into ${sql.table(table)} (installation, repository, digest, value)
      select ${key.installation}, ${key.repository}, digest, value::json
      from unnest(${missing.map((entry) => entry.digest)}::text[], ${missing.map((entry) => entry.json)}::text[])
        with ordinality as entry(digest, value, place)
      order by place on conflict do nothing`.execute(db);
  }
  const numbers = missing.length === 0 ? before : await known(db, table, key, digests);
  return digests.flatMap((digest) => numbers.get(digest) ?? []);
}
