import { isNamedWorkflow } from "../config/workflows.js";
import type { GitHub } from "../github/call.js";
import type { PullFacts } from "../github/facts.js";
import type { Collected } from "../model/collected.js";
import type { Results } from "../model/evidence.js";
import type { Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import { readConfiguration } from "../review/configured.js";
import type { HeadResults, KnownPull } from "../store/store.js";
import { readRun } from "./collect-runs.js";
import type { Dependencies } from "./dependencies.js";

interface Place {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}

/**
 * A first look and two reruns decide (statistics: mode B and budgets). Whoever starts runs could go on until one is
 * good, so that further ones of the same workflow are no evidence.
 */
const ATTEMPTS = 3;

/** Reads the artifacts of runs that ended since; their results stay with the head. */
export async function collectRuns({ github, known, dependencies }: Place, facts: PullFacts): Promise<void> {
  const { heads, gate } = dependencies.store;
  const { sha, repositoryId } = facts.head;
  const headRepository = repositoryId ?? 0;
  const { config } = readConfiguration(facts.configuration, []);
  for (const run of await heads.expectedRuns(known, headRepository, sha)) {
    const wanted = isNamedWorkflow(config.evidence.workflows, run.workflow);
    const results = wanted ? await readRun({ ...dependencies, github, repository: facts }, run, config) : [];
    await heads.saveResults(known, headRepository, sha, results, run);
    await gate.recordResults(known, sha, run, results.length);
    await heads.forgetRun(known, headRepository, sha, run);
  }
}

const workflowOf = ({ source: { id, workflow } }: HeadResults): string => workflow ?? `run ${id}`;
const attemptOf = ({ source: { id, attempt } }: HeadResults): string => `${id}/${attempt}`;

/**
 * Artifacts name no attempt: those of a later one are read along with an earlier one's while nobody knows that it was run
 * again. They are the later one's, and count once.
 */
function onceEach(files: readonly HeadResults[]): readonly HeadResults[] {
  const latest = new Map<number, number>();
  for (const { artifact, source } of files) {
    if (artifact !== undefined) latest.set(artifact, Math.max(source.attempt, latest.get(artifact) ?? 0));
  }
  return files.filter(({ artifact, source }) => artifact === undefined || latest.get(artifact) === source.attempt);
}

const further = (workflow: string, n: number): Problem => ({
  level: "warning",
  code: "further-runs",
  message: text`${n} more ${n === 1 ? ["run"] : ["runs"]} of ${workflow} on this head not counted: the first and two reruns decide`,
  remedy: text`push a new commit to measure anew`,
});

/** The results that count, in the order of their runs, and which runs are too many. */
export function countedResults(read: readonly HeadResults[]): Results {
  const files = onceEach(read);
  const problems: Problem[] = [];
  const counted = new Set<string>();
  for (const workflow of new Set(files.map(workflowOf))) {
    const runs = [...new Set(files.filter((file) => workflowOf(file) === workflow).map(attemptOf))];
    for (const run of runs.slice(0, ATTEMPTS)) counted.add(run);
    if (runs.length > ATTEMPTS) problems.push(further(workflow, runs.length - ATTEMPTS));
  }
  return { files: files.filter((file) => counted.has(attemptOf(file))), ...(problems.length > 0 && { problems }) };
}

/** What workflow runs of this head delivered. */
export async function resultsOf({ known, dependencies }: Place, facts: PullFacts): Promise<Collected<Results>> {
  const files = await dependencies.store.heads.results(known, facts.head.repositoryId ?? 0, facts.head.sha);
  if (files.length === 0) return { status: "absent", reason: text`no workflow run of this head has delivered a result file yet` };
  return { status: "collected", value: countedResults(files) };
}
