import { rename, rm, writeFile } from "node:fs/promises";
import type { BenchBundle, BenchRun } from "../../formats/bench-bundle.js";
import { withRun } from "../../formats/bench-samples.js";
import type { Environment, Measurement } from "../../model/measurement.js";
import { UsageError } from "../usage.js";

/** The bundle while it grows; the file holds all that was measured at any time. */
export interface BenchRecord {
  readonly bundle: BenchBundle;
  /** Adds a run and what it measured, in memory only. */
  add(run: BenchRun, measurements: readonly Measurement[], environment: Environment | undefined): void;
  /** Writes the file: a reader sees the one before or this one, never a part. */
  save(): Promise<void>;
  finish(state: BenchBundle["state"], reason: string | null): Promise<void>;
}

async function replace(file: string, bundle: BenchBundle): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  try {
    await writeFile(beside, `${JSON.stringify(bundle)}\n`);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw new UsageError(`--output ${file} was not written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws UsageError from `save` and `finish` when the file cannot be written. */
export function benchRecord(file: string, empty: BenchBundle): BenchRecord {
  let bundle = empty;
  return {
    get bundle() {
      return bundle;
    },
    add: (run, measurements, environment) => {
      // What the tool says of the machine wins: later runs without Redline are compared by it.
      bundle = {
        ...bundle,
        environment: { ...bundle.environment, ...environment },
        runs: [...bundle.runs, run],
        series: withRun(bundle.series, run.side, measurements),
      };
    },
    save: () => replace(file, bundle),
    finish: async (state, reason) => {
      bundle = { ...bundle, state, reason, finished: new Date().toISOString() };
      await replace(file, bundle);
    },
  };
}
