import { z } from "zod";
import type { Measurement, ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { median } from "../statistics/quantiles.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { failed } from "./micro.js";
import { runOfReadings, timed, withParameters } from "./timings.js";

const id = "hyperfine";
const title = "hyperfine --export-json";

const parameter = z.union([z.string(), z.number(), z.boolean()]);
const result = z.looseObject({
  command: z.string(),
  times: z.array(z.unknown()).nullish(),
  exit_codes: z.array(z.unknown()).nullish(),
  parameters: z.record(z.string(), parameter).nullish(),
});
const file = z.looseObject({ results: z.array(result) });
type Result = z.infer<typeof result>;

function recognizes(head: Uint8Array): boolean {
  const { results } = fields(peek(head));
  const first = fields(Array.isArray(results) ? results[0] : undefined);
  return typeof first.command === "string" && ("times" in first || "mean" in first);
}

/** `-n` gives every value of a parameter the same name, so the parameters belong to it. */
const nameOf = ({ command, parameters }: Result): string => withParameters(command, parameters ?? {});

/** Every time is that of a process of its own: true replicates, not rounds. */
function measurement(one: Result): Measurement {
  const times = (one.times ?? []).map(numeric);
  const whole = times.length > 0 && times.every((time) => time > 0);
  return {
    ...timed(nameOf(one), { min: one.min, median: one.median ?? (whole ? median(times) : undefined) }, 1),
    ...(whole ? { processes: times.map((time) => [time]) } : {}),
    ...(times.length > 0 ? { n: times.length } : {}),
  };
}

/** `-i` keeps what failed and times it all the same; null stands for a run that a signal ended. */
function failure(one: Result): Problem | undefined {
  const codes = one.exit_codes ?? [];
  const nonzero = codes.filter((code) => code !== 0);
  if (nonzero.length === 0) return undefined;
  const [first] = nonzero;
  const how = typeof first === "number" ? text`exit code ${first}` : text`no exit code`;
  return failed(nameOf(one), text`${nonzero.length} of ${codes.length} runs ended with ${how}`);
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const { results } = shaped(file, await readJson(chunks), title);
  const readings = results.map((one) => failure(one) ?? measurement(one));
  return runOfReadings({ format: id, tool: "hyperfine" }, readings);
}

export const hyperfine: ResultFormat = { id, title, recognizes, parse };
