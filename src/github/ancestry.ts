import { z } from "zod";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";

const shape = z.object({ status: z.enum(["ahead", "behind", "diverged", "identical"]) });

/** Is this commit the branch's tip or one before it? A commit or a branch that is not there is not. @throws GitHubError */
export async function holdsCommit(github: GitHub, repository: RepositoryName, branch: string, sha: string): Promise<boolean> {
  const parameters = { ...at(repository), basehead: `${branch}...${sha}`, per_page: 1, page: 1 };
  try {
    const { status } = await call(github, "GET /repos/{owner}/{repo}/compare/{basehead}", parameters, shape);
    return status === "identical" || status === "behind";
  } catch (error) {
    if (failedAs(error, "not-found")) return false;
    throw error;
  }
}
