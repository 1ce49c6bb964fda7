import { readFile, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { CONFIGURATION_PATH } from "../config/file.js";
import type { Planner } from "../evidence/planner.js";
import type { ParseSql, ReadFacts, ReadSources, RepositoryFile, Sources } from "../evidence/sources.js";
import type { Tree, TreeFile } from "../evidence/tree.js";
import type { ChangedFile } from "../model/pull-request.js";
import { text } from "../model/text.js";
import { GitError, git, resolveCommit, runGit } from "./git.js";
import { readTree } from "./tree.js";

/** What `redline explain` is asked about, and what it asks with. */
export interface DeskOptions {
  /** Paths as a person wrote them, below `cwd`. */
  readonly files: readonly string[];
  readonly cwd: string;
  /** Instead of the file in the work tree: a path as written. */
  readonly statistics?: string;
  readonly parseSql: ParseSql;
  readonly readSources: ReadSources;
  readonly readFacts: ReadFacts;
  readonly planner: Planner | null;
}

/** Larger files are refused, as a review names them and does not read them. */
const MAX_BYTES = 512 * 1024;

const refused = (file: string, why: string): GitError => new GitError("usage", text`${file} ${[why]}`);

async function readable(file: string, cwd: string): Promise<string> {
  const path = resolve(cwd, file);
  const found = await stat(path).catch(() => null);
  if (!found) throw refused(file, "does not exist; name a file with SQL, or source code that holds some");
  if (!found.isFile()) throw refused(file, "is not a file; name files, such as migrations/*.sql");
  if (found.size > MAX_BYTES) throw refused(file, "is larger than 512 KB; split it");
  return readFile(path, "utf8");
}

/** The top folder of the repository; null outside of one. */
async function topLevel(cwd: string): Promise<string | null> {
  const { code, stdout } = await runGit(cwd, ["rev-parse", "--show-toplevel"]);
  return code === 0 ? stdout.toString("utf8").trim() : null;
}

/** The path below the repository's top, with `/`; as written where it lies elsewhere. */
async function pathInside(top: string | null, cwd: string, file: string): Promise<string> {
  const path = relative(top ?? cwd, await realpath(resolve(cwd, file)));
  return path.startsWith("..") ? file : path.split(sep).join("/");
}

async function workTreeFile(top: string | null, path: string): Promise<RepositoryFile> {
  const content = top === null ? null : await readFile(join(top, path), "utf8").catch(() => null);
  return { path, text: content };
}

async function given(file: string, cwd: string): Promise<RepositoryFile> {
  return { path: file, text: await readable(file, cwd) };
}

/** The committed tree, with the named files as they are on disk. */
async function treeOf(top: string | null, sha: string, named: readonly ChangedFile[], wanted: (path: string) => boolean): Promise<Tree> {
  const mine = named.filter(({ path }) => wanted(path));
  const own = mine.map(({ path, head }): TreeFile => ({ path, sha: "", ...(head !== undefined && { text: head }) }));
  if (top === null) return { files: own };
  const tree = await readTree(top, sha, wanted);
  const paths = new Set(own.map(({ path }) => path));
  return { ...tree, files: [...tree.files.filter(({ path }) => !paths.has(path)), ...own] };
}

/**
 * Sources of a review of files at the desk: each named file counts as added to what is committed, so that all its
 * statements are new. @throws GitError for files that cannot be read
 */
export async function deskSources(options: DeskOptions): Promise<Sources> {
  const { cwd, files } = options;
  const top = await topLevel(cwd);
  const named = await Promise.all(
    files.map(async (file): Promise<ChangedFile> => {
      const head = await readable(file, cwd);
      return { path: await pathInside(top, cwd, file), status: "added", head };
    }),
  );
  const sha = top === null ? "0".repeat(40) : await resolveCommit(top, "HEAD", "--head").catch(() => emptyTree(top));
  const commit = { sha };
  return {
    configuration: () => workTreeFile(top, CONFIGURATION_PATH),
    statistics: (path) => (options.statistics === undefined ? workTreeFile(top, path) : given(options.statistics, cwd)),
    snapshot: async () => ({ draft: false, base: { ref: "HEAD", ...commit }, mergeBase: commit, head: commit, files: named }),
    parseSql: options.parseSql,
    readSources: options.readSources,
    readFacts: options.readFacts,
    planner: options.planner,
    tree: async (_, wanted) => ({ status: "collected", value: await treeOf(top, sha, named, wanted) }),
    results: async () => ({ status: "absent", reason: text`explain reads no results` }),
    baseline: async () => ({ status: "absent", reason: text`explain compares no results` }),
    attestations: async () => [],
    override: async () => ({ override: null }),
  };
}

/** A repository without a commit has files on disk only. */
async function emptyTree(top: string): Promise<string> {
  return (await git(top, ["hash-object", "-t", "tree", "/dev/null"])).toString("utf8").trim();
}
