import type { AllowedRepeat } from "../../src/config/config.js";
import { countRuntime } from "../../src/evidence/runtime.js";
import type { Changes } from "../../src/model/evidence.js";
import type { FindingOf, Rule } from "../../src/model/rule.js";
import type { RuntimeEntry, RuntimeRun } from "../../src/model/runtime.js";
import { plain, text } from "../../src/model/text.js";
import { recordOf } from "../evidence/recorded.js";

const NO_CHANGES: Changes = { files: [], critical: [], benchmarks: [], loadTests: [], endpoints: [] };

interface Given {
  readonly head: readonly RuntimeEntry[];
  /** Absent: no base is known. */
  readonly base?: readonly RuntimeEntry[];
  readonly here?: Partial<RuntimeRun>;
  readonly before?: Partial<RuntimeRun>;
  readonly allow?: readonly AllowedRepeat[];
  readonly changes?: Partial<Changes>;
}

/** What a rule says of two records of a suite. */
export function findings(rule: Rule<"runtime" | "changes"> | Rule<"runtime">, given: Given): readonly FindingOf[] {
  const { head, base, here, before, allow = [], changes } = given;
  const earlier = base && { sha: "b".repeat(40), distance: 0, runs: [recordOf(base, before)] };
  const runtime = countRuntime([recordOf(head, here)], earlier ?? null, allow);
  if (runtime.status === "absent") return [];
  return rule.check({ runtime: runtime.value, changes: { ...NO_CHANGES, ...changes } }, {});
}

/** `warning: sentence`, for each finding. */
export const said = (found: readonly FindingOf[]): readonly string[] =>
  found.map(({ severity, title, message }) => `${severity}: ${plain(title ?? message)}`);

/** A record of which something is known to be lost, and one that has no manifest only. */
export const lossy: Partial<RuntimeRun> = {
  completeness: { status: "partial", reasons: [{ code: "span-count", message: text`9 spans ended, and the files hold 4` }] },
};
export const unlisted: Partial<RuntimeRun> = {
  completeness: { status: "partial", reasons: [{ code: "no-manifest", message: text`there is no manifest` }] },
};
