import { mkdirSync, writeFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { buffer } from "node:stream/consumers";
import { extract } from "tar-stream";
import { writeFormat } from "../../src/store/embedded/format.js";
import { newest, ownMigrations } from "../../src/store/migrate.js";
import { memorySeed } from "./memory.js";

/** An empty, migrated store on the disk, as one leaves it that ran before: a start on nothing takes several times as long. */
export async function plantStore(directory: string): Promise<void> {
  const archive = extract();
  archive.end(Buffer.from(await (await memorySeed()).arrayBuffer()));
  for await (const entry of archive) {
    const path = join(directory, "postgres", normalize(`/${entry.header.name}`));
    if (entry.header.type === "directory") mkdirSync(path, { recursive: true, mode: 0o700 });
    else writeFileSync(path, await buffer(entry), { mode: 0o600 });
    entry.resume();
  }
  writeFormat(directory, newest(await ownMigrations()));
}
