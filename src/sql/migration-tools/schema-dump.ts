import { matchesGlob } from "../../config/glob.js";
import { isSqlFile } from "../dialect.js";
import { isMigration } from "../migration-files.js";
import { byText } from "./order.js";
import type { RepositoryFile } from "./tool.js";

/** What pg_dump and the tools that call it begin with. */
const HEADER = /^(?:\s|--[^\n]{0,200}\n){0,40}-- PostgreSQL database dump\b/;
const NAME = /(?:^|\/)(?:structure|schema)\.sql$/i;
const ASIDE = /(?:^|\/)(?:tests?|testdata|fixtures?|e2e|examples?|samples?)\//i;

const isDump = ({ text = "" }: RepositoryFile): boolean => HEADER.test(text.slice(0, 4000));

/** The files that a configuration names as the schema, by path; a bare folder means the SQL files in it. */
export function configuredDump<File extends RepositoryFile>(files: readonly File[], glob: string): readonly File[] {
  const named = files.filter(({ path }) => matchesGlob(glob, path) || path.startsWith(`${glob.replace(/\/$/, "")}/`));
  return byText()(named.filter(({ path }) => isSqlFile(path) || path === glob));
}

/** A schema dump that nobody had to name: `structure.sql`, `schema.sql`, or what pg_dump wrote. Null when there is none. */
export function foundDump<File extends RepositoryFile>(files: readonly File[], migrations: readonly string[]): File | null {
  const candidates = files.filter((file) => isSqlFile(file.path) && !ASIDE.test(file.path) && !isMigration(file.path, migrations));
  const dumps = candidates.filter(isDump);
  const named = candidates.filter(({ path }) => NAME.test(path));
  return dumps.find(({ path }) => NAME.test(path)) ?? dumps[0] ?? named[0] ?? null;
}
