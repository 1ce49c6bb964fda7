import { z } from "zod";
import type { ChangedFile } from "../model/pull-request.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs, GitHubError, NoCommonAncestorError } from "./errors.js";
import type { PullFacts } from "./facts.js";

/** GitHub's limits (docs: compare two commits; list pull request files): files of one comparison, a page, pages. */
const COMPARE_CAP = 300;
const PAGE = 100;
const PAGES = 30;

const entry = z.object({
  filename: z.string(),
  previous_filename: z.string().optional(),
  status: z.enum(["added", "removed", "modified", "renamed", "copied", "changed", "unchanged"]),
  contents_url: z.string().optional(),
});

type Entry = z.infer<typeof entry>;

const side = z.object({ sha: z.string() });
const comparison = z.object({ base_commit: side, merge_base_commit: side, files: z.array(entry).optional() });

/** A changed file without its contents. */
export type Listed = Pick<ChangedFile, "path" | "previousPath" | "status">;

/** What differs between merge base and head. `incomplete` says why the list is not whole. */
export interface ChangedFiles {
  readonly mergeBase: string;
  readonly files: readonly Listed[];
  readonly incomplete?: string;
}

/** Two sides as GitHub compares them. `base` is what the base was at that moment; `files` may end at {@link COMPARE_CAP}. */
export interface Compared {
  readonly base: string;
  readonly mergeBase: string;
  readonly files: readonly Listed[];
}

/** A base, by name or SHA, and a head's SHA. */
export interface Sides extends RepositoryName {
  readonly base: string;
  readonly head: string;
}

const statuses = { copied: "added", changed: "modified", unchanged: "modified" } as const;

const listedOf = ({ filename, previous_filename: previous, status }: Entry): Listed => ({
  path: filename,
  status: status === "copied" || status === "changed" || status === "unchanged" ? statuses[status] : status,
  ...(status === "renamed" && previous !== undefined && { previousPath: previous }),
});

const isNoCommonAncestor = (error: unknown): boolean =>
  failedAs(error, "not-found") && error instanceof GitHubError && /no common ancestor/i.test(error.message);

/** The merge base and what was changed since, in one call. @throws GitHubError, NoCommonAncestorError */
export async function compareSides(github: GitHub, sides: Sides): Promise<Compared> {
  try {
    // Only commits are paged; the first page carries the files.
    const parameters = { ...at(sides), basehead: `${sides.base}...${sides.head}`, per_page: 1, page: 1 };
    const read = await call(github, "GET /repos/{owner}/{repo}/compare/{basehead}", parameters, comparison);
    return { base: read.base_commit.sha, mergeBase: read.merge_base_commit.sha, files: (read.files ?? []).map(listedOf) };
  } catch (error) {
    if (isNoCommonAncestor(error)) throw new NoCommonAncestorError(sides.base, sides.head);
    throw error;
  }
}

async function pullFiles(github: GitHub, facts: PullFacts): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const parameters = { ...at(facts), pull_number: facts.number, per_page: PAGE, page };
    const listed = await call(github, "GET /repos/{owner}/{repo}/pulls/{pull_number}/files", parameters, z.array(entry));
    entries.push(...listed);
    if (listed.length < PAGE) break;
  }
  return entries;
}

const incompleteness = (facts: PullFacts, entries: readonly Entry[]): string | undefined => {
  // This list belongs to whatever the head is by now, and its addresses name that commit.
  const other = entries.some(({ contents_url: url }) => {
    const ref = url === undefined ? undefined : /[?&]ref=([0-9a-f]{40})/.exec(url)?.[1];
    return ref !== undefined && ref !== facts.head.sha;
  });
  if (other) return "the head moved while its files were listed";
  return entries.length < facts.changedFiles ? `GitHub listed ${entries.length} of ${facts.changedFiles} files` : undefined;
};

/** A comparison's own list is whole when it is below its cap and as long as GitHub says that the pull request's is. */
export const isWhole = ({ files }: Compared, changedFiles: number): boolean => files.length < COMPARE_CAP && files.length === changedFiles;

/** The changed files of a pull request that was compared; never silently cut. @throws GitHubError */
export async function wholeList(github: GitHub, facts: PullFacts, compared: Compared): Promise<ChangedFiles> {
  const { mergeBase, files } = compared;
  if (isWhole(compared, facts.changedFiles)) return { mergeBase, files };
  const entries = await pullFiles(github, facts);
  const incomplete = incompleteness(facts, entries);
  return { mergeBase, files: entries.map(listedOf), ...(incomplete !== undefined && { incomplete }) };
}
