import { points } from "./points.js";
import { count, type Result, wronglyOpen } from "./result.js";

type Row = readonly [string, (result: Result) => number | string];

const seconds = (value: number): string => `${Math.round(value)} s`;
const share = (part: number, whole: number): string => `${part} (${whole === 0 ? 0 : ((100 * part) / whole).toFixed(1)} %)`;

const load: readonly Row[] = [
  ["seed", ({ options }) => options.seed],
  ["processes, store", ({ options: { kind, processes, engine } }) => (kind === "plain" ? `${processes}, none` : `${processes}, ${engine}`)],
  ["pull requests", ({ pulls }) => pulls],
  ["deliveries", ({ deliveries }) => deliveries],
  ["never delivered", ({ dropped, deliveries }) => share(dropped, deliveries)],
  ["delivered twice", ({ duplicated, deliveries }) => share(duplicated, deliveries)],
  ["API calls", ({ calls }) => calls],
  ["calls under load with a fault", ({ faulty, loadCalls }) => share(faulty, loadCalls)],
  ["stale reads, up to", ({ stale, options }) => `${stale}, ${options.staleMs} ms`],
  ["kill -9", ({ kills }) => kills],
  ["time under load and until rest", ({ seconds: all, restSeconds }) => `${seconds(all - restSeconds)}, ${seconds(restSeconds)}`],
];

const outcome: readonly Row[] = [
  ["**lost**: pull requests without a review of their head", (result) => count(result, "lost")],
  ["**duplicate**: pull requests with two comments at rest", (result) => count(result, "duplicate")],
  ["**stale**: pull requests with a wrong verdict at rest", (result) => count(result, "stale")],
  ["**wrongly open** moments", (result) => wronglyOpen(result, false)],
  ["opened within 15 s after the reason ended", (result) => wronglyOpen(result, true)],
  ["transient duplicate comments", ({ transientComments }) => transientComments],
  ["check runs created beside one of that name on the commit", ({ transientChecks }) => transientChecks],
];

const table = (title: string, results: readonly Result[], rows: readonly Row[]): string => {
  const names = results.map(({ options }) => (options.kind === "plain" ? "plain Probot App" : "Redline"));
  const body = rows.map(([name, of]) => `| ${name} | ${results.map(of).join(" | ")} |`);
  return [`| ${title} | ${names.join(" | ")} |`, `| --- |${" --- |".repeat(results.length)}`, ...body].join("\n");
};

/** Both columns, in Markdown. */
export function render(results: readonly Result[]): string {
  const landed: readonly Row[] = [...points, "at random" as const].map((point) => [point, (result) => result.landed[point]]);
  return [table("load", results, load), table("outcome", results, outcome), table("killed at", results, landed)].join("\n\n");
}

/** What went wrong, one line each, for whoever looks for the reason. */
export function complaints({ faults, wrong, violations, crashes }: Result): readonly string[] {
  return [
    ...wrong.map(({ fault, repository, number, head, base, cause, call }) => {
      return `open (${fault}): ${repository}#${number} at ${head.slice(0, 7)} on ${base}, by ${cause}, call ${call}`;
    }),
    ...faults.map(({ kind, repository, number, what }) => `${kind}: ${repository}#${number}: ${what}`),
    ...violations.map(({ n, operation, violation }) => `contract: call ${n} ${operation}: ${violation?.problems.join("; ")}`),
    ...crashes.map(({ n, crash }) => `the local GitHub failed at call ${n}: ${crash}`),
  ];
}
