import { z } from "zod";
import type { Environment, Measurement, ParsedRun, ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";

const id = "pytest-benchmark";
const title = "pytest-benchmark --benchmark-json";

const word = z.string().optional().catch(undefined);
const machine = z.looseObject({
  machine: word,
  system: word,
  python_implementation: word,
  python_version: word,
  cpu: z.looseObject({ brand: word, brand_raw: word, count: z.number().optional().catch(undefined) }).catch({}),
});
const benchmark = z.looseObject({ fullname: z.string(), stats: z.looseObject({ data: z.array(z.unknown()).optional() }) });
const file = z.looseObject({ version: word, machine_info: machine.optional().catch(undefined), benchmarks: z.array(benchmark) });

function recognizes(head: Uint8Array): boolean {
  const { machine_info, benchmarks } = fields(peek(head));
  const first = fields(Array.isArray(benchmarks) ? benchmarks[0] : undefined);
  const runsPython = "python_version" in fields(machine_info);
  return runsPython || ("fullname" in first && ("stats" in first || "min_rounds" in fields(first.options)));
}

/** Published files are often cut: the rounds count only when all of them are there. */
function allRounds(stats: z.infer<typeof benchmark>["stats"]): { rounds?: number[] } {
  const rounds = stats.data?.map(numeric) ?? [];
  return rounds.length > 0 && rounds.length === stats.rounds ? { rounds } : {};
}

/** Times are seconds per iteration already, whatever `iterations` says. */
const measurement = ({ fullname, stats }: z.infer<typeof benchmark>): Measurement => ({
  benchmark: fullname,
  metric: "time",
  unit: "s",
  better: "lower",
  statistic: "min",
  value: numeric(stats.min),
  typical: numeric(stats.median),
  ...allRounds(stats),
  ...(typeof stats.rounds === "number" ? { n: stats.rounds } : {}),
});

/** Neither the host name nor the kernel release: both change from one CI run to the next. */
function environment(info: z.infer<typeof machine>): Environment {
  const cpu = info.cpu.brand_raw ?? info.cpu.brand;
  const runtime = [info.python_implementation, info.python_version].filter((part) => part !== undefined).join(" ");
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(info.cpu.count === undefined ? {} : { cores: info.cpu.count }),
    ...(info.machine === undefined ? {} : { arch: info.machine }),
    ...(info.system === undefined ? {} : { os: info.system }),
    ...(runtime === "" ? {} : { runtime }),
  };
}

async function parse(chunks: AsyncIterable<Uint8Array>): Promise<ParsedRun> {
  const { version, machine_info, benchmarks } = shaped(file, await readJson(chunks), title);
  return {
    format: id,
    tool: version === undefined ? "pytest-benchmark" : `pytest-benchmark ${version}`,
    measurements: benchmarks.map(measurement),
    ...(benchmarks.length === 0 ? { noData: text`no benchmark ran` } : {}),
    ...(machine_info === undefined ? {} : { environment: environment(machine_info) }),
    problems: [],
  };
}

export const pytestBenchmark: ResultFormat = { id, title, recognizes, parse };
