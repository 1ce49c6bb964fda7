import type { GitHub } from "../github/call.js";
import { findChecks } from "../github/checks.js";
import { deleteComment, findOwnComments } from "../github/comments.js";
import type { Intent, KnownPull } from "../store/store.js";
import { reliableFrom } from "./create-once.js";
import type { Dependencies } from "./dependencies.js";
import { checkIdentity } from "./gate-check.js";
import { COMMENT } from "./sticky-comment.js";

interface Place {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}

/** Leaves one object. `kept`: its id is stored and nothing is doubtful; `sweep` resolves with whether another one is to be written to. */
interface Doubtful {
  isKept(): Promise<boolean>;
  sweep(): Promise<boolean>;
}

/** Of several comments of ours the oldest stays: people may have linked to it. */
const doubtfulComment = ({ github, known, dependencies }: Place, { since }: Intent): Doubtful => {
  const { publications } = dependencies.store;
  return {
    isKept: async () => ((await publications.comment(known))?.digest ?? "") !== "",
    sweep: async () => {
      const kept = await publications.comment(known);
      const found = (await findOwnComments(github, known, known.number, dependencies.appId, since)).map(({ id }) => id);
      const [first, ...others] = [...new Set([...(kept ? [kept.id] : []), ...found])].sort((one, other) => one - other);
      // Before the others go: should this end here, the one that stays is known.
      if (first !== undefined && first !== kept?.id) await publications.saveComment(known, { id: first, digest: "" });
      for (const id of others) await deleteComment(github, known, id);
      return first !== kept?.id;
    },
  };
};

/**
 * Check runs cannot be deleted and need not be: of several of one name GitHub counts the newest. So the
 * newest of ours becomes the one that is written to; the others are superseded by it, as those are whose
 * annotations changed.
 */
const doubtfulCheck = ({ github, known, dependencies }: Place, headSha: string, name: string): Doubtful => {
  const { publications } = dependencies.store;
  const of = { ...known, headSha, baseRef: name.replace(/^redline\//, "") };
  return {
    isKept: async () => ((await publications.get(known, headSha, name))?.checkDigest ?? null) !== null,
    sweep: async () => {
      const kept = await publications.get(known, headSha, name);
      const newest = (await findChecks(github, known, checkIdentity(of, dependencies.appId))).at(-1);
      if (!kept || !newest || newest.id <= (kept.checkRunId ?? 0)) return false;
      const doubted = { checkState: null, checkDigest: null, annotationsDigest: newest.annotations > 0 ? "?" : null };
      await publications.save(known, headSha, name, { ...kept, ...doubted, checkRunId: newest.id });
      return headSha === known.headSha;
    },
  };
};

const doubtful = (place: Place, object: string, intent: Intent): Doubtful => {
  const [, headSha = "", name = ""] = object.split(" ");
  return object === COMMENT ? doubtfulComment(place, intent) : doubtfulCheck(place, headSha, name);
};

async function settle(place: Place, object: string, intent: Intent): Promise<Date | null> {
  const { dependencies, known } = place;
  const one = doubtful(place, object, intent);
  // Open and nothing stored: whoever publishes next asks GitHub first.
  if (intent.state === "open" && !(await one.isKept())) return null;
  const from = reliableFrom(intent, dependencies);
  if (from > dependencies.now()) return from;
  const other = await one.sweep();
  await dependencies.store.publications.saveIntent(known, object, null);
  return other ? dependencies.now() : null;
}

/** The earlier of two times to look again. */
export const earlier = (one: Date | null, other: Date | null): Date | null => {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
};

/**
 * Looks once more at every creation of a pull request that was doubtful, as soon as GitHub's answer can be
 * relied on, and leaves one of each. Resolves with when to look again, or null.
 */
export async function sweep(known: KnownPull, dependencies: Dependencies): Promise<Date | null> {
  if (dependencies.remedies?.settle === false) return null;
  const intents = await dependencies.store.publications.intents(known);
  if (intents.size === 0) return null;
  const place = { known, dependencies, github: await dependencies.github(known.installation) };
  let again: Date | null = null;
  for (const [object, intent] of intents) again = earlier(again, await settle(place, object, intent));
  return again;
}
