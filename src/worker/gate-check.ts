import { createHash } from "node:crypto";
import type { GitHub } from "../github/call.js";
import { type Check, type CheckIdentity, checkName, createCheck, type FoundCheck, findChecks, updateCheck } from "../github/checks.js";
import type { KnownPull, Publication } from "../store/store.js";
import { createOnce } from "./create-once.js";
import type { Dependencies } from "./dependencies.js";

export const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

/** What the check says: its state and its page. */
export type CheckState = Pick<Check, "state" | "output">;

/** The gate check of one head: what GitHub has, and how to bring it to what it should be. */
export interface GateCheck {
  readonly since: Date;
  /** Writes the difference only; annotations that GitHub has already are not sent again. Resolves with whether it wrote. */
  publish(check: CheckState): Promise<boolean>;
  /** Puts an open gate back to in progress, whatever was published before. */
  close(): Promise<void>;
  /** The verdict is stored: whoever else depends on it may look. */
  settled?(): Promise<void>;
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

/** Which runs are this pull request's: of that name, on that head, made by us for it. */
export function checkIdentity(known: KnownPull, appId: number): CheckIdentity {
  const { installation, repository, number, headSha, baseRef } = known;
  const externalId = digest([installation, repository, number, headSha, baseRef]).slice(0, 32);
  return { name: checkName(baseRef), headSha, externalId, appId };
}

/** How the intent to create a check is called. Neither part has a blank. */
export const checkObject = ({ headSha, name }: Pick<CheckIdentity, "headSha" | "name">): string => `check ${headSha} ${name}`;

/** Annotations were sent and their answer is not known: GitHub appends, so that they are not sent to this run again. */
const DOUBTFUL = "?";

/** What a run that was found carries. */
const carriedBy = (found: FoundCheck | undefined): string | null => (found && found.annotations > 0 ? DOUBTFUL : null);

/** What is stored of a run from before a write until its answer: nothing is known of it but that it is there. */
const doubted = (before: Publication, annotations: string | null): Publication => ({
  ...before,
  checkState: null,
  checkDigest: null,
  annotationsDigest: annotations,
});

/** One check's way to GitHub and into the store. */
class Writer {
  readonly #place: Place;
  readonly #identity: CheckIdentity;
  #before: Publication | null;

  constructor(place: Place, before: Publication | null) {
    this.#place = place;
    this.#identity = checkIdentity(place.known, place.dependencies.appId);
    this.#before = before;
  }

  get published(): Publication | null {
    return this.#before;
  }

  /** Sends the check and remembers it. A run that carries other annotations than these is superseded by a new one. */
  async write(check: CheckState): Promise<void> {
    const { annotations: given = [], ...page } = check.output;
    // Notes of a review that still waits would have to be superseded by a new run when it ends.
    const annotations = check.state === "in_progress" ? [] : given;
    const annotationsDigest = annotations.length > 0 ? digest(annotations) : null;
    const carried = await this.#carried();
    const id = this.#before?.checkRunId ?? null;
    const whole: Check = { ...this.#identity, ...check, output: { ...page, annotations } };
    const kept = { checkState: check.state, checkDigest: digest(check), annotationsDigest, since: this.#since() };
    if (id !== null && (carried === null || carried === annotationsDigest)) {
      await this.#update(id, carried === null ? whole : { ...whole, output: page }, annotationsDigest);
      await this.#save({ ...kept, checkRunId: id });
    } else await this.#create(whole, kept);
  }

  async #update(id: number, check: Check, annotationsDigest: string | null): Promise<void> {
    const { github, known } = this.#place;
    if (this.#before) await this.#save(doubted(this.#before, annotationsDigest === null ? null : DOUBTFUL));
    await updateCheck(github, known, id, check);
  }

  async #create(check: Check, kept: Omit<Publication, "checkRunId">): Promise<void> {
    const { github, known } = this.#place;
    if (this.#before) await this.#save(doubted(this.#before, this.#before.annotationsDigest));
    const superseded = this.#before?.checkRunId ?? 0;
    let found: FoundCheck | undefined;
    const { adopted } = await createOnce(this.#place, {
      object: checkObject(check),
      // Of several GitHub counts the newest.
      find: async () => {
        found = (await findChecks(github, known, this.#identity)).findLast(({ id }) => id > superseded);
        return found?.id ?? null;
      },
      create: () => createCheck(github, known, check),
      keep: (id) => this.#save(found ? doubted({ ...kept, checkRunId: id }, carriedBy(found)) : { ...kept, checkRunId: id }),
    });
    if (adopted) await this.write(check);
  }

  /** The digest of what the run carries; where an answer was lost, whether it carries anything. */
  async #carried(): Promise<string | null> {
    const { checkRunId, annotationsDigest } = this.#before ?? { checkRunId: null, annotationsDigest: null };
    if (checkRunId === null || annotationsDigest !== DOUBTFUL) return annotationsDigest;
    const found = await findChecks(this.#place.github, this.#place.known, this.#identity);
    return carriedBy(found.find(({ id }) => id === checkRunId));
  }

  #since(): Date {
    return this.#before?.since ?? this.#place.dependencies.now();
  }

  async #save(publication: Publication): Promise<void> {
    const { known, dependencies } = this.#place;
    await dependencies.store.publications.save(known, known.headSha, this.#identity.name, publication);
    this.#before = publication;
  }
}

/** The check of a head as it is known, before anything is written. */
export async function gateCheckOf(place: Place): Promise<Pick<Writer, "published" | "write">> {
  const { known, dependencies } = place;
  return new Writer(place, await dependencies.store.publications.get(known, known.headSha, checkName(known.baseRef)));
}

/**
 * The first write after every event: a head without a check gets one, and a head that was judged open
 * goes back to in progress before anything is read, so that nobody merges on yesterday's answer.
 */
export async function openGateCheck(place: Place, reopens: boolean): Promise<GateCheck> {
  const writer = await gateCheckOf(place);
  const before = writer.published;
  const mayBeOpen = before?.checkState === "success" || before?.checkState === null;
  if (before === null || (reopens && mayBeOpen)) await writer.write(started);
  const { meter, store } = place.dependencies;
  if (before === null && meter) meter.firstCheck(await store.pulls.age(place.known));
  return {
    since: writer.published?.since ?? place.dependencies.now(),
    publish: async (check) => {
      if (writer.published?.checkDigest === digest(check)) return false;
      await writer.write(check);
      return true;
    },
    close: () => writer.write(started),
  };
}
