import type { Sources } from "../evidence/sources.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Snapshot } from "../model/pull-request.js";
import type { People } from "./checklist.js";
import { basisFor } from "./concerns.js";

/** Ticks, and what they are held against. Without `digest` nobody can tick, and what was ticked holds for its own head. */
export async function gatherPeople(
  sources: Pick<Sources, "attestations">,
  snapshot: Snapshot,
  { changes }: CollectedEvidence,
  digest: ((content: string) => string) | undefined,
): Promise<People> {
  const { head, author } = snapshot;
  const basisOf = digest && changes.status === "collected" ? basisFor(changes.value, snapshot, digest) : undefined;
  return { attestations: await sources.attestations(), headSha: head.sha, ...(author && { authorId: author.id }), basisOf };
}
