import { z } from "zod";
import type { Environment, ParsedRun, Problem, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { environmentOf, failed } from "./micro.js";
import { type Reading, runOfReadings, timed } from "./timings.js";

const id = "mitata";
const title = "mitata JSON";

const NANOSECOND = 1e-9;
/** mitata's own mark for "optimised out": below 1.42 times what an empty function takes (src/main.mjs). */
const EMPTY_FUNCTIONS = 1.42;
/** Calls behind one sample of a fast benchmark, unless it was configured otherwise. */
const BATCH = 4_096;

const word = z.string().optional().catch(undefined);
const run = z.looseObject({ name: z.string(), stats: z.looseObject({}).nullish(), error: z.unknown().optional() });
const trial = z.looseObject({ group: z.number().int().nullish(), runs: z.array(run) });
const context = z.looseObject({ arch: word, runtime: word, version: word, cpu: z.looseObject({ name: word }).catch({ name: undefined }) });
const layout = z.array(z.looseObject({ name: z.string().nullish() }));
const file = z.looseObject({ layout, benchmarks: z.array(trial), context: context.optional().catch(undefined) });
type File = z.infer<typeof file>;

function recognizes(head: Uint8Array): boolean {
  const { layout: groups, benchmarks, context: about } = fields(peek(head));
  const opening = fields(Array.isArray(benchmarks) ? benchmarks[0] : undefined);
  const known = Array.isArray(opening.runs) || "baseline" in opening || "noop" in fields(about) || typeof opening.kind === "string";
  return Array.isArray(groups) && known;
}

/** The arguments stand in the name already: `concat 64`. */
function nameOf({ layout: groups }: File, group: number | null | undefined, name: string): string {
  const suite = groups[group ?? 0]?.name;
  return suite == null ? name : `${suite} > ${name}`;
}

/** A benchmark with the median of an empty loop of its kind, in seconds. */
type Trial = { readonly reading: Reading; readonly empty: number };

/** `ticks` counts calls: samples that do not account for all of them are a part only. */
function allSamples({ samples, ticks }: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if (!Array.isArray(samples)) return undefined;
  return [1, BATCH].some((calls) => samples.length * calls === ticks) ? samples : undefined;
}

function read(name: string, { stats, error }: z.infer<typeof run>): Reading {
  const { message } = fields(error);
  if (error != null || stats == null)
    return failed(name, typeof message === "string" ? text`it threw: ${message}` : text`it has no figures`);
  return timed(name, { min: stats.min, median: stats.p50, rounds: allSamples(stats) }, NANOSECOND);
}

function trialsOf(whole: File): readonly Trial[] {
  const noop = fields(whole.context?.noop);
  const emptyOf = (kind: unknown) => numeric(fields(kind === "iter" ? noop.iter : noop.fn).p50) * NANOSECOND;
  return whole.benchmarks.flatMap(({ group, runs }) =>
    runs.map((one) => ({ reading: read(nameOf(whole, group, one.name), one), empty: emptyOf(one.stats?.kind) })),
  );
}

/** A body that the compiler removed takes as long as an empty function: its time says nothing. */
function optimisedAway({ reading, empty }: Trial): Problem[] {
  if ("level" in reading || !((reading.typical ?? Number.NaN) < EMPTY_FUNCTIONS * empty)) return [];
  const message = text`${reading.benchmark}: as fast as an empty function, so that it was probably optimised away`;
  return [{ level: "warning", code: "optimised-away", message, remedy: text`use the result of the benchmark (do_not_optimize)` }];
}

function machine({ context: about }: File): Environment {
  const runtime = about?.runtime === undefined ? undefined : [about.runtime, about.version].filter((part) => part !== undefined).join(" ");
  return environmentOf({ cpu: about?.cpu.name, arch: about?.arch, runtime });
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const whole = shaped(file, await readJson(chunks), title);
  const trials = trialsOf(whole);
  const readings = trials.map(({ reading }) => reading);
  const parsed = runOfReadings({ format: id, tool: "mitata", environment: machine(whole) }, readings);
  return { ...parsed, problems: [...parsed.problems, ...trials.flatMap(optimisedAway)] };
}

export const mitata: ResultFormat = { id, title, recognizes, parse };
