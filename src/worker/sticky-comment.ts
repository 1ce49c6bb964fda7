import type { GitHub } from "../github/call.js";
import { createComment, findOwnComments, updateComment } from "../github/comments.js";
import type { KnownPull } from "../store/store.js";
import { createOnce } from "./create-once.js";
import type { Dependencies } from "./dependencies.js";
import { digest } from "./gate-check.js";

interface Place {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}

/** How the intent to create the comment is called. */
export const COMMENT = "comment";

/** What is stored of a comment from before a write until its answer: it is there, whatever it says. */
const UNKNOWN = "";

/** Of several the oldest: people may have linked to it. */
async function find({ github, known, dependencies }: Place, since: string | null): Promise<number | null> {
  return (await findOwnComments(github, known, known.number, dependencies.appId, since))[0]?.id ?? null;
}

async function update({ github, known, dependencies }: Place, id: number, body: string): Promise<boolean> {
  const { publications } = dependencies.store;
  await publications.saveComment(known, { id, digest: UNKNOWN });
  if ((await updateComment(github, known, id, body)) === "updated") return true;
  await publications.saveComment(known, null);
  return false;
}

async function create(place: Place, body: string, lost: boolean): Promise<number> {
  const { github, known, dependencies } = place;
  const { publications } = dependencies.store;
  const before = lost ? await find(place, null) : null;
  if (before !== null && (await update(place, before, body))) return before;
  const { id, adopted } = await createOnce(place, {
    object: COMMENT,
    find: ({ since }) => find(place, since),
    create: () => createComment(github, known, known.number, body),
    keep: (made) => publications.saveComment(known, { id: made, digest: UNKNOWN }),
  });
  return !adopted || (await update(place, id, body)) ? id : create(place, body, false);
}

export interface Said {
  /** Written even when it says so already. */
  readonly force: boolean;
  /** A comment may be there though none is stored: the store was lost, or the event that opened the pull request never came. */
  readonly mayExist: boolean;
}

/** Brings the one comment of the pull request to this body; no write when it says so already. */
export async function publishComment(place: Place, body: string, { force, mayExist }: Said): Promise<void> {
  const { publications } = place.dependencies.store;
  const before = await publications.comment(place.known);
  const now = digest(body);
  if (before?.digest === now && !force) return;
  const updated = before !== null && (await update(place, before.id, body));
  const id = updated ? before.id : await create(place, body, before === null && mayExist);
  await publications.saveComment(place.known, { id, digest: now });
}
