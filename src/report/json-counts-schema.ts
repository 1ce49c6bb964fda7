import { z } from "zod";

const bothSides = z.strictObject({ base: z.number().nullable(), head: z.number() }).describe("Null where the base has none to compare.");

/** What the tests of one suite sent, as the JSON of a review has it. */
export const countedSuite = z.strictObject({
  suite: z.string(),
  source: z.enum(["traces", "statement-statistics", "plan-log", "query-log"]),
  complete: z
    .boolean()
    .describe("Whether every statement is in the record. If not, every count may be too small, and no budget is passed."),
  doubts: z.array(z.string()).describe("Why it is not complete."),
  base: z
    .strictObject({ sha: z.string(), distance: z.int(), complete: z.boolean() })
    .nullable()
    .describe("The record that it is compared with."),
  limits: z.array(z.string()).describe("Why there is no base, or why new statements are not listed."),
  outside: z.int().describe("Statements below no test and no request."),
  entries: z.array(
    z.strictObject({
      kind: z.enum(["test", "endpoint", "root", "outside", "suite", "session"]),
      name: z.string().describe("What a budget names."),
      key: z.string().describe("Unique together with `kind` and `service`."),
      service: z.string().nullable(),
      decision: z.enum(["more", "fewer", "same", "new", "missing", "not-compared"]),
      reason: z.string().nullable().describe("`not-compared` only."),
      alike: z.boolean().describe("No run sends other statements than at the base, or more or fewer of one."),
      queries: bothSides.describe("Statements of the run that grew most."),
      runs: z.strictObject({ base: z.array(z.int()), head: z.array(z.int()) }).describe("Statements of each run, fewest first."),
      spans: bothSides,
      connections: bothSides.describe("Connections asked of a pool, or opened."),
      statements: z
        .array(z.strictObject({ fingerprint: z.string(), text: z.string(), queries: bothSides, rows: bothSides.nullable() }))
        .describe("Those that are sent more or less often than at the base, and those that one run repeats."),
    }),
  ),
});
