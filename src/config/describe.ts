import type { BudgetMetric } from "../model/judgement.js";
import type { Config, EndpointBudget } from "./config.js";
import { sayDuration, sayShare } from "./quantities.js";

export { exampleConfiguration } from "./example.js";

const grouped = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 3 });

const limitSentences: Readonly<Record<BudgetMetric, (limit: number) => string>> = {
  latency_p50: (limit) => `p50 latency at most ${sayDuration(limit)}`,
  latency_p95: (limit) => `p95 latency at most ${sayDuration(limit)}`,
  latency_p99: (limit) => `p99 latency at most ${sayDuration(limit)}`,
  latency_p99_9: (limit) => `p99.9 latency at most ${sayDuration(limit)}`,
  throughput_min: (limit) => `at least ${grouped(limit)} requests per second`,
  error_rate_max: (limit) => `at most ${sayShare(limit)} failed requests`,
};

const describeEndpoint = (endpoint: EndpointBudget): string => {
  const limits = endpoint.limits.map(({ metric, limit }) => limitSentences[metric](limit)).join(", ");
  return `${JSON.stringify(endpoint.pattern).slice(1, -1)}: ${limits}${endpoint.strict ? "; the first run over a limit fails" : ""}.`;
};

const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(", ");

function describeGate(config: Config): readonly string[] {
  const { onBudgetExceed: exceed, override } = config;
  const gate = {
    blocking: "A budget exceeded closes the merge gate",
    advisory: "Advisory mode: everything is shown and nothing closes the merge gate",
  }[config.mode];
  const team = exceed.requireApproval;
  const members = override.quorum === 1 ? "a member" : `${override.quorum} members`;
  const who =
    team === null
      ? "nobody may override it (name a team under require_approval)"
      : `${members} of ${team} may override with the label ${quoted([override.label])}`;
  const expires = override.expiresMs === null || team === null ? [] : [`An override holds for ${sayDuration(override.expiresMs / 1000)}.`];
  const notify = exceed.notify.length === 0 ? [] : [`${quoted(exceed.notify)} is told.`];
  return [config.mode === "blocking" ? `${gate}; ${who}.` : `${gate}.`, ...expires, ...notify];
}

function describeEvidence({ benchmarks, evidence, critical }: Config): readonly string[] {
  const suspects = benchmarks.onSuspect === "block" ? "; what may be noise closes it too" : "";
  const required = evidence.required.length === 0 ? "" : ` Required: ${quoted(evidence.required)}.`;
  return [
    `Benchmarks: a slowdown counts from ${sayShare(benchmarks.minEffect)} and closes the gate from ${sayShare(benchmarks.blockEffect)}${suspects}.`,
    `Results are read from CI artifacts named ${quoted(evidence.artifacts)} and waited for at most ${sayDuration(evidence.waitMs / 1000)}.${required}`,
    critical.length === 0 ? "No path is named critical." : `Critical paths, which need a benchmark when they change: ${quoted(critical)}.`,
  ];
}

function describeRest(config: Config): readonly string[] {
  const rules = Object.entries(config.rules).map(([id, severity]) => `${id} is ${severity}`);
  const off = Object.keys(config.checklist);
  const kept = [...(config.slos ?? []), ...(config.alerts ?? [])].length;
  return [
    `SQL is read as ${config.database.dialect}.`,
    ...(rules.length === 0 ? [] : [`Rules: ${rules.join(", ")}.`]),
    ...(off.length === 0 ? [] : [`Not on the checklist: ${off.join(", ")}.`]),
    ...(kept === 0 ? [] : [`${config.slos?.length ?? 0} SLOs and ${config.alerts?.length ?? 0} alerts are kept and not used yet.`]),
  ];
}

/** What a configuration means, one sentence a line, for `redline config check`. Foreign text is printable by the schema. */
export function describeConfiguration(config: Config): string {
  const endpoints = config.endpoints.length === 0 ? ["No endpoint has a budget."] : config.endpoints.map(describeEndpoint);
  return [...endpoints, ...describeGate(config), ...describeEvidence(config), ...describeRest(config)].join("\n");
}
