import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Text, text } from "../../model/text.js";
import { StoreError } from "../store-error.js";

/** What this program writes: the version of package.json, and the PostgreSQL inside it. */
export const PGLITE_VERSION = "0.5.16";
export const POSTGRES_VERSION = "18";

const format = z.object({ pglite: z.string(), postgres: z.string(), schema: z.string() });
type Format = z.infer<typeof format>;

const stamp = (directory: string): string => join(directory, "redline.format.json");

const moving = (directory: string): Text =>
  text`To move it, run with the Redline that wrote it: redline store export ${directory} --output redline.ndjson; then mv ${directory} ${directory}.old; then with this one: redline store import redline.ndjson ${directory}`;

const refuse = (directory: string, why: Text, what: Text): StoreError =>
  new StoreError(text`The data directory ${directory} cannot be opened: ${why} ${what}`);

function readFormat(directory: string): Format | null {
  try {
    return format.parse(JSON.parse(readFileSync(stamp(directory), "utf8")));
  } catch {
    return null;
  }
}

/** Replaces the stamp as a whole, so that a crash leaves the old or the new one. `schema` is the newest migration. */
export function writeFormat(directory: string, schema: string): void {
  const written: Format = { pglite: PGLITE_VERSION, postgres: POSTGRES_VERSION, schema };
  const temporary = `${stamp(directory)}.new`;
  writeFileSync(temporary, `${JSON.stringify(written)}\n`, { flush: true });
  renameSync(temporary, stamp(directory));
  const folder = openSync(directory, "r");
  fsyncSync(folder);
  closeSync(folder);
}

const minor = (version: string): string => version.split(".").slice(0, 2).join(".");

const begins = (directory: string): Text => text`Restore a backup, or move it away to begin empty: mv ${directory} ${directory}.old`;

/** Why it cannot be opened, and what to do. */
function objection(directory: string, version: string, schemas: readonly string[]): readonly [why: Text, what: Text] | null {
  const found = readFormat(directory);
  if (version !== POSTGRES_VERSION)
    return [text`its files are of PostgreSQL ${version}, this Redline reads ${POSTGRES_VERSION}.`, moving(directory)];
  if (found === null) return [text`its redline.format.json is missing or cannot be read.`, begins(directory)];
  if (minor(found.pglite) !== minor(PGLITE_VERSION))
    return [text`PGlite ${found.pglite} wrote it, this Redline has ${PGLITE_VERSION}.`, moving(directory)];
  if (found.schema === "" || schemas.includes(found.schema)) return null;
  return [
    text`its tables are at ${found.schema}, which only a newer Redline knows.`,
    text`Start that version again, or restore a backup made before the upgrade.`,
  ];
}

const holdsFiles = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/**
 * Looks at what is there before anything is opened, and stamps a new directory.
 * @param schemas the migrations that this program knows.
 * @throws StoreError when another PostgreSQL, PGlite or newer Redline wrote it, or when it is damaged.
 */
export function checkFormat(directory: string, schemas: readonly string[]): void {
  const folder = join(directory, "postgres");
  const versionFile = join(folder, "PG_VERSION");
  if (existsSync(versionFile)) {
    const found = objection(directory, readFileSync(versionFile, "utf8").trim(), schemas);
    if (found !== null) throw refuse(directory, ...found);
    return;
  }
  // Only a start that was killed before the first table existed may begin again.
  if (holdsFiles(folder) && readFormat(directory)?.schema !== "")
    throw refuse(directory, text`${versionFile} is missing.`, begins(directory));
  writeFormat(directory, "");
}
