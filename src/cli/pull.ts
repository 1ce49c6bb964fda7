import type { Config } from "../config/config.js";
import { type BaseRuntime, baseRuntimeOf } from "../evidence/delivered-runtime.js";
import { type DeliveredFile, deliveredSchema } from "../evidence/delivered-sql.js";
import type { Planner } from "../evidence/planner.js";
import type { ParseSql, ReadFacts, ReadSources, Sources } from "../evidence/sources.js";
import type { GitHub } from "../github/call.js";
import { createTokenClient } from "../github/client.js";
import { statisticsAt } from "../github/configuration.js";
import { type PullFacts, readFacts } from "../github/facts.js";
import { isBaselineRun, listRuns, type WorkflowRun } from "../github/runs.js";
import { readSnapshot } from "../github/snapshot.js";
import type { Collected } from "../model/collected.js";
import { type Baseline, type ResultFile, type Results, seriesKey } from "../model/evidence.js";
import { text } from "../model/text.js";
import { readConfiguration } from "../review/configured.js";
import { openArchive } from "../sandbox/archive.js";
import { readRun } from "../worker/collect-runs.js";
import { headTree } from "../worker/head-tree.js";
import { DEFAULT_RESULT_CAP, parseResultCap, RESULT_CAP } from "../worker/result-cap.js";
import { TREE_CHARACTERS, TreeCache } from "../worker/tree-cache.js";
import { UsageError } from "./usage.js";

const API = "https://api.github.com";

/** Ancestors whose runs are asked for, one request each, until one has results. */
const ANCESTORS = 5;

interface Place {
  readonly github: GitHub;
  readonly facts: PullFacts;
  readonly apiUrl: string;
  readonly resultCap: number;
}

async function resultsAt(
  { github, facts, apiUrl, resultCap }: Place,
  sha: string,
  config: Config,
  of: (run: WorkflowRun) => boolean,
): Promise<readonly ResultFile[]> {
  const files: ResultFile[] = [];
  for (const run of await listRuns(github, facts, sha)) {
    if (!run.completed || !of(run)) continue;
    files.push(...(await readRun({ github, repository: facts, apiUrl, openArchive, resultCap }, run, config)));
  }
  return files;
}

async function headResults(place: Place, config: Config): Promise<Collected<Results>> {
  const { head } = place.facts;
  const files = await resultsAt(place, head.sha, config, (run) => run.headRepository?.id === head.repositoryId);
  return files.length > 0
    ? { status: "collected", value: { files } }
    : { status: "absent", reason: text`no completed workflow run of ${head.sha.slice(0, 7)} has an artifact of results` };
}

type ReadCommit = (sha: string, config: Config) => Promise<readonly ResultFile[]>;

/** Results of commits of the default branch, each downloaded once. */
function baselineRuns(place: Place): ReadCommit {
  const known = new Map<string, Promise<readonly ResultFile[]>>();
  return (sha, config) => {
    const files = known.get(sha) ?? resultsAt(place, sha, config, (run) => isBaselineRun(run, place.facts.defaultBranch));
    known.set(sha, files);
    return files;
  };
}

async function baseSchema(read: ReadCommit, config: Config, ancestors: readonly string[]): Promise<DeliveredFile | null> {
  for (const sha of ancestors.slice(0, ANCESTORS)) {
    const found = deliveredSchema(await read(sha, config));
    if (found) return found;
  }
  return null;
}

async function baseRuntime(read: ReadCommit, config: Config, ancestors: readonly string[]): Promise<BaseRuntime | null> {
  for (const [distance, sha] of ancestors.slice(0, ANCESTORS).entries()) {
    const found = baseRuntimeOf(await read(sha, config), sha, distance);
    if (found) return found;
  }
  return null;
}

/** Of the first commit that has any: the baseline is looked for as far at least, so that nothing more is downloaded. */
async function baseResults(read: ReadCommit, config: Config, ancestors: readonly string[]): Promise<readonly ResultFile[]> {
  for (const sha of ancestors.slice(0, ANCESTORS)) {
    const found = await read(sha, config);
    if (found.length > 0) return found;
  }
  return [];
}

async function baseline(place: Place, read: ReadCommit, config: Config, ancestors: readonly string[]): Promise<Collected<Baseline>> {
  for (const [distance, sha] of ancestors.slice(0, ANCESTORS).entries()) {
    const files = await read(sha, config);
    const latest = new Map(files.flatMap(({ run }) => run.measurements).map((measurement) => [seriesKey(measurement), measurement]));
    const environment = files.find(({ run }) => run.environment)?.run.environment;
    if (latest.size === 0) continue;
    const url = `${place.facts.url}/commit/${sha}`;
    return {
      status: "collected",
      value: { sha, url, distance, measurements: [...latest.values()], history: new Map(), ...(environment && { environment }) },
    };
  }
  return { status: "absent", reason: text`the merge base and its nearest ancestors have no artifact of results` };
}

const parse = (reference: string): { owner: string; name: string; number: number } => {
  const [, owner, name, number] = /^([\w.-]+)\/([\w.-]+)#(\d+)$/.exec(reference) ?? [];
  if (owner === undefined || name === undefined) throw new UsageError(`--pull ${reference} is not a pull request; write owner/name#12`);
  return { owner, name, number: Number(number) };
};

/** The App's setting, so that a person at a desk can read what the App reads. */
function resultCap(): number {
  const written = process.env[RESULT_CAP];
  const bytes = written === undefined || written === "" ? DEFAULT_RESULT_CAP : parseResultCap(written);
  if (typeof bytes !== "number") throw new UsageError(bytes.problem);
  return bytes;
}

/** The sources of a pull request on GitHub, read with a person's or workflow's token: nothing is written there. */
export async function pullSources(
  reference: string,
  given: {
    readonly parseSql: ParseSql;
    readonly readSources: ReadSources;
    readonly readFacts: ReadFacts;
    readonly planner: Planner | null;
    readonly configuration?: { readonly path: string; readonly text: string };
  },
): Promise<Sources> {
  const pull = parse(reference);
  const token = process.env.GITHUB_TOKEN ?? process.env.GH_TOKEN;
  if (token === undefined || token === "") throw new UsageError("--pull needs a token that may read the repository: set GITHUB_TOKEN");
  const apiUrl = process.env.GITHUB_API_URL ?? API;
  const github = createTokenClient(token, apiUrl);
  const facts = await readFacts(github, pull);
  if (!facts) throw new UsageError(`${reference} was not found; check its number and that the token may read the repository`);
  const place = { github, facts, apiUrl, resultCap: resultCap() };
  const { snapshot, ancestors } = await readSnapshot(github, facts);
  const read = baselineRuns(place);
  const trees = new TreeCache(TREE_CHARACTERS);
  const { loadTests } = readConfiguration(given.configuration ?? facts.configuration, []).config.paths;
  return {
    configuration: async () => given.configuration ?? facts.configuration,
    statistics: (path) => statisticsAt(github, facts, path),
    snapshot: async () => ({ ...snapshot, ancestors }),
    parseSql: given.parseSql,
    readSources: given.readSources,
    readFacts: given.readFacts,
    planner: given.planner,
    tree: ({ head }, wanted) => headTree({ github, repository: facts, apiUrl, trees, loadTests }, head.sha, wanted),
    results: (config) => headResults(place, config),
    baseline: (_, config) => baseline(place, read, config, ancestors),
    baseSchema: (_, config) => baseSchema(read, config, ancestors),
    baseRuntime: (_, config) => baseRuntime(read, config, ancestors),
    baseResults: (_, config) => baseResults(read, config, ancestors),
    attestations: async () => [],
    override: async () => ({ override: null }),
  };
}
