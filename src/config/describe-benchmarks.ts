import type { Config, Ignored, Thresholds } from "./config.js";
import { sayShare } from "./quantities.js";

type Benchmarks = Config["benchmarks"];

const named = (name: string): string => JSON.stringify(name).slice(1, -1);

function general({ minEffect, blockEffect, onSuspect, statistic }: Benchmarks): string {
  const suspects = onSuspect === "block" ? "; what may be noise closes it too" : "";
  const typical = statistic === "typical" ? " A process measured in turn is judged by the 25th percentile of its rounds." : "";
  return `Benchmarks: a slowdown counts from ${sayShare(minEffect)} and closes the gate from ${sayShare(blockEffect)}${suspects}.${typical}`;
}

function own({ name, minEffect, blockEffect, statistic }: Thresholds): string {
  const said = [
    ...(minEffect === undefined ? [] : [`a slowdown counts from ${sayShare(minEffect)}`]),
    ...(blockEffect === undefined ? [] : [`it closes the gate from ${sayShare(blockEffect)}`]),
    ...(statistic === undefined
      ? []
      : [statistic === "min" ? "a process counts by its best round" : "a process counts by the 25th percentile of its rounds"]),
  ];
  return `${named(name)}: ${said.length === 0 ? "the general thresholds" : said.join(", ")}.`;
}

const ignored = ({ name, reason, until }: Ignored): string =>
  `${named(name)} is not judged${until === undefined ? "" : ` until ${until}`}: ${named(reason)}.`;

/** What is said of benchmarks, one sentence for each entry. */
export function describeBenchmarks(benchmarks: Benchmarks): readonly string[] {
  const { aliases, budgets, creep, directions, ignore, thresholds } = benchmarks;
  return [
    general(benchmarks),
    ...thresholds.map(own),
    ...budgets.map(
      ({ pattern, limits }) => `${named(pattern)}: ${limits.map(({ metric, text }) => `${metric} within ${text}`).join(", ")}.`,
    ),
    ...(creep === null ? [] : [`A benchmark may be at most ${sayShare(creep)} worse than in the oldest known runs.`]),
    ...Object.entries(directions).map(([metric, better]) => `${named(metric)}: ${better} is better.`),
    ...Object.entries(aliases).map(([now, before]) => `${named(now)} is compared with what ${named(before)} was.`),
    ...ignore.map(ignored),
  ];
}
