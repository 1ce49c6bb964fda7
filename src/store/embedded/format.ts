import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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

const refuse = (directory: string, why: Text): StoreError =>
  new StoreError(
    text`The data directory ${directory} cannot be opened: ${why} Start the Redline that wrote it, or move the directory away to begin empty.`,
  );

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

function objection(version: string, found: Format | null, schemas: readonly string[]): Text | null {
  if (version !== POSTGRES_VERSION) return text`its files are of PostgreSQL ${version}, this Redline reads ${POSTGRES_VERSION}.`;
  if (found === null) return text`its redline.format.json is missing or cannot be read.`;
  if (minor(found.pglite) !== minor(PGLITE_VERSION)) return text`PGlite ${found.pglite} wrote it, this Redline has ${PGLITE_VERSION}.`;
  if (found.schema !== "" && !schemas.includes(found.schema))
    return text`its tables are at ${found.schema}, which only a newer Redline knows.`;
  return null;
}

/**
 * Looks at what is there before anything is opened, and stamps a new directory.
 * @param schemas the migrations that this program knows.
 * @throws StoreError when another PostgreSQL, PGlite or newer Redline wrote it.
 */
export function checkFormat(directory: string, schemas: readonly string[]): void {
  const versionFile = join(directory, "postgres", "PG_VERSION");
  if (!existsSync(versionFile)) {
    writeFormat(directory, "");
    return;
  }
  const why = objection(readFileSync(versionFile, "utf8").trim(), readFormat(directory), schemas);
  if (why !== null) throw refuse(directory, why);
}
