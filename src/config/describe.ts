import type { BudgetMetric } from "../model/judgement.js";
import type { BudgetLimit, Config, CountLimit, CriticalPart, EndpointBudget } from "./config.js";
import { describeBenchmarks } from "./describe-benchmarks.js";
import { sayDuration, sayShare } from "./quantities.js";

export { exampleConfiguration } from "./example.js";

const grouped = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 3 });

const limitSentences: Readonly<Record<BudgetMetric, (limit: number) => string>> = {
  latency_p50: (limit) => `p50 latency at most ${sayDuration(limit)}`,
  latency_p90: (limit) => `p90 latency at most ${sayDuration(limit)}`,
  latency_p95: (limit) => `p95 latency at most ${sayDuration(limit)}`,
  latency_p99: (limit) => `p99 latency at most ${sayDuration(limit)}`,
  latency_p99_9: (limit) => `p99.9 latency at most ${sayDuration(limit)}`,
  latency_mean: (limit) => `mean latency at most ${sayDuration(limit)}`,
  latency_max: (limit) => `no latency above ${sayDuration(limit)}`,
  throughput_min: (limit) => `at least ${grouped(limit)} requests per second`,
  error_rate_max: (limit) => `at most ${sayShare(limit)} failed requests`,
};

const describeLimit = ({ metric, basis, limit }: BudgetLimit): string => {
  if (basis === undefined) return limitSentences[metric](limit);
  const what = metric.replace("_min", "").replace("latency_", "").replace("_", ".");
  const figure = what === "throughput" ? what : `${what} latency`;
  return `${figure} at most ${sayShare(limit)} worse than ${basis === "relative" ? "the baseline" : "the oldest known runs"}`;
};

const describeCount = ({ metric, limit }: CountLimit): string => {
  if (metric === "queries_max") return `at most ${grouped(limit)} ${limit === 1 ? "query" : "queries"}`;
  return limit === 0 ? "no more queries than at the merge base" : `at most ${grouped(limit)} queries more than at the merge base`;
};

const describeEndpoint = (endpoint: EndpointBudget): string => {
  const limits = [...endpoint.limits.map(describeLimit), ...(endpoint.counts ?? []).map(describeCount)].join(", ");
  return `${JSON.stringify(endpoint.pattern).slice(1, -1)}: ${limits}${endpoint.strict ? "; the first run over a limit fails" : ""}.`;
};

const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(", ");

function describeGate({ mode, onBudgetExceed, override }: Config): string {
  if (mode === "advisory") return "Advisory mode: everything is shown and nothing closes the merge gate.";
  const team = onBudgetExceed.requireApproval;
  if (team === null) return "A budget exceeded closes the merge gate; nobody may override it (name a team under require_approval).";
  return `A budget exceeded closes the merge gate; a member of ${team} may override with the label ${quoted([override.label])}.`;
}

function describeCritical({ paths, functions, coveredBy }: CriticalPart): string {
  const where = quoted(paths);
  const what = functions.length === 0 ? where : `the functions ${quoted(functions)}${where === "" ? "" : ` in ${where}`}`;
  return coveredBy.length === 0 ? what : `${what} (covered by ${quoted(coveredBy)})`;
}

function describeEvidence({ evidence, critical }: Config): readonly string[] {
  const required = evidence.required.length === 0 ? "" : ` Required: ${quoted(evidence.required)}.`;
  return [
    `Results are read from CI artifacts named ${quoted(evidence.artifacts)} and waited for at most ${sayDuration(evidence.waitMs / 1000)}.${required}`,
    critical.length === 0
      ? "No path is named critical."
      : `Critical, whose changes should be covered by a benchmark and wait for a load test: ${critical.map(describeCritical).join("; ")}.`,
  ];
}

/** Keys that are given and have no effect yet: said, so that nobody relies on them. */
function keptOnly({ onBudgetExceed, override, evidence, slos = [], alerts = [] }: Config): readonly string[] {
  const given: readonly (readonly [string, boolean])[] = [
    ["on_budget_exceed.notify", onBudgetExceed.notify.length > 0],
    ["override.quorum", override.quorum > 1],
    ["override.expires", override.expiresMs !== null],
    ["override.reason", override.reason],
    ["evidence.workflows", evidence.workflows.length > 0],
    ["slos", slos.length > 0],
    ["alerts", alerts.length > 0],
  ];
  return given.flatMap(([key, isGiven]) => (isGiven ? [key] : []));
}

function describeChecklist({ items, lines }: Config["checklist"]): readonly string[] {
  const having = (wanted: string) => Object.entries(items).flatMap(([item, state]) => (state === wanted ? [item] : []));
  const required = [...having("required"), ...lines.filter((line) => line.required).map(({ text }) => JSON.stringify(text))];
  const off = having("off");
  return [
    ...(off.length === 0 ? [] : [`Not on the checklist: ${off.join(", ")}.`]),
    ...(lines.length === 0 ? [] : [`Lines of your own: ${quoted(lines.map(({ text }) => text))}.`]),
    ...(required.length === 0 ? [] : [`The gate stays closed until these lines are answered: ${required.join(", ")}.`]),
  ];
}

/** What is repeated on purpose, said so that nobody forgets it. */
const describeAllowed = ({ runtime }: Config): readonly string[] =>
  runtime.allow.map(
    ({ entry, statement, reason }) =>
      `Repeated on purpose: ${statement === "*" ? "every statement" : `statement ${statement}`} of ${quoted([entry])}, because: ${JSON.stringify(reason)}.`,
  );

function describeRest(config: Config): readonly string[] {
  const rules = Object.entries(config.rules).map(([id, severity]) => `${id} is ${severity}`);
  const formats = Object.entries(config.formats ?? {}).map(([glob, format]) => `${quoted([glob])} as ${format}`);
  const kept = keptOnly(config);
  return [
    config.database.dialectGiven
      ? `SQL is read as ${config.database.dialect}.`
      : `SQL is read as ${config.database.dialect} where no tool's file names another database.`,
    ...(rules.length === 0 ? [] : [`Rules: ${rules.join(", ")}.`]),
    ...(formats.length === 0 ? [] : [`Result files, whatever their content: ${formats.join(", ")}.`]),
    ...describeChecklist(config.checklist),
    ...(kept.length === 0 ? [] : [`Checked and kept, without effect yet: ${kept.join(", ")}.`]),
  ];
}

/** What a configuration means, one sentence a line, for `redline config check`. Foreign text is printable by the schema. */
export function describeConfiguration(config: Config): string {
  const endpoints = config.endpoints.length === 0 ? ["No endpoint has a budget."] : config.endpoints.map(describeEndpoint);
  return [
    ...endpoints,
    describeGate(config),
    ...describeBenchmarks(config.benchmarks),
    ...describeEvidence(config),
    ...describeAllowed(config),
    ...describeRest(config),
  ].join("\n");
}
