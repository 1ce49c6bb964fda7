import type { GitHub, RepositoryName } from "./call.js";

/** Everything a reconcile must know anew about a pull request. */
export interface PullFacts extends RepositoryName {
  readonly repositoryId: number;
  readonly url: string;
  readonly organization: boolean;
  /** Empty when the repository has none. */
  readonly defaultBranch: string;
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly draft: boolean;
  readonly locked: boolean;
  readonly changedFiles: number;
  /** `repositoryId` is null when the fork was deleted. */
  readonly head: { readonly sha: string; readonly repositoryId: number | null };
  /** `sha` is the tip of the base branch. */
  readonly base: { readonly ref: string; readonly sha: string };
  /** Null for a deleted account. `type` is GitHub's: `User`, `Bot`, `Mannequin`, … */
  readonly author: { readonly id: number | null; readonly login: string; readonly type: string } | null;
  readonly labels: readonly string[];
  /** At the tip of the base branch. `text` is null when there is no file, or when it is `unreadable`. */
  readonly configuration: { readonly path: string; readonly text: string | null; readonly unreadable?: string };
}

export interface PullName extends RepositoryName {
  readonly number: number;
}

/** The pull request as it is now; null when it, or its base branch, is gone. @throws GitHubError */
export async function readFacts(_github: GitHub, _pull: PullName): Promise<PullFacts | null> {
  throw new Error("not written yet");
}
