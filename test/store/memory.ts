import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { PGLITE_VERSION } from "../../src/store/embedded/format.js";
import { dialectOn } from "../../src/store/embedded/memory.js";
import { migrate, ownMigrations } from "../../src/store/migrate.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/store.js";

const migrations = new URL("../../src/store/migrations/", import.meta.url);

/** Changes whenever the seed would. */
function fingerprint(): string {
  const hash = createHash("sha256").update(PGLITE_VERSION);
  for (const name of readdirSync(migrations).sort()) hash.update(name).update(readFileSync(new URL(name, migrations)));
  return hash.digest("hex").slice(0, 16);
}

const folder = fileURLToPath(new URL("../../node_modules/.cache/redline/", import.meta.url));
const cached = () => join(folder, `store-${fingerprint()}.tar`);

async function make(): Promise<Blob> {
  const database = await PGlite.create();
  const db = new Kysely<object>({ dialect: dialectOn(database) });
  await migrate(db, await ownMigrations());
  const seed = await database.dumpDataDir("none");
  await db.destroy();
  return seed;
}

/** Renamed into place, because several test files may do this at once; seeds of other versions go. */
async function keep(seed: Blob): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (name.startsWith("store-")) rmSync(join(folder, name), { force: true });
  const temporary = join(folder, randomUUID());
  writeFileSync(temporary, Buffer.from(await seed.arrayBuffer()));
  renameSync(temporary, cached());
}

/** A migrated, empty data directory as a tar archive: made once per version of the migrations, kept in node_modules/.cache. */
export async function memorySeed(): Promise<Blob> {
  try {
    return new Blob([readFileSync(cached())]);
  } catch {
    const seed = await make();
    await keep(seed);
    return seed;
  }
}

/** An empty in-memory store, several times faster than creating one. */
export async function openMemoryStore(): Promise<Store> {
  return openStore({ dataDirectory: ":memory:", seed: await memorySeed() });
}
