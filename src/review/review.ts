import type { Config } from "../config/config.js";
import { checkBudgets, hasBudgets } from "../evidence/budgets.js";
import { describeChanges } from "../evidence/changes.js";
import { type Compared, compare } from "../evidence/comparisons.js";
import { checkCountBudgets } from "../evidence/count-budgets.js";
import { withoutSql } from "../evidence/delivered-sql.js";
import { ofThisHead } from "../evidence/head-results.js";
import { collectSource } from "../evidence/source-facts.js";
import type { Sources } from "../evidence/sources.js";
import { fromHere, type Trust, trustIn } from "../evidence/trust.js";
import type { Collected } from "../model/collected.js";
import type { Baseline, CollectedEvidence, Results } from "../model/evidence.js";
import type { Comparability } from "../model/judgement.js";
import type { Problem } from "../model/measurement.js";
import type { Snapshot } from "../model/pull-request.js";
import { text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { rules } from "../rules/registry.js";
import { answerChecklist } from "./checklist.js";
import { closedBy } from "./closed.js";
import { readConfiguration } from "./configured.js";
import { decide } from "./decide.js";
import { besideDelivered } from "./delivered.js";
import { listEvidence } from "./evidence-list.js";
import { gatherCoverage } from "./gather-coverage.js";
import { gatherPeople } from "./gather-people.js";
import { gatherRuntime } from "./gather-runtime.js";
import { gatherSql } from "./gather-sql.js";
import { ignoredHere, withoutExpired } from "./ignored.js";
import { listProblems } from "./problems.js";
import { unanswered } from "./required.js";
import { runRules } from "./run-rules.js";
import { trustLine } from "./trusted.js";

/** What a review needs beside its sources. */
export interface ReviewOptions {
  /** Until when (ISO 8601) evidence may still arrive, given the configured wait in ms; null when it is too late. */
  readonly waitUntil: (waitMs: number) => string | null;
  /** Since when (ISO 8601) evidence is awaited: the head was seen first then. Absent where nothing is awaited. */
  readonly waitingSince?: string;
  /** YYYY-MM-DD in UTC: entries of the configuration may end. */
  readonly today: string;
  /** People have answered on the pull requests that this is made of: required lines, and a change of the configuration, ask nobody again. */
  readonly answeredBefore?: true;
  /** Told when one of our rules throws; the review goes on. */
  readonly onRuleError: (rule: string, error: unknown) => void;
  /** A cryptographic digest in hex, by which a tick is bound to what it was about; absent where nobody can tick. */
  readonly digest?: (content: string) => string;
}

interface Gathered {
  readonly evidence: CollectedEvidence;
  readonly baseline: Collected<Baseline>;
  readonly compared: Collected<Compared>;
  readonly trust: Trust;
  /** About the planner's statistics, and SQL that was handed in. */
  readonly problems: readonly Problem[];
}

function compareAll(results: Collected<Results>, baseline: Collected<Baseline>, config: Config, snapshot: Snapshot): Collected<Compared> {
  if (results.status === "absent") return results;
  const { mergeBase, ancestors } = snapshot;
  return {
    status: "collected",
    value: compare(results.value, baseline, config, { mergeBase: mergeBase.sha, ...(ancestors && { ancestors }) }),
  };
}

const NOTHING_COMPARED: Comparability = { paired: [], machine: [], shift: null };

function comparabilityOf(compared: Collected<Compared>): Comparability {
  if (compared.status === "absent") return NOTHING_COMPARED;
  const { paired, machine, shift } = compared.value;
  return { paired, machine, shift };
}

async function gather(sources: Sources, snapshot: Snapshot, config: Config, today: string): Promise<Gathered> {
  const handedIn = sources.results(config).then((all) => fromHere(all, snapshot, config));
  const delivered = handedIn.then(withoutSql);
  const counting = gatherRuntime(
    sources,
    snapshot,
    config,
    delivered.then(({ results }) => results),
  );
  const [{ statements, plans, statistics }, apart, counted, baseline, source] = await Promise.all([
    gatherSql(
      { sources, snapshot, config },
      today,
      delivered,
      counting.then(({ runtime }) => runtime),
    ),
    delivered,
    counting,
    sources.baseline(snapshot, config),
    collectSource(snapshot, sources.readFacts, config),
  ]);
  const { runtime, profiles } = counted;
  const results = ofThisHead(counted.results, snapshot.head.sha);
  const compared = compareAll(results, baseline, config, snapshot);
  const changes = { status: "collected", value: describeChanges(snapshot, config) } as const;
  return {
    baseline,
    compared,
    trust: trustIn(await handedIn, snapshot, changes.value, config),
    problems: [...(statistics?.problems ?? []), ...apart.problems, ...counted.problems],
    evidence: {
      changes,
      statements,
      results,
      comparisons: compared.status === "absent" ? compared : { status: "collected", value: compared.value.comparisons },
      budgets: hasBudgets(config)
        ? { status: "collected", value: [...checkBudgets(results, baseline, config), ...checkCountBudgets(runtime, config)] }
        : { status: "absent", reason: text`no endpoint has a budget in the configuration` },
      plans,
      runtime,
      source,
      coverage: await gatherCoverage(sources, snapshot, config, { changes, source, results, runtime, profiles }),
    },
  };
}

const collectedList = <T>(collected: Collected<readonly T[]>): readonly T[] => (collected.status === "collected" ? collected.value : []);

function baselineShown(baseline: Collected<Baseline>): Pick<Review, "baseline"> {
  if (baseline.status === "absent") return {};
  const { sha, distance, url } = baseline.value;
  return { baseline: { sha, distance, ...(url !== undefined && { url }) } };
}

type Figures = Pick<Review, "comparisons" | "comparability" | "budgets" | "evidence" | "plans" | "runtime" | "baseline" | "editedHere">;

/** What was measured and looked at, as a report shows it. */
const figures = ({ evidence, baseline, compared, trust }: Gathered): Figures => ({
  comparisons: collectedList(evidence.comparisons),
  comparability: comparabilityOf(compared),
  budgets: collectedList(evidence.budgets),
  evidence: listEvidence(evidence, baseline),
  ...(evidence.plans.status === "collected" && { plans: evidence.plans.value }),
  ...(evidence.runtime.status === "collected" && { runtime: evidence.runtime.value }),
  ...baselineShown(baseline),
  ...(trust.editedHere.length > 0 && { editedHere: trust.editedHere }),
});

/** The pipeline: snapshot, evidence, rules, outcomes, verdict. The three doors differ only in their sources. */
export async function review(sources: Sources, options: ReviewOptions): Promise<Review> {
  const [file, snapshot] = await Promise.all([sources.configuration(), sources.snapshot()]);
  const configured = withoutExpired(readConfiguration(file, snapshot.files), file.path, options.today);
  const { config } = configured;
  const gathered = await gather(sources, snapshot, config, options.today);
  const { evidence, baseline, compared, trust, problems: aboutSql } = gathered;
  const results = besideDelivered(evidence, (seen) => runRules(rules, seen, config.rules, options.onRuleError));
  const people = await gatherPeople(sources, snapshot, evidence, options.digest);
  const checklist = [
    ...answerChecklist(evidence, results, people, config.checklist, snapshot.incomplete),
    ...trustLine(trust, people, options.digest),
  ];
  const problems = [
    ...listProblems(configured, file.path, evidence, baseline),
    ...aboutSql,
    ...(compared.status === "collected" ? compared.value.problems : []),
  ];
  const facts = {
    config,
    earlier: (await sources.earlier?.()) ?? null,
    configurationInvalid: configured.state === "invalid",
    repairsConfiguration: configured.repairedHere,
    incomplete: snapshot.incomplete,
    evidence,
    findings: results.findings,
    problems,
    unanswered: options.answeredBefore ? [] : unanswered(checklist),
    ...(configured.changedHere && !options.answeredBefore && { touchesConfiguration: file.path }),
    waitUntil: options.waitUntil(config.evidence.waitMs),
    ...(options.waitingSince !== undefined && { waitingSince: options.waitingSince }),
  };
  const { violations = [], overridable = true } = closedBy(facts) ?? {};
  const verdict = decide({ ...facts, ...(await sources.override(snapshot, config, { violations, overridable })) });
  return {
    snapshot,
    verdict,
    checklist,
    findings: results.findings,
    problems,
    ...figures(gathered),
    ignored: ignoredHere(config.benchmarks.ignore, evidence),
    configuration: { path: file.path, state: configured.state, changedHere: configured.changedHere },
  };
}
