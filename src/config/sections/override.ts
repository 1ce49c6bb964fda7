import type { Config } from "../config.js";
import { flag, quantity, section, whole, words } from "../values.js";

/** GitHub's own limit. */
const LONGEST_LABEL = 50;

export const override = section({
  label: words(`a label of at most ${LONGEST_LABEL} characters`, LONGEST_LABEL)
    .default("perf-override")
    .describe("Label that opens a closed gate when a member of the required team puts it."),
  quorum: whole(1, 10).default(1).describe("How many members have to agree. Checked and kept, without effect yet."),
  expires: quantity("duration", { positive: true, most: [366 * 86_400, "366d"] })
    .nullable()
    .default(null)
    .describe("How long an override holds; without it, as long as the head stays. Checked and kept, without effect yet.")
    .meta({ example: "7d" }),
  reason: flag.default(false).describe("Whether a written reason is required. Checked and kept, without effect yet."),
})
  .prefault({})
  .transform((given): Config["override"] => ({
    label: given.label,
    quorum: given.quorum,
    expiresMs: given.expires === null ? null : Math.round(given.expires * 1000),
    reason: given.reason,
  }))
  .describe("Who may open a closed gate, and how.");
