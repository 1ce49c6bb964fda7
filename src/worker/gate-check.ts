import { createHash } from "node:crypto";
import type { GitHub } from "../github/call.js";
import { type Check, checkName, createCheck, updateCheck } from "../github/checks.js";
import type { KnownPull, Publication } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";

export const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** What the check says: its state and its page. */
export type CheckState = Pick<Check, "state" | "output">;

/** The gate check of one head: what GitHub has, and how to bring it to what it should be. */
export interface GateCheck {
  readonly since: Date;
  /** Writes the difference only; annotations that GitHub has already are not sent again. */
  publish(check: CheckState): Promise<void>;
}

const started: CheckState = {
  state: "in_progress",
  output: {
    title: "The performance review is under way",
    summary: "Redline is reading the change and its evidence. The gate is closed until the review is complete.",
  },
};

interface Place {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}

const identity = ({ known }: Place) => ({
  name: checkName(known.baseRef),
  headSha: known.headSha,
  externalId: digest([known.installation, known.repository, known.number, known.headSha, known.baseRef]).slice(0, 32),
});

/** Sends the check and remembers it. A run that carries other annotations than these is superseded by a new one. */
async function write(place: Place, before: Publication | null, check: CheckState): Promise<Publication> {
  const { github, known, dependencies } = place;
  const { annotations: given = [], ...page } = check.output;
  // Notes of a review that still waits would have to be superseded by a new run when it ends.
  const annotations = check.state === "in_progress" ? [] : given;
  const annotationsDigest = annotations.length > 0 ? digest(annotations) : null;
  const carried = before?.annotationsDigest ?? null;
  const id = before?.checkRunId ?? null;
  const reuse = id !== null && (carried === null || carried === annotationsDigest);
  const full: Check = { ...identity(place), ...check, output: reuse && carried !== null ? page : { ...page, annotations } };
  const checkRunId = reuse ? id : await createCheck(github, known, full);
  if (reuse) await updateCheck(github, known, id, full);
  const since = before?.since ?? dependencies.now();
  const publication = { checkRunId, checkState: check.state, checkDigest: digest(check), annotationsDigest, since };
  await dependencies.store.publications.save(known, known.headSha, full.name, publication);
  return publication;
}

/**
 * The first write after every event: a head without a check gets one, and a head that was judged open
 * goes back to in progress before anything is read, so that nobody merges on yesterday's answer.
 */
export async function openGateCheck(place: Place, reopens: boolean): Promise<GateCheck> {
  const { known, dependencies } = place;
  const before = await dependencies.store.publications.get(known, known.headSha, checkName(known.baseRef));
  let current = before;
  if (before === null || (reopens && before.checkState === "success")) current = await write(place, before, started);
  return {
    since: current?.since ?? dependencies.now(),
    publish: async (check) => {
      if (current?.checkDigest === digest(check)) return;
      current = await write(place, current, check);
    },
  };
}
