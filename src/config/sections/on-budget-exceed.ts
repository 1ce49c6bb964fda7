import { z } from "zod";
import type { Config } from "../config.js";
import { flag, listOf, section, words } from "../values.js";

const channel = words('a channel such as "#perf-alerts", in quotes');

const TEAM = /^[A-Za-z0-9][\w.-]*$/u;

const action = section({
  block_merge: flag.optional().describe("Close the merge gate when a budget is exceeded."),
  notify: z
    .union([channel, listOf(channel)])
    .optional()
    .describe("Channel or channels to tell. Checked and kept, without effect yet."),
  require_approval: words("the team's short name as in its URL, without the owner", 100, TEAM)
    .nullable()
    .optional()
    .describe("Team whose members may override with the label."),
});

type Action = z.output<typeof action>;

const repeatable = "notify";

/** The list form says each thing once; only channels add up. */
const refuseRepeats = (actions: readonly Action[], context: z.RefinementCtx): void => {
  const seen = new Set<string>();
  for (const [index, entry] of actions.entries()) {
    for (const key of Object.keys(entry)) {
      if (seen.has(key) && key !== repeatable)
        context.addIssue({ code: "custom", path: [index, key], message: "write it once", params: { why: "is given twice" } });
      seen.add(key);
    }
  }
};

const merged = (given: Action | readonly Action[]): Config["onBudgetExceed"] => {
  const actions = [given].flat();
  return {
    blockMerge: actions.some((entry) => entry.block_merge === true),
    notify: actions.flatMap((entry) => entry.notify ?? []),
    requireApproval: actions.find((entry) => entry.require_approval)?.require_approval ?? null,
  };
};

export const onBudgetExceed = z
  .union([action, listOf(action).superRefine(refuseRepeats)])
  .prefault({})
  .transform(merged)
  .describe("What happens when a budget is exceeded: keys, or a list of keys.")
  .meta({ example: [{ block_merge: true }, { notify: "#perf-alerts" }, { require_approval: "perf-team" }] });
