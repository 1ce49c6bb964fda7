import { isRefusal, LeaseLostError } from "../github/errors.js";
import type { Intent, KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { NotYetError } from "./not-yet-error.js";

interface Place {
  readonly known: KnownPull;
  readonly dependencies: Pick<Dependencies, "store" | "now" | "staleMs" | "remedies">;
}

/** An object of ours on GitHub that there shall be one of. */
export interface Creation {
  /** Its name within the pull request. */
  readonly object: string;
  /** The one that is there and is to be kept; null when there is none. */
  find(intent: Intent): Promise<number | null>;
  /** Sends the creation, once. */
  create(): Promise<number>;
  /** Remembers the id. */
  keep(id: number): Promise<void>;
}

export interface Created {
  readonly id: number;
  /** It was there already, and may say something else. */
  readonly adopted: boolean;
}

/** When an answer of GitHub's tells for sure what became of a creation. */
export const reliableFrom = ({ at }: Intent, { staleMs }: Pick<Dependencies, "staleMs">): Date => new Date(at.getTime() + staleMs);

async function adopt({ known, dependencies }: Place, creation: Creation, intent: Intent): Promise<number | null> {
  const { now, store } = dependencies;
  const from = reliableFrom(intent, dependencies);
  if (from > now()) throw new NotYetError(from);
  const id = await creation.find(intent);
  if (id === null) return null;
  await creation.keep(id);
  await store.publications.saveIntent(known, creation.object, { ...intent, state: "settled", at: now() });
  return id;
}

async function send({ known, dependencies }: Place, creation: Creation, before: Intent | null): Promise<number> {
  const { now, store } = dependencies;
  const since = before?.since ?? known.toldAt ?? null;
  const save = (state: Intent["state"] | null): Promise<void> =>
    store.publications.saveIntent(known, creation.object, state && { state, at: now(), since });
  await save("open");
  try {
    const id = await creation.create();
    await creation.keep(id);
    await save(before && "settled");
    return id;
  } catch (error) {
    // After a doubtful creation another one that was refused leaves the doubt. Whoever has the lease now looks at the intent.
    if (!(error instanceof LeaseLostError)) await save(isRefusal(error) && before === null ? null : "open");
    throw error;
  }
}

/**
 * Creates, at most once as far as can be known. The intent is durable before the request is sent; one that
 * is found open was sent by a process that died, or got no answer. Then GitHub is asked, but not before its
 * answer can be relied on, and what is found is adopted. What was doubtful once is looked at again later
 * ({@link file://./sweep.ts}). @throws NotYetError before that time
 */
export async function createOnce(place: Place, creation: Creation): Promise<Created> {
  const { publications } = place.dependencies.store;
  const looks = place.dependencies.remedies?.settle ?? true;
  const intent = looks ? ((await publications.intents(place.known)).get(creation.object) ?? null) : null;
  const found = intent?.state === "open" ? await adopt(place, creation, intent) : null;
  return found === null ? { id: await send(place, creation, intent), adopted: false } : { id: found, adopted: true };
}
