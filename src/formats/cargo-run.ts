import type { Measurement, ParsedRun, Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import {
  type CargoFigure,
  criterionProgress,
  criterionTime,
  type LibtestLine,
  libtestLine,
  libtestOutcome,
  libtestStart,
  runningTarget,
} from "./cargo-lines.js";
import { failed, incomplete, microRun } from "./micro.js";
import type { Line } from "./text-lines.js";
import { toolUnit, unitFields } from "./tool-units.js";

/** One figure of one benchmark; the unit may be anything (`cycles/iter`), and then it is shown and not judged. */
function measured(benchmark: string, statistic: "median" | "mean", { value, unit, step }: CargoFigure): Measurement {
  const meaning = toolUnit(unit);
  const resolution = meaning.unit === "s" ? { resolution: step * meaning.scale } : {};
  const metric = meaning.unit === "1/s" ? "throughput" : "time";
  return { benchmark, metric, ...unitFields(meaning), statistic, value: value * meaning.scale, ...resolution };
}

/** What `cargo bench` printed: targets of libtest and of criterion may take turns in one output. */
class CargoOutput {
  readonly measurements: Measurement[] = [];
  readonly problems: Problem[] = [];
  private target: string | undefined;
  private previous = "";
  private expected = 0;
  private begun: string | undefined;
  private started: string | undefined;
  private last = 0;

  take({ text: line, number }: Line): void {
    if (line !== "") this.last = number;
    const libtest = libtestLine(line) ?? this.interrupted(line);
    if (libtest !== undefined) this.takeLibtest(libtest);
    else if (!this.takeCriterion(line)) this.takeFrame(line, number);
    this.previous = line;
  }

  /** The end of the output, or of one target. */
  close(): void {
    const { expected, last } = this;
    const begun = this.started === undefined ? this.begun : this.named(this.started);
    if (begun !== undefined) this.problems.push(failed(begun, text`it began, and no time follows`));
    if (expected > 0) this.problems.push(incomplete(text`${expected} announced benchmarks or tests do not follow`, last));
    this.begun = undefined;
    this.started = undefined;
    this.expected = 0;
  }

  /** An outcome on a line of its own belongs to the benchmark that printed something in between. */
  private interrupted(line: string): LibtestLine | undefined {
    const outcome = this.started === undefined ? undefined : libtestOutcome(line);
    return outcome === undefined || this.started === undefined ? undefined : { name: this.started, outcome };
  }

  /** Names are unique within one target only. */
  private named(name: string): string {
    return this.target === undefined ? name : `${this.target}::${name}`;
  }

  private takeLibtest({ name, outcome }: LibtestLine): void {
    const benchmark = this.named(name);
    this.expected = Math.max(0, this.expected - 1);
    this.started = undefined;
    if (outcome === "FAILED") this.problems.push(failed(benchmark));
    if (typeof outcome === "object") this.measurements.push(measured(benchmark, "median", outcome.figure));
  }

  private takeCriterion(line: string): boolean {
    const progress = criterionProgress(line);
    const time = criterionTime(line);
    if (progress !== undefined && this.begun !== undefined && this.begun !== progress) this.close();
    if (progress !== undefined) this.begun = progress;
    if (time === undefined) return progress !== undefined;
    this.measurements.push(measured(time.name || this.previous.trim(), "mean", time.estimate));
    this.begun = undefined;
    return true;
  }

  private takeFrame(line: string, number: number): void {
    const announced = /^running (\d+) tests?$/.exec(line)?.[1];
    if (announced !== undefined) {
      this.close();
      this.expected = Number(announced);
    }
    if (line.startsWith("test result:")) this.expected = 0;
    this.started = libtestStart(line) ?? this.started;
    const target = runningTarget(line);
    if (target !== undefined) {
      this.close();
      this.target = target;
    }
    if (/^error: (?:bench failed|test failed|\d+ targets? failed|could not compile)/.test(line)) {
      this.close();
      this.problems.push(incomplete(text`cargo stopped: ${line.slice("error: ".length)}`, number));
    }
  }
}

/** Reads the output of `cargo bench`, whichever harnesses wrote it. Never throws. */
export function cargoRun(format: string, tool: string, lines: Iterable<Line>): ParsedRun {
  const output = new CargoOutput();
  for (const line of lines) output.take(line);
  output.close();
  return microRun({ format, tool, measurements: output.measurements, problems: output.problems });
}
