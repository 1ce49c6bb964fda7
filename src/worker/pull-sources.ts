import { isProfile } from "../evidence/delivered-profiles.js";
import { type BaseRuntime, baseRuntimeOf } from "../evidence/delivered-runtime.js";
import { type DeliveredFile, deliveredSchema } from "../evidence/delivered-sql.js";
import type { Planner } from "../evidence/planner.js";
import type { Sources } from "../evidence/sources.js";
import { statisticsAt } from "../github/configuration.js";
import type { PullFacts } from "../github/facts.js";
import { type ReadSnapshot, readSnapshot } from "../github/snapshot.js";
import type { Collected } from "../model/collected.js";
import type { Baseline, ResultFile } from "../model/evidence.js";
import type { Snapshot } from "../model/pull-request.js";
import { text } from "../model/text.js";
import { readConfiguration } from "../review/configured.js";
import { DEFAULT_BRANCH } from "../store/store.js";
import { earlierMeasurement } from "./earlier-measurement.js";
import { resultsOf } from "./head-evidence.js";
import { headTree } from "./head-tree.js";
import { gatherOverride, type OverrideOutcome } from "./override.js";
import type { PullPlace } from "./pull-place.js";

/** How far back creep looks; mode B takes the last 30 of them. */
const HISTORY = 100;

/** Immutable per pair of commits, so it is read from GitHub once. The pull request's own state is always fresh. */
async function snapshotOf({ github, known, dependencies }: PullPlace, facts: PullFacts) {
  const { heads } = dependencies.store;
  const stored = await heads.snapshot(known, facts.base.sha, facts.head.sha);
  const read = stored ?? (await readSnapshot(github, facts));
  if (!stored && read.snapshot.incomplete === undefined) {
    await heads.saveSnapshot(known, facts.base.sha, facts.head.sha, read.snapshot, read.ancestors);
  }
  return read;
}

/** Two pull requests may share both commits: what is theirs alone comes from the facts. */
const fresh = ({ snapshot: { author: _, ...snapshot }, ancestors }: ReadSnapshot, facts: PullFacts): Snapshot => ({
  ...snapshot,
  ancestors,
  number: facts.number,
  draft: facts.draft,
  ...(facts.head.repositoryId !== facts.repositoryId && { fork: true }),
  base: { ...snapshot.base, ref: facts.base.ref },
  ...(facts.author && facts.author.id !== null && { author: { id: facts.author.id, login: facts.author.login } }),
});

async function baselineOf({ known, dependencies }: PullPlace, url: string, ancestors: readonly string[]): Promise<Collected<Baseline>> {
  const { history } = dependencies.store;
  const nearest = await history.nearest(known, ancestors);
  const mergeBase = (ancestors[0] ?? "").slice(0, 7);
  if (!nearest)
    return {
      status: "absent",
      reason: text`no results are recorded for the merge base ${mergeBase} or its ${ancestors.length - 1} nearest ancestors`,
    };
  const { run, distance } = nearest;
  const past = await history.before(known, run.sha, HISTORY - 1, run.environment);
  const environment = run.environment && { environment: run.environment };
  return {
    status: "collected",
    value: { sha: run.sha, url: `${url}/commit/${run.sha}`, distance, measurements: run.measurements, history: past, ...environment },
  };
}

/** Commits at and before the merge base whose dump or record is asked for: those of the day before tell nearly the same. */
const DUMPS = 10;

/** The dump that the default branch's workflow handed in. */
async function baseSchema({ known, dependencies }: PullPlace, ancestors: readonly string[]): Promise<DeliveredFile | null> {
  for (const sha of ancestors.slice(0, DUMPS)) {
    const found = deliveredSchema(await dependencies.store.heads.results(known, DEFAULT_BRANCH, sha));
    if (found) return found;
  }
  return null;
}

/** What the tests of the default branch did. */
async function baseRuntime({ known, dependencies }: PullPlace, ancestors: readonly string[]): Promise<BaseRuntime | null> {
  for (const [distance, sha] of ancestors.slice(0, DUMPS).entries()) {
    const found = baseRuntimeOf(await dependencies.store.heads.results(known, DEFAULT_BRANCH, sha), sha, distance);
    if (found) return found;
  }
  return null;
}

/** CPU profiles of the default branch. */
async function baseResults({ known, dependencies }: PullPlace, ancestors: readonly string[]): Promise<readonly ResultFile[]> {
  for (const sha of ancestors.slice(0, DUMPS)) {
    const found = (await dependencies.store.heads.results(known, DEFAULT_BRANCH, sha)).filter(isProfile);
    if (found.length > 0) return found;
  }
  return [];
}

const telling = (planner: Planner, later: () => void): Planner => ({
  open: async (request) => {
    const session = await planner.open(request);
    if (session.later) later();
    return session;
  },
});

export type { PullPlace } from "./pull-place.js";

export interface PullSources extends Sources {
  /** What became of the label, once it was asked. */
  decision(): OverrideOutcome | null;
  /** The planner had no time for this review: another one may get more. */
  isIncomplete(): boolean;
}

/**
 * A review's sources in the App. `read` is the change, where it was read together with the facts; `told` says that events
 * told some of these.
 */
export function pullSources(
  place: PullPlace,
  facts: PullFacts,
  { read: given, told = false }: { readonly read?: ReadSnapshot; readonly told?: boolean } = {},
): PullSources {
  const read = given ? Promise.resolve(given) : snapshotOf(place, facts);
  read.catch(() => undefined);
  const { planner } = place.dependencies;
  const { loadTests } = readConfiguration(facts.configuration, []).config.paths;
  let decision: OverrideOutcome | null = null;
  let incomplete = false;
  const later = (): void => {
    incomplete = true;
  };
  return {
    configuration: async () => facts.configuration,
    statistics: (path) => statisticsAt(place.github, facts, path),
    snapshot: async () => fresh(await read, facts),
    parseSql: place.dependencies.parseSql,
    readSources: place.dependencies.readSources,
    readFacts: place.dependencies.readFacts,
    planner: planner && telling(planner, later),
    tree: ({ head }, wanted) => headTree({ ...place.dependencies, github: place.github, repository: facts, loadTests }, head.sha, wanted),
    results: () => resultsOf(place, facts),
    baseline: async () => baselineOf(place, facts.url, (await read).ancestors),
    baseSchema: async () => baseSchema(place, (await read).ancestors),
    baseRuntime: async () => baseRuntime(place, (await read).ancestors),
    baseResults: async () => baseResults(place, (await read).ancestors),
    earlier: () => earlierMeasurement(place.known, place.dependencies.store),
    attestations: () => place.dependencies.store.pulls.attestations(place.known),
    override: async (_, config, closing) => {
      decision = await gatherOverride(place, facts, config, closing, told);
      return { override: decision.override, otherOverrides: decision.others, lookalikes: decision.lookalikes };
    },
    decision: () => decision,
    isIncomplete: () => incomplete,
  };
}
