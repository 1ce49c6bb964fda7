import { describe, expect, it } from "vitest";
import type { ResultFile } from "../../src/model/evidence.js";
import { plain, text } from "../../src/model/text.js";
import type { Override } from "../../src/model/verdict.js";
import { decide, type Facts } from "../../src/review/decide.js";
import { BLOCKING, budget, collected, comparison, configOf, facts, finding, granted } from "./facts.js";

const NEEDED = "evidence: { required: [redline-linux, redline-macos] }\nbenchmarks: { on_suspect: block }\n";
const blocking = configOf(`${BLOCKING}${NEEDED}`);
const advisory = configOf(`endpoints: { /api/checkout: { latency_p99: 200ms } }\n${NEEDED}`);

const file = (artifact: string): ResultFile => ({
  file: `${artifact}/k6.json`,
  run: { format: "k6-summary", measurements: [], problems: [] },
});
const legs = { all: [file("redline-linux"), file("redline-macos")], partial: [file("redline-linux")], none: [] };
const suspect = comparison({ decision: "inconclusive", doubt: "suspect", mode: "C", runs: 3 });
const atRisk = budget({ decision: "at-risk", actual: 0.21, values: [0.21] });

const refused: Override = { status: "refused", by: "eve", at: granted.at, sha: granted.sha, label: "perf-override", reason: text`no` };

/** Every dimension of what the gate depends on, with every value that makes a difference. */
const space = {
  configuration: ["blocking", "advisory", "invalid", "mended"],
  incomplete: [undefined, "3,000 of 4,100 files"],
  findings: ["warning", "blocking", "ignored by its author"],
  problems: ["warning", "error"],
  evidence: ["all", "partial", "none"],
  doubt: ["none", "suspect", "at risk"],
  earlier: ["quiet", "over", "over, and measured again"],
  unanswered: [false, true],
  override: [null, granted, { ...refused, status: "void" }],
  waitUntil: [null, "2026-01-02T04:00:00.000Z"],
} as const;

type State = { readonly [K in keyof typeof space]: (typeof space)[K][number] };

function* states(): Generator<State> {
  let all: Record<string, unknown>[] = [{}];
  for (const [name, values] of Object.entries(space)) all = all.flatMap((state) => values.map((value) => ({ ...state, [name]: value })));
  yield* all as unknown as readonly State[];
}

const findingsOf = ({ findings }: State): Facts["findings"] => {
  if (findings === "ignored by its author") return [finding({ suppressed: "trust me" })];
  return [finding({ severity: findings })];
};

function problemsOf({ problems, configuration }: State): Facts["problems"] {
  const invalid = configuration === "invalid" || configuration === "mended";
  return [
    { level: problems, code: "odd", message: text`the JSON ends early`, file: "k6.json" },
    ...(invalid ? [{ level: "error" as const, code: "config-invalid", message: text`unknown key` }] : []),
  ];
}

const base = facts();

const factsOf = (state: State): Facts => ({
  ...base,
  config: state.configuration === "advisory" ? advisory : blocking,
  configurationInvalid: state.configuration === "invalid" || state.configuration === "mended",
  repairsConfiguration: state.configuration === "mended",
  incomplete: state.incomplete,
  findings: findingsOf(state),
  problems: problemsOf(state),
  evidence: collected({
    results: state.evidence === "none" ? null : { files: legs[state.evidence] },
    comparisons: state.doubt === "suspect" ? [suspect] : [],
    budgets: [state.doubt === "at risk" ? atRisk : budget()],
  }),
  earlier:
    state.earlier === "quiet"
      ? null
      : { sha: granted.sha, workflows: [state.earlier === "over" ? "gone.yml" : ""].filter(Boolean), over: text`slow` },
  unanswered: state.unanswered ? [text`the configuration requires a line`] : [],
  override: state.override,
  waitUntil: state.waitUntil,
});

/** The gate rule, said once more without a look at the code: a complete evaluation found nothing that closes it. */
const isComplete = (state: State): boolean =>
  state.incomplete === undefined &&
  state.findings === "warning" &&
  state.problems !== "error" &&
  state.evidence === "all" &&
  state.doubt === "none" &&
  state.earlier !== "over" &&
  !state.unanswered;

const mayOpen = (state: State): boolean => {
  if (state.configuration === "invalid") return false;
  if (state.configuration === "mended") return state.incomplete === undefined;
  return state.configuration === "advisory" || state.override === granted || isComplete(state);
};

/** What is told of every state, whatever it is. */
function complaint(state: State): string | null {
  const verdict = decide(factsOf(state));
  const open = verdict.conclusion === "success";
  if (!["success", "failure", "action_required"].includes(verdict.conclusion)) return "GitHub lets another conclusion pass";
  if (open !== mayOpen(state)) return `is ${open ? "open" : "closed"}`;
  if (!open && (verdict.violations.length === 0 || plain(verdict.title) === "" || plain(verdict.action) === "")) return "gives no reason";
  const awaited = state.waitUntil !== null && (state.evidence !== "all" || state.doubt === "at risk" || state.earlier === "over");
  if (verdict.awaiting && (open || !awaited)) return "waits for nothing";
  if (
    open &&
    !verdict.advisory &&
    verdict.override?.status === "granted" &&
    verdict.violations.length > 0 &&
    verdict.override.covers.length === 0
  )
    return "covers nothing";
  if (verdict.advisory && !plain(verdict.title).startsWith("advisory")) return "hides that nothing is blocked";
  return null;
}

describe("the gate over the whole space of facts", () => {
  it("opens in no state outside its definition, always says why it is closed, and never concludes neutral or skipped", () => {
    const wrong = [...states()].flatMap((state) => {
      const said = complaint(state);
      return said === null ? [] : [{ said, state: { ...state, override: state.override?.status ?? null } }];
    });
    expect({ wrong: wrong.length, such: wrong.slice(0, 3) }).toEqual({ wrong: 0, such: [] });
  });

  it("gives the same verdict for the same facts, and takes nothing from one state into another", () => {
    for (const state of [...states()].filter((_, index) => index % 97 === 0)) {
      expect(decide(factsOf(state))).toEqual(decide(structuredClone(factsOf(state))));
    }
  });
});
