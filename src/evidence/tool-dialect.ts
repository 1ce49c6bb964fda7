import type { Config } from "../config/config.js";
import { matchesGlob } from "../config/glob.js";
import type { Snapshot } from "../model/pull-request.js";
import type { Dialect } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { isToolFile, toolDialect } from "../sql/tool-dialects.js";
import { isTest } from "./path-kinds.js";
import { baseTree, type Tree } from "./tree.js";

/** What the tools' files of a repository say of its database. */
export type NamedDialect = { readonly dialect: Dialect; readonly path: string } | { readonly unclear: Text };

interface Named {
  readonly dialect: Dialect;
  readonly path: string;
}

/** Folders that tools and people put such a file in, below what it is about. */
const INNER = /(?:^|\/)(?:prisma|drizzle|migrations|meta|db|database|config|src)$/;
const EXAMPLE = /(?:^|\/)(?:examples?|samples?|demo|fixtures?|e2e|testdata)\//i;
const SHOWN = 3;

/** The folder that a file speaks for. */
function scopeOf(path: string): string {
  let folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  while (INNER.test(folder)) folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
  return folder;
}

const isBelow = (path: string, folder: string): boolean => folder === "" || path.startsWith(`${folder}/`);

const isWanted = (path: string, { paths }: Config): boolean =>
  isToolFile(path) && !EXAMPLE.test(path) && !isTest(path) && !paths.ignore.some((glob) => matchesGlob(glob, path));

/** Of several files those that speak for a changed one; the nearest, where one lies in another's folder. */
function speakingFor(named: readonly Named[], changed: readonly string[]): readonly Named[] {
  const nearest = changed.flatMap((path) => {
    const over = named.filter((one) => isBelow(path, scopeOf(one.path)));
    const depth = Math.max(...over.map((one) => scopeOf(one.path).length));
    return over.filter((one) => scopeOf(one.path).length === depth);
  });
  return nearest.length > 0 ? [...new Set(nearest)] : named;
}

/**
 * The dialect that the tools' files name at the merge base, for changed files with SQL; null where none does. What the
 * change itself says of its database counts for nothing: it would choose the rules by which it is judged.
 */
export function namedDialect(tree: Tree, snapshot: Snapshot, changed: readonly string[], config: Config): NamedDialect | null {
  const named = baseTree(tree, snapshot).files.flatMap(({ path, text: source }): readonly Named[] => {
    const dialect = source !== undefined && isWanted(path, config) ? toolDialect(path, source) : null;
    return dialect === null ? [] : [{ dialect, path }];
  });
  const speaking = speakingFor(named, changed);
  const byDialect = new Map(speaking.map((one) => [one.dialect, one]));
  const [first, ...others] = byDialect.values();
  if (!first) return null;
  if (others.length === 0) return speaking.find(({ dialect }) => dialect === first.dialect) ?? null;
  const said = [first, ...others].slice(0, SHOWN).flatMap(({ dialect, path }, at) => text`${[at > 0 ? ", " : ""]}${[dialect]} in ${path}`);
  return { unclear: said };
}
