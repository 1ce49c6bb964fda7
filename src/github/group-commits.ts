import { z } from "zod";
import type { GroupCommit } from "../review/merge-group.js";
import { at, call, type GitHub, type RepositoryName } from "./call.js";

const PAGE = 100;
/** Pages that are looked through: a group with more commits than that is not told apart. */
const PAGES = 3;

const shape = z.object({
  total_commits: z.number(),
  commits: z.array(
    z.object({ sha: z.string(), parents: z.array(z.object({ sha: z.string() })), commit: z.object({ message: z.string() }) }),
  ),
});

/** Commits of a head that its base branch does not have. */
export interface CommitsAhead {
  readonly commits: readonly GroupCommit[];
  readonly truncated: boolean;
}

/** What a head would bring to a branch, as the branch is now: one call for up to 100 commits. @throws GitHubError */
export async function commitsAhead(github: GitHub, repository: RepositoryName, branch: string, headSha: string): Promise<CommitsAhead> {
  const commits: GroupCommit[] = [];
  for (let page = 1; page <= PAGES; page += 1) {
    const parameters = { ...at(repository), basehead: `${branch}...${headSha}`, per_page: PAGE, page };
    const read = await call(github, "GET /repos/{owner}/{repo}/compare/{basehead}", parameters, shape);
    commits.push(
      ...read.commits.map(({ sha, parents, commit }) => ({
        sha,
        parents: parents.map((parent) => parent.sha),
        subject: commit.message.slice(0, 1_000).split("\n", 1)[0] ?? "",
      })),
    );
    if (commits.length >= read.total_commits) return { commits, truncated: false };
    if (read.commits.length === 0) break;
  }
  return { commits, truncated: true };
}
