import { z } from "zod";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";

const shape = z.object({
  number: z.number(),
  head: z.object({ sha: z.string(), repo: z.object({ id: z.number() }).nullable() }),
  base: z.object({ ref: z.string() }),
});

/** An open pull request found by its head. */
export interface FoundPull {
  readonly number: number;
  readonly baseRef: string;
}

/** The commit that a run was made of, and where. */
export interface Head {
  readonly owner: string;
  readonly branch: string;
  readonly repositoryId: number;
  readonly sha: string;
}

/**
 * Open pull requests whose head is this very commit of this very repository, among the newest 100 of that
 * branch. GitHub finds by the names of owner and branch, which two forks may share; hence the comparison.
 */
export async function findPulls(github: GitHub, repository: RepositoryName, head: Head): Promise<readonly FoundPull[]> {
  const parameters = { ...at(repository), head: `${head.owner}:${head.branch}`, state: "open", per_page: 100 };
  const pulls = await call(github, "GET /repos/{owner}/{repo}/pulls", parameters, z.array(shape));
  return pulls
    .filter((pull) => pull.head.sha === head.sha && pull.head.repo?.id === head.repositoryId)
    .map(({ number, base }) => ({ number, baseRef: base.ref }));
}

const merged = z.object({ number: z.number(), merged_at: z.string().nullable(), merge_commit_sha: z.string().nullable() });

/**
 * Numbers of the pull requests whose merge ended in one of these commits, whichever way they were merged, among the
 * 100 that changed last. @throws GitHubError
 */
export async function mergedPulls(github: GitHub, repository: RepositoryName, shas: readonly string[]): Promise<readonly number[]> {
  const parameters = { ...at(repository), state: "closed", sort: "updated", direction: "desc", per_page: 100 };
  const pulls = await call(github, "GET /repos/{owner}/{repo}/pulls", parameters, z.array(merged));
  return pulls
    .filter(({ merged_at, merge_commit_sha: sha }) => merged_at !== null && sha !== null && shas.includes(sha))
    .map(({ number }) => number);
}

const standing = shape.extend({ state: z.string() });

/** What a verdict stands on. */
export interface Standing {
  readonly headSha: string;
  readonly baseRef: string;
  readonly open: boolean;
}

/** The pull request's head, base and state at this moment; null when it is gone. @throws GitHubError */
export async function readStanding(github: GitHub, repository: RepositoryName, number: number): Promise<Standing | null> {
  try {
    const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
    const { head, base, state } = await call(github, route, { ...at(repository), pull_number: number }, standing);
    return { headSha: head.sha, baseRef: base.ref, open: state === "open" };
  } catch (error) {
    if (failedAs(error, "not-found")) return null;
    throw error;
  }
}
