import { z } from "zod";
import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { fields, peek, readJson, shaped } from "./json.js";
import { k6Run } from "./k6-metrics.js";

const id = "k6-summary";
const title = "k6 handleSummary JSON";

const metric = z.looseObject({
  values: z.record(z.string(), z.unknown()),
  thresholds: z.record(z.string(), z.looseObject({ ok: z.boolean() })).default({}),
});
const file = z.looseObject({ metrics: z.record(z.string(), metric) });

/** `values` inside a metric, and the checks of the root group as an array, are what the older export has not. */
function recognizes(head: Uint8Array): boolean {
  const { metrics, root_group } = fields(peek(head));
  const { checks, path } = fields(root_group);
  const nested = Object.values(fields(metrics)).some((one) => "values" in fields(one) && "contains" in fields(one));
  return nested || (metrics === undefined && typeof path === "string" && Array.isArray(checks));
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const { metrics } = shaped(file, await readJson(chunks), title);
  const unmet = (thresholds: z.infer<typeof metric>["thresholds"]) =>
    Object.keys(thresholds)
      .filter((threshold) => thresholds[threshold]?.ok === false)
      .sort();
  const entries = Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1));
  return k6Run(id, new Map(entries.map(([name, { values, thresholds }]) => [name, { values, crossed: unmet(thresholds) }])));
}

export const k6Summary: ResultFormat = { id, title, recognizes, parse };
