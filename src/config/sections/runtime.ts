import type { AllowedRepeat, Config } from "../config.js";
import { listOf, section, words } from "../values.js";

const name = words("the name of a request or test, with * for any characters", 500);

const allowed = section({
  entry: name.default("*").describe("The request or test, as the review names it; `*` stands for any characters."),
  statement: words("the 16 digits that the review gives, or *", 16, /^(?:[0-9a-f]{16}|\*)$/u)
    .default("*")
    .describe("The statement's fingerprint, in quotes; `*` for all that this entry sends."),
  reason: words("why it is meant", 500).describe("Why; shown in every review."),
})
  .refine((given) => given.entry !== "*" || given.statement !== "*", {
    error: "write an entry, a statement, or both",
    params: { why: "would allow everything" },
    when: ({ issues }) => issues.length === 0,
  })
  .transform((given): AllowedRepeat => given);

export const runtime = section({
  allow: listOf(allowed)
    .default([])
    .describe("Statements that are repeated on purpose: pages, polling, one message each.")
    .meta({ example: [{ entry: "GET /export", statement: "0123456789abcdef", reason: "pages of 1,000 rows" }] }),
})
  .prefault({})
  .transform((given): Config["runtime"] => given)
  .describe("How what the tests did is judged: traces, and logs of the database.");
