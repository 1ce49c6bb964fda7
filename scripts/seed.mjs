// The files of a new, empty database as one archive: a first start unpacks them instead of running initdb, which takes
// seconds and 800 MB. Made once for each version of PGlite and kept in node_modules/.cache.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "node_modules/@electric-sql/pglite/package.json"), "utf8"));
const cached = join(root, `node_modules/.cache/redline/seed-${version}-alone.tar.gz`);

async function make() {
  const database = await PGlite.create();
  // Two copies of the same catalogue that nobody opens: two thirds of the files.
  for (const statement of [
    "UPDATE pg_database SET datistemplate = false",
    "DROP DATABASE template0",
    "DROP DATABASE template1",
    "CHECKPOINT",
  ]) {
    await database.exec(statement);
  }
  const archive = await database.dumpDataDir("gzip");
  await database.close();
  mkdirSync(dirname(cached), { recursive: true });
  const temporary = `${cached}.${process.pid}`;
  writeFileSync(temporary, Buffer.from(await archive.arrayBuffer()));
  renameSync(temporary, cached);
}

export async function makeSeed(target) {
  if (!existsSync(cached)) await make();
  copyFileSync(cached, target);
}
