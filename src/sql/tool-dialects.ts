import type { Dialect } from "../model/statements.js";
import { dialectNamed } from "./dialect.js";
import { sqlcPackages } from "./migration-tools/sqlc.js";

/** A file in which a tool says which databases it talks to. */
interface ToolFile {
  readonly name: RegExp;
  /** The names as they stand there; what is no database's name counts for nothing. */
  readonly names: (text: string, path: string) => readonly string[];
}

/** Characters of a file that are looked at. */
const CHARACTERS = 64 * 1024;

// Each alternative takes what it begins with, to the end if it must: no text is read twice.
const COMMENTS = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`(?:[^`\\]|\\[\s\S])*`?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

const withoutComments = (source: string): string => source.replace(COMMENTS, (part) => (part.startsWith("/") ? " " : part));

const captured = (source: string, pattern: RegExp): readonly string[] => [...source.matchAll(pattern)].flatMap(([, name]) => name ?? []);

/** Values of a key in JavaScript, TypeScript or JSON. */
const valuesOf = (source: string, key: string): readonly string[] =>
  captured(source, new RegExp(`(?<![\\w.-])["']?${key}["']?\\s{0,20}:\\s{0,20}["'\`]([\\w-]{1,30})["'\`]`, "g"));

const valued =
  (...keys: readonly string[]) =>
  (text: string): readonly string[] => {
    const source = withoutComments(text);
    return keys.map((key) => valuesOf(source, key)).find((values) => values.length > 0) ?? [];
  };

/** Knex has one client for each environment; production's is the one that matters. */
function clients(text: string): readonly string[] {
  const source = withoutComments(text);
  const production = /(?<![\w.-])["']?production["']?\s{0,20}:/.exec(source);
  const after = production ? valuesOf(source.slice(production.index), "client").slice(0, 1) : [];
  return after.length > 0 ? after : valuesOf(source, "client");
}

const PROVIDER = /^[ \t]{0,40}provider[ \t]{0,40}=[ \t]{0,40}"(\w{1,30})"/gm;

/** A generator has a provider too, which is no database's. */
const datasources = (text: string): readonly string[] =>
  captured(text, /^[ \t]{0,40}datasource[ \t]{1,40}\w{1,60}[ \t]{0,40}\{([^}]{0,4000})\}/gm).flatMap((block) => captured(block, PROVIDER));

const TOOL_FILES: readonly ToolFile[] = [
  { name: /(?:^|\/)schema\.prisma$/, names: datasources },
  { name: /(?:^|\/)migration_lock\.toml$/, names: (text) => captured(text, PROVIDER) },
  { name: /(?:^|\/)drizzle\.config\.[cm]?[jt]s$/, names: valued("dialect", "driver") },
  { name: /(?:^|\/)meta\/_journal\.json$/, names: valued("dialect") },
  { name: /(?:^|\/)knexfile\.[cm]?[jt]s$/, names: clients },
  { name: /(?:^|\/)(?:ormconfig|data-source)\.(?:[cm]?[jt]s|json)$/, names: valued("type") },
  { name: /(?:^|\/)sqlc\.(?:ya?ml|json)$/, names: (text, path) => sqlcPackages([{ path, text }]).map(({ engine }) => engine) },
];

/** True for a file that may name its database. */
export const isToolFile = (path: string): boolean => TOOL_FILES.some(({ name }) => name.test(path));

/**
 * The dialect that a tool's own file names: of `provider` in Prisma's schema, `dialect` in Drizzle's configuration, and
 * their like. Null where it names none, several, or one that no parser of ours reads. Linear in the text's length.
 */
export function toolDialect(path: string, text: string): Dialect | null {
  const file = TOOL_FILES.find(({ name }) => name.test(path));
  const named = file?.names(text.slice(0, CHARACTERS), path).map(dialectNamed) ?? [];
  const dialects = new Set(named.filter((dialect) => dialect !== undefined));
  const [only = null] = dialects;
  return dialects.size === 1 ? only : null;
}
