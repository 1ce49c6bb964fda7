import type { ProvenIndex } from "../model/plan.js";
import { type Text, text } from "../model/text.js";
import { type Candidate, candidateDdl, candidatesFor } from "../sql/candidates.js";
import type { Statistics } from "../sql/statistics-file.js";
import { IndexTrial, type Suspect, type Tried } from "./index-trial.js";
import type { NotBuilt, PlannerSession } from "./planner.js";

/** Trials for one pull request, of the dearest statements first: each costs up to nine requests of a tenth of a second and more. */
const TRIALS = 12;
/** Statements and candidates that are tried together. Each candidate makes every plan a little dearer to find. */
const TOGETHER = { suspects: 25, candidates: 60 };
/** Trials of which nothing came back, after which the planner is not asked again. */
const LOST = 2;
/** Refused indexes that are named. */
const NAMED = 3;

/** What is known of a statement's indexes: one that helps, none that does, or why that was not tried. */
export interface IndexProof {
  readonly proven: ProvenIndex | null;
  readonly untried?: Text;
}

export interface IndexProofs {
  /** One a suspect, in their order. */
  readonly proofs: readonly IndexProof[];
  /** What else has to be said: indexes that PostgreSQL refuses to build. */
  readonly notes: readonly Text[];
}

interface Batch {
  readonly suspects: readonly Suspect[];
  readonly candidates: ReadonlyMap<string, Candidate>;
}

const NOTHING: Batch = { suspects: [], candidates: new Map() };
const BEYOND: IndexProof = {
  proven: null,
  untried: text`at most ${TRIALS * TOGETHER.candidates} indexes are tried, for the dearest statements`,
};

const keyOf = ({ relation, keys }: Candidate): string => JSON.stringify([relation, keys]);

/** A suspect with all that might help it. */
interface Helpable {
  readonly suspect: Suspect;
  readonly candidates: readonly Candidate[];
}

const joined = (batch: Batch, { suspect, candidates }: Helpable): Batch => ({
  suspects: [...batch.suspects, suspect],
  candidates: new Map([...batch.candidates, ...candidates.map((candidate) => [keyOf(candidate), candidate] as const)]),
});

const fits = ({ suspects, candidates }: Batch): boolean => suspects.length <= TOGETHER.suspects && candidates.size <= TOGETHER.candidates;

/** What goes wrong with one batch is lost for it alone. */
function batchesOf(all: readonly Helpable[]): readonly Batch[] {
  const full: Batch[] = [];
  let open = NOTHING;
  for (const helpable of all) {
    const next = joined(open, helpable);
    if (!fits(next)) full.push(open);
    open = fits(next) ? next : joined(NOTHING, helpable);
  }
  return open.suspects.length === 0 ? full : [...full, open];
}

const byCost = (one: Helpable, other: Helpable): number => other.suspect.plan.cost - one.suspect.plan.cost;

/** Why nothing came back of a trial; null when anything did. */
function lossOf({ answers }: Tried): Text | null {
  const failures = answers.flatMap((answer) => ("failed" in answer ? [answer.failed] : []));
  return failures.length === answers.length ? (failures[0] ?? null) : null;
}

/** Candidates that PostgreSQL refuses, as a person would write them, with its words. */
function refusedIn({ candidates }: Batch, { answers }: Tried): readonly (readonly [string, string])[] {
  const all = answers.flatMap((answer): readonly NotBuilt[] => ("plan" in answer ? (answer.notBuilt ?? []) : []));
  const messages = new Map(all.map(({ candidate, message }) => [candidate, message]));
  return [...candidates.values()].flatMap((candidate, number) => {
    const message = messages.get(candidateDdl(candidate, number));
    return message === undefined ? [] : [[candidate.sql, message] as const];
  });
}

/** What all trials together came to. */
class Ledger {
  readonly proofs = new Map<Suspect, IndexProof>();
  private readonly refused = new Map<string, string>();
  private readonly losses: Text[] = [];

  /** The last reason, once enough was lost. */
  givenUp(): Text | null {
    return this.losses.length >= LOST ? (this.losses.at(-1) ?? null) : null;
  }

  skip({ suspects }: Batch, untried: Text): void {
    for (const suspect of suspects) this.proofs.set(suspect, { proven: null, untried });
  }

  add(batch: Batch, tried: Tried): void {
    for (const [at, suspect] of batch.suspects.entries()) {
      const answer = tried.answers[at];
      const proven = tried.proven.get(suspect) ?? null;
      this.proofs.set(suspect, answer && "failed" in answer ? { proven, untried: answer.failed } : { proven });
    }
    for (const [sql, message] of refusedIn(batch, tried)) this.refused.set(sql, message);
    const loss = lossOf(tried);
    if (loss) this.losses.push(loss);
  }

  notes(): readonly Text[] {
    const named = [...this.refused]
      .slice(0, NAMED)
      .map(([sql, message]) => text`PostgreSQL refuses ${sql} which was to be tried: ${message}`);
    const more = this.refused.size - NAMED;
    return more > 0 ? [...named, text`it refuses ${more} more that were to be tried`] : named;
  }
}

/**
 * For each suspect the narrowest index that makes it at least ten times cheaper on the planner. The dearest suspects
 * are tried, in batches with all their candidates at once; a batch of which nothing comes back costs its own proofs.
 */
export async function proveIndexes(suspects: readonly Suspect[], session: PlannerSession, statistics: Statistics): Promise<IndexProofs> {
  const helpable = suspects
    .map((suspect): Helpable => ({ suspect, candidates: candidatesFor(suspect.tree, session.head, suspect.scans) }))
    .filter(({ candidates }) => candidates.length > 0);
  const ledger = new Ledger();
  for (const { suspect } of helpable) ledger.proofs.set(suspect, BEYOND);
  for (const batch of batchesOf([...helpable].sort(byCost)).slice(0, TRIALS)) {
    const over = ledger.givenUp();
    if (over) ledger.skip(batch, over);
    else ledger.add(batch, await new IndexTrial(session, statistics, [...batch.candidates.values()]).run(batch.suspects));
  }
  return { proofs: suspects.map((suspect) => ledger.proofs.get(suspect) ?? { proven: null }), notes: ledger.notes() };
}
