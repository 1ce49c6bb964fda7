import { z } from "zod";
import type { Measurement, ParsedRun, ResultFormat } from "../model/measurement.js";
import { fields, peek, readJson, shaped } from "./json.js";
import { microRun } from "./micro.js";
import { printed } from "./text-lines.js";
import { type ToolUnit, toolUnit, unitFields } from "./tool-units.js";

const id = "custom";
const title = "github-action-benchmark custom JSON";

const entry = z.looseObject({ name: z.string(), unit: z.string(), value: z.unknown() });

function isEntry(value: unknown): boolean {
  const { name, unit, value: figure } = fields(value);
  return typeof name === "string" && typeof unit === "string" && (typeof figure === "number" || typeof figure === "string");
}

function recognizes(head: Uint8Array): boolean {
  const entries = peek(head);
  return Array.isArray(entries) && entries.some(isEntry);
}

/** Words that people write for the time units of the tools. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["nanosecond", "ns"],
  ["microsecond", "us"],
  ["millisecond", "ms"],
  ["second", "s"],
  ["minute", "min"],
]);

const short = (word: string): string => WORDS.get(word.toLowerCase().replace(/s$/, "")) ?? word;

/** The direction stands in the name of the action's input, not in the file: only times and rates tell it themselves. */
function unitOf(written: string): ToolUnit {
  const known = toolUnit(written.trim().split("/").map(short).join("/"));
  if (known.unit === "s" || known.unit === "1/s") return known;
  return { unit: "unknown", better: "unknown", scale: 1, sourceUnit: written };
}

const figureOf = (value: unknown): number =>
  typeof value === "string" ? printed(value.trim()) : typeof value === "number" ? value : Number.NaN;

function measurement({ name, unit: written, value }: z.infer<typeof entry>): Measurement {
  const unit = unitOf(written);
  const metric = unit.unit === "s" ? "time" : unit.unit === "1/s" ? "throughput" : "value";
  return { benchmark: name, metric, ...unitFields(unit), statistic: "value", value: figureOf(value) * unit.scale };
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const entries = shaped(z.array(entry), await readJson(chunks), title);
  return microRun({ format: id, measurements: entries.map(measurement), problems: [] });
}

export const custom: ResultFormat = { id, title, recognizes, parse };
