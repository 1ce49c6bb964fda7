import { closeSync, createReadStream, createWriteStream, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";

/** A new database's files, made by scripts/build.mjs: unpacking takes a tenth of the time and memory of making them. */
const SEED = new URL("../../../dist/store/seed.tar.gz", import.meta.url);

async function unpack(seed: URL, directory: string): Promise<void> {
  const archive = extract();
  const flowing = pipeline(createReadStream(seed), createGunzip(), archive);
  for await (const entry of archive) {
    const path = join(directory, normalize(`/${entry.header.name}`));
    if (entry.header.type === "directory") mkdirSync(path, { recursive: true, mode: 0o700 });
    else await pipeline(entry, createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }));
    entry.resume();
  }
  await flowing;
}

function syncFolder(directory: string): void {
  const folder = openSync(directory, "r");
  fsyncSync(folder);
  closeSync(folder);
}

/**
 * Makes a new database out of the seed, as a whole or not at all. Without a seed nothing happens: PostgreSQL then
 * makes the files itself.
 * @returns whether it did.
 */
export async function plant(directory: string, seed: URL = SEED): Promise<boolean> {
  const database = join(directory, "postgres");
  if (existsSync(join(database, "PG_VERSION")) || !existsSync(seed)) return false;
  const growing = `${database}.new`;
  for (const left of [growing, database]) rmSync(left, { recursive: true, force: true });
  await unpack(seed, growing);
  renameSync(growing, database);
  syncFolder(directory);
  return true;
}
