import { z } from "zod";

const sha = z.string().regex(/^[0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?$/, "not a full commit SHA");
const name = z.string().min(1).max(300);
const whole = z.number().int().min(0).max(1_000_000_000);

const file = z
  .strictObject({
    name: name.regex(/^(?!\.)[^/\\]+$/, "not the name of a file beside the manifest").describe("Name of a file beside the manifest."),
    sha256: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, "not a SHA-256")
      .describe("SHA-256 of the file, in hexadecimal digits; of a file that is uploaded packed (`.gz`), of what it unpacks to."),
  })
  .describe("A file of evidence.");

export const runtimeManifest = z
  .strictObject({
    $schema: z.string().optional(),
    format: z.literal("redline-runtime"),
    schemaVersion: z.literal(1),
    repository: name.describe("`owner/name`."),
    headSha: sha.describe("The commit that was tested: the pull request's own head, not GitHub's merge commit."),
    baseSha: sha.optional().describe("The tip of the base branch, where the workflow knows it."),
    suite: name.describe("Runs of base and head are compared by this name: `api`, `integration`."),
    sampler: name
      .default("always_on")
      .describe("OTEL_TRACES_SAMPLER. Any but `always_on` and `parentbased_always_on` makes counts partial."),
    spansEnded: whole.optional().describe("Spans that ended, counted by a span processor before anything was queued. Required of traces."),
    instrumentations: z
      .array(z.strictObject({ name, version: z.string().max(100).optional() }))
      .max(500)
      .default([])
      .describe("Libraries that record spans, where the files do not say so themselves."),
    engine: z
      .strictObject({ system: name, version: z.string().max(100).optional() })
      .optional()
      .describe("The database."),
    dealloc: whole.optional().describe("`pg_stat_statements_info.dealloc` at the end. Required of pg_stat_statements."),
    files: z.array(file).min(1).max(1_000),
  })
  .describe("Says what a test run recorded, so that counts can be trusted. Lies beside the files.");

/** `docs/redline-runtime.schema.json`, for editors and other validators. */
export function runtimeSchema(): string {
  const schema = z.toJSONSchema(runtimeManifest, { io: "input", target: "draft-7" });
  return `${JSON.stringify({ ...schema, title: "Redline runtime evidence, version 1" }, null, 2)}\n`;
}
