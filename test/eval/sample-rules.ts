import { mannWhitneyApproximate, mannWhitneyExact } from "../../src/statistics/mann-whitney.js";
import { median } from "../../src/statistics/quantiles.js";
import { sampleOf, welch } from "../../src/statistics/welch.js";

/** One process, as the rules of other tools see it; seconds. */
export interface Process {
  readonly mean: number;
  readonly median: number;
  readonly min: number;
  readonly quartile: number;
  readonly rounds: readonly number[];
}

type Side = readonly Process[];

/** What a rule sees of one benchmark: how surprising, and whether the change is large enough. */
export interface Sight {
  readonly p: number;
  readonly large: boolean;
}

export interface SampleRule {
  readonly name: string;
  readonly processes: number;
  readonly see: (base: Side, head: Side) => Sight;
  /** How p is used: below a level, or below it after Benjamini-Hochberg over the benchmarks of a run. */
  readonly level: number;
  readonly corrected: boolean;
  /** Slow down one benchmark of the run at a time, or all of them: a correction is kinder then. */
  readonly injected: "one" | "all";
  /** Where blocks of k processes a side begin: at every ⌊k/2⌋-th run, or at every k-th. */
  readonly blocks: "every k/2" | "every k";
  /** Figures of statistics on the local set: false alarms, and detection at +5, 10, 20 and 50 %. */
  readonly published: { readonly falseAlarms: number; readonly detection: readonly number[] };
}

type Value = (process: Process) => number;

const p25: Value = ({ quartile }) => quartile;
const byMin: Value = ({ min }) => min;
const byMedian: Value = (process) => process.median;
const byMean: Value = ({ mean }) => mean;

const ratioOf = (base: Side, head: Side, value: Value): number => median(head.map(value)) / median(base.map(value));
const pooled = (side: Side): readonly number[] => side.flatMap(({ rounds }) => rounds);

const FLOOR = 0.002 ** 2;

function welchOf(base: Side, head: Side, value: Value): Sight {
  const logs = (side: Side) => side.map((process) => Math.log(value(process)));
  const { pGreater } = welch(sampleOf(logs(base), FLOOR), sampleOf(logs(head), FLOOR));
  return { p: pGreater, large: median(logs(head)) - median(logs(base)) >= Math.log(1.05) };
}

type Figures = readonly [falseAlarms: number, ...detection: readonly number[]];

const plain = { level: 0.05, corrected: false, injected: "one", blocks: "every k" } as const;

const ratio = (name: string, value: Value, limit: number, processes: number, [falseAlarms, ...detection]: Figures): SampleRule => ({
  ...plain,
  name: `ratio of ${name} >${limit}`,
  processes,
  see: (base, head) => ({ p: 0, large: ratioOf(base, head, value) > limit }),
  published: { falseAlarms, detection },
});

const test = (
  name: string,
  processes: number,
  see: SampleRule["see"],
  how: Partial<SampleRule>,
  [falseAlarms, ...detection]: Figures,
): SampleRule => ({ ...plain, ...how, name, processes, see, published: { falseAlarms, detection } });

const rounds = (base: Side, head: Side): Sight => {
  const [before, after] = [pooled(base), pooled(head)];
  return { p: mannWhitneyApproximate(before, after), large: median(after) / median(before) > 1.05 };
};

const exact = (base: Side, head: Side): Sight => ({
  p: mannWhitneyExact(base.map(byMedian), head.map(byMedian)),
  large: ratioOf(base, head, byMedian) > 1.05,
});

const welchBy =
  (value: Value): SampleRule["see"] =>
  (base, head) =>
    welchOf(base, head, value);

const bh = { corrected: true } as const;
const bhHalf = { corrected: true, blocks: "every k/2" } as const;
const strict = { level: 0.01, blocks: "every k/2" } as const;
const anySize =
  (see: SampleRule["see"]): SampleRule["see"] =>
  (base, head) => ({ ...see(base, head), large: true });

/** Rules of other tools, and our own first rule, on raw samples of base and head measured in turn. */
export const SAMPLE_RULES: readonly SampleRule[] = [
  ratio("means", byMean, 1.1, 1, [0.446, 0.48, 0.53, 0.61, 0.76]),
  ratio("medians", byMedian, 1.1, 1, [0.106, 0.15, 0.5, 0.89, 0.96]),
  ratio("medians", byMedian, 1.1, 3, [0.035, 0.08, 0.5, 0.96, 0.99]),
  ratio("medians", byMedian, 1.1, 5, [0.014, 0.05, 0.5, 0.98, 1]),
  ratio("minima", byMin, 1.05, 1, [0.09, 0.5, 0.91, 0.96, 0.99]),
  ratio("minima", byMin, 1.05, 3, [0.036, 0.5, 0.96, 0.99, 1]),
  ratio("minima", byMin, 1.05, 5, [0.028, 0.5, 0.96, 0.99, 1]),
  test("Mann-Whitney on pooled rounds, p <.05 (compare.py)", 1, anySize(rounds), {}, [0.381, 0.79, 0.86, 0.92, 0.96]),
  test("Mann-Whitney on pooled rounds, BH .05, >5 %", 5, rounds, bh, [0.034, 0.52, 0.94, 0.99, 1]),
  test("exact Mann-Whitney on medians, BH .05, >5 % (all)", 3, exact, { ...bh, injected: "all" }, [0, 0, 0.02, 0.08, 0.29]),
  test("exact Mann-Whitney on medians, BH .05, >5 % (all)", 5, exact, { ...bh, injected: "all" }, [0, 0.29, 0.61, 0.76, 0.86]),
  test("exact Mann-Whitney on medians, BH .05, >5 % (all)", 10, exact, { ...bh, injected: "all" }, [0, 0.42, 0.89, 0.96, 0.99]),
  test("Welch on log minima, BH .05, >5 %", 3, welchBy(byMin), bhHalf, [0.0003, 0.07, 0.39, 0.64, 0.79]),
  test("Welch on log minima, BH .05, >5 %", 5, welchBy(byMin), bhHalf, [0, 0.23, 0.64, 0.75, 0.86]),
  test("Welch on log minima, BH .05, >5 %", 8, welchBy(byMin), bhHalf, [0, 0.27, 0.65, 0.76, 0.99]),
  test("Welch on log minima, p <.01, >5 % (our first rule)", 3, welchBy(byMin), strict, [0.0007, 0.19, 0.61, 0.75, 0.87]),
  test("Welch on log minima, p <.01, >5 % (our first rule)", 5, welchBy(byMin), strict, [0, 0.3, 0.7, 0.8, 0.93]),
  test("Welch on log minima, p <.01, >5 % (our first rule)", 8, welchBy(byMin), strict, [0, 0.31, 0.68, 0.83, 1]),
  test("the same on 25th percentiles", 5, welchBy(p25), strict, [0, 0.23, 0.6, 0.71, 0.9]),
  test("the same on medians", 5, welchBy(byMedian), strict, [0.0014, 0.16, 0.44, 0.61, 0.84]),
];
