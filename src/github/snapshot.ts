import type { Snapshot } from "../model/pull-request.js";
import type { GitHub } from "./call.js";
import type { PullFacts } from "./facts.js";

export interface ReadSnapshot {
  readonly snapshot: Snapshot;
  /** First parents, the merge base first; at most 20. */
  readonly ancestors: readonly string[];
}

/** What differs between merge base and head, with contents. @throws GitHubError, NoCommonAncestorError */
export async function readSnapshot(_github: GitHub, _facts: PullFacts): Promise<ReadSnapshot> {
  throw new Error("not written yet");
}
