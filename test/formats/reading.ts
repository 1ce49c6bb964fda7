import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { type ReadOptions, type ReadResult, readResultFile } from "../../src/formats/read.js";
import type { Measurement, ParsedRun, Problem, ResultFormat } from "../../src/model/measurement.js";
import { plain } from "../../src/model/text.js";

/** The bytes of a committed fixture. */
export const fixture = (path: string): Uint8Array => readFileSync(fileURLToPath(new URL(`../fixtures/formats/${path}`, import.meta.url)));

/** A committed fixture as a value to be changed. */
export const fixtureJson = <T>(path: string): T => JSON.parse(new TextDecoder().decode(fixture(path)));

export const bytesOf = (content: unknown): Uint8Array =>
  content instanceof Uint8Array ? content : new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));

/** The bytes in chunks of the given size, as a stream delivers them. */
export async function* stream(bytes: Uint8Array, size = 1_000): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Reads bytes, text or a value written as JSON, under the name `results.json`. */
export const read = (content: unknown, options?: ReadOptions): Promise<ReadResult> =>
  readResultFile("results.json", stream(bytesOf(content)), options);

/** The run of a file that must be readable. */
export async function runOf(content: unknown, options?: ReadOptions): Promise<ParsedRun> {
  const result = await read(content, options);
  if ("run" in result) return result.run;
  throw new Error(sentence("broken" in result ? result.broken : result.unrecognized));
}

/** The problem of a file that must be refused as a broken result file. */
export async function brokenOf(content: unknown, options?: ReadOptions): Promise<Problem> {
  const result = await read(content, options);
  if ("broken" in result) return result.broken;
  throw new Error(`not broken: ${JSON.stringify(result).slice(0, 500)}`);
}

/** The problem of a file that must be nobody's. */
export async function unrecognizedOf(content: unknown): Promise<Problem> {
  const result = await read(content);
  if ("unrecognized" in result) return result.unrecognized;
  throw new Error(`recognized: ${JSON.stringify(result).slice(0, 500)}`);
}

export const sentence = (problem: Problem): string => plain(problem.message);

export const codes = (run: ParsedRun): string[] => run.problems.map(({ code }) => code);

/** `benchmark metric` to value, for comparing at a glance. */
export const values = ({ measurements }: { measurements: readonly Measurement[] }): Record<string, number> =>
  Object.fromEntries(measurements.map(({ benchmark, metric, value }) => [`${benchmark} ${metric}`, value]));

/** The formats that take these bytes for their own. */
export const claimants = (formats: readonly ResultFormat[], content: unknown): string[] =>
  formats.filter((format) => format.recognizes(bytesOf(content).subarray(0, 65_536))).map(({ id }) => id);

/** The same JSON value with the keys of every object in another order. */
export function reordered(value: unknown, order: (keys: [string, unknown][]) => [string, unknown][]): unknown {
  if (Array.isArray(value)) return value.map((item) => reordered(item, order));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(order(Object.entries(value)).map(([key, inner]) => [key, reordered(inner, order)]));
}

/** Orders of keys for {@link reordered}: a rotation and a direction. */
export const orders = fc.tuple(fc.nat(20), fc.boolean()).map(([turn, backwards]) => (entries: [string, unknown][]) => {
  const turned = [...entries.slice(turn % (entries.length || 1)), ...entries.slice(0, turn % (entries.length || 1))];
  return backwards ? turned.toReversed() : turned;
});

/** The same figures to twelve digits: a unit such as µs has no exact factor in binary. */
export const rounded = (figures: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(12))]));
