import { z } from "zod";
import type { Origin, ParsedRun, ResultFormat } from "../model/measurement.js";
import { fields, numeric, peek, readJson, shaped } from "./json.js";
import { latencyPercentiles } from "./load.js";
import { type EndpointFigures, loadRun } from "./load-run.js";

const id = "gatling-stats";
const title = "Gatling js/stats.json";

/** Times are whole milliseconds. */
const RESOLUTION = 0.001;

/** Gatling's default for percentiles1 to 4; the file does not say what a simulation configured. */
const PERCENTILES = [50, 75, 95, 99];

const tally = z.number().int().nonnegative();
const one = z.looseObject({ ok: z.unknown() });
const node = z.looseObject({
  type: z.string(),
  name: z.string(),
  stats: z.looseObject({
    numberOfRequests: z.looseObject({ total: tally, ok: tally, ko: tally }),
    meanResponseTime: one,
    maxResponseTime: one,
    meanNumberOfRequestsPerSecond: one,
  }),
  contents: z.record(z.string(), z.unknown()).default({}),
});
type Node = z.infer<typeof node>;

/** The tree's nodes have a type and a place for their children; `global_stats.json` is the statistics alone. */
function recognizes(head: Uint8Array): boolean {
  const { type, stats, contents } = fields(peek(head));
  return type === "GROUP" && ("numberOfRequests" in fields(stats) || "pathFormatted" in fields(Object.values(fields(contents))[0]));
}

function percentilesOf(stats: Node["stats"], percentages: readonly number[]): ReturnType<typeof latencyPercentiles> {
  const written = percentages.map((percentage, index) => [percentage, fields(stats[`percentiles${index + 1}`])] as const);
  return latencyPercentiles(written.flatMap(([percentage, one]) => ("ok" in one ? [[percentage, numeric(one.ok) / 1000] as const] : [])));
}

/** Fast answers that failed pull `total` down: everything is read from `ok`. */
function figures({ stats }: Node, endpoint: string, percentages: readonly number[]): EndpointFigures {
  const { numberOfRequests, meanResponseTime, maxResponseTime, meanNumberOfRequestsPerSecond } = stats;
  const times = { mean: numeric(meanResponseTime.ok) / 1000, max: numeric(maxResponseTime.ok) / 1000 };
  return {
    endpoint,
    requests: numberOfRequests.total,
    failed: numberOfRequests.ko,
    seconds: { ...times, ...percentilesOf(stats, percentages) },
    perSecond: numeric(meanNumberOfRequestsPerSecond.ok),
    successesOnly: true,
    resolution: RESOLUTION,
  };
}

/** Requests below a node. A group's own statistics are of the whole group, not of a request. */
function requestsBelow({ contents }: Node, path: readonly string[], percentages: readonly number[]): EndpointFigures[] {
  return Object.values(contents).flatMap((value) => {
    const child = shaped(node, value, title);
    const below = [...path, child.name];
    return child.type === "REQUEST" ? [figures(child, below.join(" / "), percentages)] : requestsBelow(child, below, percentages);
  });
}

/** The root is the total by its position: its name is not the same in every version. */
async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const root = shaped(node, await readJson(chunks), title);
  const percentages = origin.percentiles?.[id] ?? PERCENTILES;
  const endpoints = requestsBelow(root, [], percentages);
  return loadRun({ format: id, tool: "Gatling", total: figures(root, "*", percentages), endpoints });
}

export const gatlingStats: ResultFormat = { id, title, recognizes, parse };
