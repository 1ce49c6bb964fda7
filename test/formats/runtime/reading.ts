import type { RuntimeEntry, RuntimeRecord } from "../../../src/model/runtime.js";
import { runOf } from "../reading.js";

/** The record of a file that must be runtime evidence. */
export async function recordOf(content: unknown): Promise<RuntimeRecord> {
  const { runtime } = await runOf(content);
  if (!runtime || "manifest" in runtime) throw new Error("no record");
  return runtime;
}

export function entryOf(record: RuntimeRecord, key: string): RuntimeEntry {
  const entry = record.entries.find((one) => one.key === key);
  if (!entry) throw new Error(`no ${key} among ${record.entries.map((one) => one.key).join("; ")}`);
  return entry;
}

/** Counts of the entry's statements, of all its runs together, ascending. */
export const countsOf = ({ runs }: RuntimeEntry): readonly number[] =>
  runs.flatMap(({ statements }) => statements.map(({ count }) => count)).sort((a, b) => a - b);

export const doubtsOf = ({ doubts }: RuntimeRecord): readonly string[] => doubts.map(({ code }) => code);
