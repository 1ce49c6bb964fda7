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

/** Closed, and says that somebody is at work. */
export const started: CheckState = {
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
  /** When the head was seen first: evidence is waited for from then on, however late the check is written. */
  readonly since: Date;
  readonly #runs: number;
  #before: Publication | null;

  constructor(place: Place, before: Publication | null, runs: number) {
    this.#place = place;
    this.#runs = runs;
    this.since = before?.since ?? place.dependencies.now();
    this.#identity = checkIdentity(place.known, place.dependencies.appId);
    this.#before = before;
  }

  get published(): Publication | null {
    return this.#before;
  }

  /** Sends the check and remembers it. A run that carries other annotations than these is superseded by a new one. */
  async write(check: CheckState): Promise<void> {
    const isFirst = this.#before === null;
    await this.#send(check);
    const { known, dependencies } = this.#place;
    if (isFirst) dependencies.meter?.firstCheck(await dependencies.store.pulls.age(known));
  }

  async #send(check: CheckState): Promise<void> {
    const { annotations: given = [], ...page } = check.output;
    // Notes of a review that still waits would have to be superseded by a new run when it ends.
    const annotations = check.state === "in_progress" ? [] : given;
    const annotationsDigest = annotations.length > 0 ? digest(annotations) : null;
    const carried = await this.#carried();
    const id = this.#before?.checkRunId ?? null;
    const whole: Check = { ...this.#identity, ...check, output: { ...page, annotations } };
    const kept = { checkState: check.state, checkDigest: digest(check), annotationsDigest, since: this.since, runs: this.#runs };
    if (id !== null && (carried === null || carried === annotationsDigest)) {
      await this.#update(id, carried === null ? whole : { ...whole, output: page }, annotationsDigest);
      await this.#save({ ...kept, checkRunId: id });
    } else await this.#create(whole, kept);
  }

  /** Puts an open gate back to in progress, whatever was published before. */
  async close(): Promise<void> {
    const { github, known, dependencies } = this.#place;
    const intents = await dependencies.store.publications.intents(known);
    if (intents.get(checkObject(this.#identity))?.state !== "open") return this.write(started);
    // A creation without an answer may have opened it, and nobody knows its id: of several runs GitHub counts the newest.
    const checkRunId = await createCheck(github, known, { ...this.#identity, ...started });
    const kept = { checkState: started.state, checkDigest: digest(started), annotationsDigest: null, since: this.since, runs: this.#runs };
    await this.#save({ ...kept, checkRunId });
  }

  async #update(id: number, check: Check, annotationsDigest: string | null): Promise<void> {
    const { github, known } = this.#place;
    if (this.#before) await this.#save(doubted(this.#before, annotationsDigest === null ? null : DOUBTFUL));
    await updateCheck(github, known, id, check);
  }

  async #create(check: Check, kept: Omit<Publication, "checkRunId">): Promise<void> {
    const { github, known } = this.#place;
    // Should the answer be lost, what is open by then has to be closed before anything is read.
    const before = this.#before ?? (check.state === "success" ? { ...kept, annotationsDigest: null, checkRunId: null } : null);
    if (before) await this.#save(doubted(before, before.annotationsDigest));
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
    if (adopted) await this.#send(check);
  }

  /** The digest of what the run carries; where an answer was lost, whether it carries anything. */
  async #carried(): Promise<string | null> {
    const { checkRunId, annotationsDigest } = this.#before ?? { checkRunId: null, annotationsDigest: null };
    if (checkRunId === null || annotationsDigest !== DOUBTFUL) return annotationsDigest;
    const found = await findChecks(this.#place.github, this.#place.known, this.#identity);
    return carriedBy(found.find(({ id }) => id === checkRunId));
  }

  async #save(publication: Publication): Promise<void> {
    const { known, dependencies } = this.#place;
    await dependencies.store.publications.save(known, known.headSha, this.#identity.name, publication);
    this.#before = publication;
  }
}

/** The check of a head as it is known, before anything is written. What comes to an end while it is judged may not have been read. */
export async function gateCheckOf(place: Place): Promise<Pick<Writer, "since" | "published" | "write" | "close">> {
  const { known, dependencies } = place;
  const { publications, heads } = dependencies.store;
  const runs = await heads.heardRuns(known, known.headSha);
  return new Writer(place, await publications.get(known, known.headSha, checkName(known.baseRef)), runs.length);
}

export type CheckWriter = Awaited<ReturnType<typeof gateCheckOf>>;

/** What may be done with a check that was opened. */
export const checkBy = (writer: CheckWriter): GateCheck => ({
  since: writer.since,
  publish: async (check) => {
    if (writer.published?.checkDigest === digest(check)) return false;
    await writer.write(check);
    return true;
  },
  close: () => writer.close(),
});

/**
 * The first write after every event: a head without a check gets one, and a head that was judged open
 * goes back to in progress before anything is read, so that nobody merges on yesterday's answer.
 */
export async function openGateCheck(place: Place, reopens: boolean): Promise<GateCheck> {
  const writer = await gateCheckOf(place);
  if (place.dependencies.remedies?.firstWrite === false) return checkBy(writer);
  const { published } = writer;
  const mayBeOpen = published?.checkState === "success" || published?.checkState === null;
  if (published === null) await writer.write(started);
  else if (reopens && mayBeOpen) await writer.close();
  return checkBy(writer);
}
