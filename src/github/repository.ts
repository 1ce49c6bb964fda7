import { z } from "zod";
import { at, call, type GitHub, type RepositoryName } from "./call.js";
import { failedAs } from "./errors.js";

/** Where the check is published once at installation, because GitHub lets a check be required only after it ran. */
export interface DefaultBranch {
  readonly ref: string;
  readonly sha: string;
}

const repositoryShape = z.object({ default_branch: z.string() });
const commitShape = z.object({ sha: z.string() });

/** A branch and its head. @throws GitHubError, `conflict` when the repository is empty. */
export async function branchHead(github: GitHub, repository: RepositoryName, ref: string): Promise<DefaultBranch> {
  const parameters = { ...at(repository), ref: `heads/${ref}` };
  const { sha } = await call(github, "GET /repos/{owner}/{repo}/commits/{ref}", parameters, commitShape);
  return { ref, sha };
}

/** The default branch and its head. @throws GitHubError, `conflict` when the repository is empty. */
export async function readDefaultBranch(github: GitHub, repository: RepositoryName): Promise<DefaultBranch> {
  const { default_branch: ref } = await call(github, "GET /repos/{owner}/{repo}", at(repository), repositoryShape);
  return branchHead(github, repository, ref);
}

/** The same; null where there is nothing to publish on: an empty repository, or one that is gone again. @throws GitHubError */
export async function findDefaultBranch(github: GitHub, repository: RepositoryName): Promise<DefaultBranch | null> {
  try {
    return await readDefaultBranch(github, repository);
  } catch (error) {
    if (failedAs(error, "conflict") || failedAs(error, "not-found")) return null;
    throw error;
  }
}
