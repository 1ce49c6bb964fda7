import type { Results } from "../model/evidence.js";
import { grouped } from "../model/grouped.js";
import type { PairedRuns } from "../model/judgement.js";
import type { Environment, PairedSeries, Problem } from "../model/measurement.js";
import { join, text } from "../model/text.js";
import { environmentDifferences } from "./environments.js";
import { usableFiles } from "./results.js";

/** The commits of a pull request: which base an interleaved run should have measured. */
export interface Commits {
  readonly mergeBase: string;
  /** First parents from the merge base on, as far as they are known. */
  readonly ancestors?: readonly string[];
}

type Side = readonly (readonly number[])[];

/** One benchmark's metric in one file. */
interface Part {
  readonly file: string;
  readonly order: number;
  readonly base: string;
  readonly distance: number | null;
  readonly environment: Environment | undefined;
  readonly command: string | undefined;
  readonly series: PairedSeries;
}

/** One benchmark's metric, measured on both sides in turn. */
export interface PairedSides {
  readonly key: string;
  readonly first: PairedSeries;
  readonly base: Side;
  readonly head: Side;
  readonly sha: string;
  /** First-parent steps from the merge base; null for a commit that is none of its known ancestors. */
  readonly distance: number | null;
  /** The file in which it stands twice. */
  readonly duplicateIn?: string;
}

/** The evidence of mode A, and what of it was left aside. */
export interface PairedEvidence {
  readonly sides: readonly PairedSides[];
  readonly runs: readonly PairedRuns[];
  readonly problems: readonly Problem[];
}

/** Identity of a paired series: what is measured in turn knows no statistics but its own. */
export const pairedKey = ({ benchmark, metric }: Pick<PairedSeries, "benchmark" | "metric">): string => JSON.stringify([benchmark, metric]);

function distanceOf(base: string, { mergeBase, ancestors = [] }: Commits): number | null {
  if (base === mergeBase) return 0;
  const found = ancestors.indexOf(base);
  return found < 0 ? null : found;
}

function partsOf(results: Results, commits: Commits): ReadonlyMap<string, readonly Part[]> {
  const all = new Map<string, Part[]>();
  for (const [order, { file, run }] of usableFiles(results).entries()) {
    if (run.paired === undefined) continue;
    const { base, command, series } = run.paired;
    for (const each of series) {
      const part: Part = { file, order, base, distance: distanceOf(base, commits), environment: run.environment, command, series: each };
      const parts = all.get(pairedKey(each));
      if (parts === undefined) all.set(pairedKey(each), [part]);
      else parts.push(part);
    }
  }
  return all;
}

const far = (distance: number | null): number => distance ?? Number.POSITIVE_INFINITY;

/** The nearest base decides, then the newest file. */
const better = (one: Part, other: Part): Part => {
  if (far(one.distance) !== far(other.distance)) return far(one.distance) < far(other.distance) ? one : other;
  return one.order > other.order ? one : other;
};

const agrees = (one: PairedSeries, other: PairedSeries): boolean => one.unit === other.unit && one.better === other.better;

/** Processes of the same commits on the same machine are one sample; anything else would mix what differs. */
const belongs = (part: Part, chosen: Part): boolean =>
  part.base === chosen.base &&
  agrees(part.series, chosen.series) &&
  environmentDifferences(part.environment, chosen.environment).length === 0;

interface Pool {
  readonly sides: PairedSides;
  readonly used: readonly Part[];
  readonly left: readonly Part[];
}

function pool(key: string, parts: readonly Part[]): Pool {
  const chosen = parts.reduce(better);
  const used = parts.filter((part) => belongs(part, chosen));
  const twice = used.find((part, index) => used.findIndex(({ order }) => order === part.order) !== index);
  const sides: PairedSides = {
    key,
    first: chosen.series,
    base: used.flatMap(({ series }) => series.base),
    head: used.flatMap(({ series }) => series.head),
    sha: chosen.base,
    distance: chosen.distance,
    ...(twice && { duplicateIn: twice.file }),
  };
  return { sides, used, left: parts.filter((part) => !used.includes(part)) };
}

function runsOf(pools: readonly Pool[]): readonly PairedRuns[] {
  return grouped(pools, ({ sides }) => sides.sha).map((group) => {
    const { sha, distance } = group[0].sides;
    const used = group.flatMap((each) => each.used);
    const commands = new Set(used.map((part) => part.command));
    const [command] = commands.size === 1 ? commands : [];
    return {
      base: sha,
      distance,
      files: [...new Set(used.map(({ file }) => file))],
      figures: group.length,
      ...(command !== undefined && { command }),
    };
  });
}

/** What keeps a file from counting beside the one that was chosen. */
function asideOf({ sides, used }: Pool, part: Part): Problem {
  const chosen = used[0];
  const shared = { level: "warning", file: part.file } as const;
  if (part.base !== sides.sha) {
    const message = text`measured against ${part.base.slice(0, 7)}: not used, because another file is measured against ${sides.sha.slice(0, 7)}, which is nearer to the merge base`;
    return { ...shared, code: "other-base", message };
  }
  const differences = environmentDifferences(part.environment, chosen?.environment);
  const names = join(
    differences.map((name) => [name]),
    ", ",
  );
  return differences.length > 0
    ? {
        ...shared,
        code: "other-machine",
        message: text`measured on another machine (${names}) than the newest file of the same commits, which counts instead`,
      }
    : {
        ...shared,
        code: "other-unit",
        message: text`its unit or direction differs from the newest file of the same commits, which counts instead`,
      };
}

/** One sentence for each file and reason, however many benchmarks it holds. */
const problemsOf = (pools: readonly Pool[]): readonly Problem[] =>
  grouped(
    pools.flatMap((each) => each.left.map((part) => asideOf(each, part))),
    ({ file, code, message }) => JSON.stringify([file, code, message]),
  ).map(([first]) => first);

/**
 * Everything that was measured in turn with this head, by benchmark and metric. Where files differ in their base,
 * the base nearest to the merge base counts; processes of the same commits and the same machine are joined in the
 * order of the files, and of other machines only the newest file counts.
 */
export function pairedEvidence(results: Results, commits: Commits): PairedEvidence {
  const pools = [...partsOf(results, commits)].map(([key, parts]) => pool(key, parts));
  return { sides: pools.map(({ sides }) => sides), runs: runsOf(pools), problems: problemsOf(pools) };
}
