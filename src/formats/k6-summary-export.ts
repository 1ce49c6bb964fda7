import { z } from "zod";
import type { ParsedRun, ResultFormat } from "../model/measurement.js";
import { fields, peek, readJson, shaped } from "./json.js";
import type { K6Metric } from "./k6-endpoints.js";
import { k6Run } from "./k6-metrics.js";

const id = "k6-summary-export";
const title = "k6 --summary-export";

const metric = z.looseObject({ thresholds: z.record(z.string(), z.boolean()).default({}) });
const file = z.looseObject({ metrics: z.record(z.string(), metric) });

const KINDS = [
  ["avg", "med"],
  ["count", "rate"],
  ["passes", "fails"],
];

/** Flat metrics under k6's names, and the checks of the root group as an object. */
function recognizes(head: Uint8Array): boolean {
  const { metrics, root_group } = fields(peek(head));
  const { checks, path } = fields(root_group);
  const flat = Object.entries(fields(metrics)).some(
    ([name, one]) => /^(?:http_|iteration|data_|vus|checks$)/.test(name) && KINDS.some((keys) => keys.every((key) => key in fields(one))),
  );
  const grouped = metrics === undefined && typeof path === "string" && typeof checks === "object" && !Array.isArray(checks);
  return flat || grouped;
}

/** Here `true` means CROSSED, the opposite of handleSummary's `ok` (k6, internal/js/summary-wrapper.js). */
function plainMetric({ thresholds, ...values }: z.infer<typeof metric>): K6Metric {
  const crossed = Object.keys(thresholds).filter((threshold) => thresholds[threshold] === true);
  return { values, crossed: crossed.sort() };
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const { metrics } = shaped(file, await readJson(chunks), title);
  const entries = Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1));
  return k6Run(id, new Map(entries.map(([name, one]) => [name, plainMetric(one)])));
}

export const k6SummaryExport: ResultFormat = { id, title, recognizes, parse };
