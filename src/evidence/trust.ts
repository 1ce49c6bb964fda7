import type { Config } from "../config/config.js";
import { workflowPath } from "../config/workflows.js";
import type { Collected } from "../model/collected.js";
import type { Changes, Results } from "../model/evidence.js";
import type { ChangedFile, Snapshot } from "../model/pull-request.js";
import { join, type Text, text } from "../model/text.js";
import { matchesAny } from "./path-kinds.js";

/** How far the results of a head may be believed, and what to say about it. */
export interface Trust {
  /** Changed files that decide what the results say: the workflow that made them, actions of the repository, benchmarks and load tests. */
  readonly editedHere: readonly string[];
  /** Why a person has to vouch for the results before they open anything; empty where nobody has to. */
  readonly doubts: readonly Text[];
  /** The workflow runs that are spoken of, for what a person's word is bound to. */
  readonly runs: readonly string[];
}

const ACTIONS = [".github/actions/**"];
const WORKFLOWS = [".github/workflows/**"];
/** How a workflow says that others may call it (GitHub docs: reusing workflows). */
const REUSABLE = "workflow_call";

const namesOf = ({ path, previousPath }: ChangedFile): readonly string[] => (previousPath === undefined ? [path] : [path, previousPath]);

const isReusable = ({ base = "", head = "", unread }: ChangedFile): boolean =>
  unread !== undefined || base.includes(REUSABLE) || head.includes(REUSABLE);

/** Does this file say how the runs measured? Of runs whose workflow is not known any may have. */
function steers(file: ChangedFile, workflows: ReadonlySet<string>): boolean {
  const names = namesOf(file);
  if (names.some((name) => matchesAny(ACTIONS, name) || workflows.has(name))) return true;
  return names.some((name) => matchesAny(WORKFLOWS, name)) && (workflows.size === 0 || isReusable(file));
}

const sourcesOf = (results: Collected<Results>) =>
  results.status === "absent" ? [] : results.value.files.flatMap(({ source }) => source ?? []);

/** Results that were handed over by hand have no workflow. */
function steering(results: Collected<Results>, { files }: Snapshot): readonly string[] {
  const sources = sourcesOf(results);
  if (sources.length === 0) return [];
  const workflows = new Set(sources.flatMap(({ workflow }) => (workflow === undefined ? [] : [workflowPath(workflow)])));
  return files.filter((file) => steers(file, workflows)).map(({ path }) => path);
}

/** Without these results the gate would be closed: only then is there something to gain from forging them. */
const opens = ({ evidence, onBudgetExceed, endpoints }: Config, { critical }: Changes): boolean =>
  evidence.required.length > 0 || (onBudgetExceed.blockMerge && critical.length > 0 && endpoints.length > 0);

const listed = (paths: readonly string[]): Text =>
  paths.length > 3
    ? text`${join(
        paths.slice(0, 3).map((path) => text`${path}`),
        ", ",
      )} and ${paths.length - 3} more`
    : join(
        paths.map((path) => text`${path}`),
        ", ",
      );

const NOTHING: Trust = { editedHere: [], doubts: [], runs: [] };

/** What a change does to the trust in its own results: where the code lies, and whether it edits what measures it. */
export function trustIn(results: Collected<Results>, snapshot: Snapshot, changes: Changes, config: Config): Trust {
  if (results.status === "absent" || results.value.files.length === 0) return NOTHING;
  const { forks, changedWorkflows, changedBenchmarks } = config.evidence;
  const steered = steering(results, snapshot);
  const measuring = [...changes.benchmarks, ...changes.loadTests];
  const doubts = [
    ...(snapshot.fork && forks === "review" ? [text`a fork's own code and workflow made them`] : []),
    ...(steered.length > 0 && changedWorkflows === "review"
      ? [text`this change edits the workflow that made them (${listed(steered)})`]
      : []),
    ...(measuring.length > 0 && changedBenchmarks === "review"
      ? [text`this change edits what they measure with (${listed(measuring)})`]
      : []),
  ];
  const runs = [...new Set(sourcesOf(results).map(({ id, attempt }) => `${id}/${attempt}`))];
  return { editedHere: [...steered, ...measuring], doubts: opens(config, changes) ? doubts : [], runs };
}

/** Results of a fork, where the configuration wants none. */
export function fromHere(results: Collected<Results>, { fork }: Snapshot, { evidence }: Config): Collected<Results> {
  if (!fork || evidence.forks !== "ignore" || results.status === "absent") return results;
  return { status: "absent", reason: text`results of forks are not read here: evidence.forks is ignore` };
}

/** One sentence of what was edited; null where nothing was. */
export const editedNote = (paths: readonly string[]): Text | null =>
  paths.length === 0 ? null : text`This pull request changes what measures it: ${listed(paths)}.`;
