import { basename, dirname, resolve } from "node:path";
import { git } from "../../../src/checkout/git.js";
import { readTree } from "../../../src/checkout/tree.js";
import type { TreeFile } from "../../../src/evidence/tree.js";
import { isSqlFile } from "../../../src/sql/dialect.js";
import { migrationFolders } from "../../../src/sql/migration-tools/folders.js";
import { chooseSet, migrationRun } from "../../../src/sql/migration-tools/migration-set.js";
import { isSchemaFile } from "../../../src/sql/migration-tools/wanted.js";

/** A file with its text. */
export interface SqlFile {
  readonly path: string;
  readonly sha: string;
  readonly sql: string;
  /** Its tool runs each statement on its own, in no transaction. */
  readonly apart?: boolean;
}

/** One repository at one commit. */
export interface Corpus {
  /** `owner/name`, as its remote or its folder says. */
  readonly name: string;
  readonly commit: string;
  readonly date: string;
  /** Path of the repository on this machine: never printed. */
  readonly folder: string;
  readonly files: readonly TreeFile[];
  /** PostgreSQL's migrations, in the order of their tool; empty when there are none. */
  readonly migrations: readonly SqlFile[];
  readonly tool: string;
}

const line = async (folder: string, ...args: readonly string[]): Promise<string> => (await git(folder, args)).toString("utf8").trim();

/** `owner/name` out of a URL, or out of a folder called `owner+name` or `owner+name/repo`. */
async function nameOf(folder: string): Promise<string> {
  const remote = await line(folder, "config", "--get", "remote.origin.url").catch(() => "");
  const [, fromRemote] = /([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(remote) ?? [];
  const own = [basename(folder), basename(dirname(folder))].find((name) => name.includes("+"));
  return own?.replace("+", "/") ?? fromRemote ?? basename(folder);
}

function withText(
  files: readonly { readonly path: string; readonly text?: string }[],
  all: ReadonlyMap<string, TreeFile>,
): readonly SqlFile[] {
  return files.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, sha: all.get(path)?.sha ?? path, sql: text }]));
}

const SOURCE = /\.(?:ts|tsx|mts|js|mjs|py|go|java|rb|rs)$/;
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|dist|build|generated|__generated__)\//;
const TESTS =
  /(?:^|\/)(?:tests?|__tests__|testdata|testing|fixtures?|e2e|examples?|mocks?)\/|\w+test\/[^/]+\.go$|[._-](?:test|spec)s?\.\w+$/;

/** What production runs, and is the repository's own: no test, no example, nothing vendored or made by a program. */
export const isProgram = (path: string): boolean => !FOREIGN.test(path) && !TESTS.test(path);

/** Source code that may hold queries that production runs. */
export const isSource = (path: string): boolean => SOURCE.test(path) && isProgram(path);

/** Reads a checkout or a bare git directory at its HEAD. @throws GitError */
export async function readCorpus(given: string): Promise<Corpus> {
  const folder = resolve(given);
  const commit = await line(folder, "rev-parse", "HEAD");
  const { files } = await readTree(folder, commit, (path) => isSchemaFile(path, []) || isSource(path) || isSqlFile(path));
  const folders = migrationFolders(files, []);
  const set = chooseSet(folders.values(), new Set(), "postgresql", "postgresql");
  const own = set ? folders.get(set.root) : undefined;
  const isApart = ({ path, sql }: SqlFile): boolean =>
    own !== undefined && migrationRun(own, { path, text: sql })?.transaction === "statement";
  const byPath = new Map(files.map((file) => [file.path, file]));
  return {
    name: await nameOf(folder),
    commit: commit.slice(0, 12),
    date: await line(folder, "log", "-1", "--format=%cs"),
    folder,
    files,
    migrations: withText(set?.files ?? [], byPath).map((file) => ({ ...file, apart: isApart(file) })),
    tool: set?.tool ?? "not known",
  };
}
