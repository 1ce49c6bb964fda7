import { z } from "zod";
import type { ChangedFile } from "../model/pull-request.js";
import { at, call, type GitHub } from "./call.js";
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

const comparison = z.object({ merge_base_commit: z.object({ sha: z.string() }), files: z.array(entry).optional() });

/** A changed file without its contents. */
export type Listed = Pick<ChangedFile, "path" | "previousPath" | "status">;

/** What differs between merge base and head. `incomplete` says why the list is not whole. */
export interface ChangedFiles {
  readonly mergeBase: string;
  readonly files: readonly Listed[];
  readonly incomplete?: string;
}

const statuses = { copied: "added", changed: "modified", unchanged: "modified" } as const;

const listedOf = ({ filename, previous_filename: previous, status }: Entry): Listed => ({
  path: filename,
  status: status === "copied" || status === "changed" || status === "unchanged" ? statuses[status] : status,
  ...(status === "renamed" && previous !== undefined && { previousPath: previous }),
});

const isNoCommonAncestor = (error: unknown): boolean =>
  failedAs(error, "not-found") && error instanceof GitHubError && /no common ancestor/i.test(error.message);

async function compare(github: GitHub, facts: PullFacts): Promise<z.infer<typeof comparison>> {
  const basehead = `${facts.base.sha}...${facts.head.sha}`;
  try {
    // Only commits are paged; the first page carries the files.
    const parameters = { ...at(facts), basehead, per_page: 1, page: 1 };
    return await call(github, "GET /repos/{owner}/{repo}/compare/{basehead}", parameters, comparison);
  } catch (error) {
    if (isNoCommonAncestor(error)) throw new NoCommonAncestorError(facts.base.sha, facts.head.sha);
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

/** The merge base and the changed files; never silently cut. @throws GitHubError, NoCommonAncestorError */
export async function readChangedFiles(github: GitHub, facts: PullFacts): Promise<ChangedFiles> {
  const compared = await compare(github, facts);
  const entries = facts.changedFiles <= COMPARE_CAP ? (compared.files ?? []) : await pullFiles(github, facts);
  const incomplete = incompleteness(facts, entries);
  return { mergeBase: compared.merge_base_commit.sha, files: entries.map(listedOf), ...(incomplete !== undefined && { incomplete }) };
}
