import type { GitHub } from "../github/call.js";
import { createComment, findOwnComments, updateComment } from "../github/comments.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { digest } from "./gate-check.js";

interface Place {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}

/** Saved before a creation: when its answer is lost, the next reconcile looks for the comment first. */
const INTENT = 0;

async function create({ github, known, dependencies }: Place, body: string, lookFirst: boolean): Promise<number> {
  const own = lookFirst ? (await findOwnComments(github, known, known.number, dependencies.appId))[0] : undefined;
  if (own && (await updateComment(github, known, own.id, body)) === "updated") return own.id;
  await dependencies.store.publications.saveComment(known, { id: INTENT, digest: "" });
  return createComment(github, known, known.number, body);
}

/** Brings the one comment of the pull request to this body; no write when it says so already. */
export async function publishComment(place: Place, body: string, force: boolean): Promise<void> {
  const { github, known, dependencies } = place;
  const { publications } = dependencies.store;
  const before = await publications.comment(known);
  const now = digest(body);
  if (before?.digest === now && !force) return;
  const exists = before !== null && before.id !== INTENT;
  const updated = exists && (await updateComment(github, known, before.id, body)) === "updated";
  const id = updated ? before.id : await create(place, body, before?.id === INTENT);
  await publications.saveComment(known, { id, digest: now });
}
