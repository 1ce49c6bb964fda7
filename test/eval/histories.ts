import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type ProcessSet, processHistory } from "./process-history.js";
import { type HistorySet, storedHistory } from "./stored-history.js";

/** Everything that a directory of histories holds. */
export interface Histories {
  /** One value a run: files of the shape that github-action-benchmark stores. */
  readonly stored: readonly HistorySet[];
  /** Rounds of every process: JSON lines of `{run, bench, min, median, sample}`. */
  readonly processes: readonly ProcessSet[];
  /** Files that could not be read, with the reason. */
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

const FILE = /^(?<stem>.+?)\.(?<kind>jsonl?)(?<packed>\.gz)?$/u;

/** `local_aa_150runs_20benches` is called `local` in every table. */
const shortName = (stem: string): string => stem.split("_")[0] ?? stem;

/**
 * Reads `*.json`, `*.jsonl` and their `.gz` of one directory, in the order of their names; other files are not looked at.
 * @throws when the directory cannot be listed.
 */
export function readHistories(directory: string): Histories {
  const stored: HistorySet[] = [];
  const processes: ProcessSet[] = [];
  const refused: { file: string; reason: string }[] = [];
  for (const file of readdirSync(directory).sort()) {
    const { stem, kind, packed } = FILE.exec(file)?.groups ?? {};
    if (stem === undefined) continue;
    try {
      const bytes = readFileSync(join(directory, file));
      const content = (packed === undefined ? bytes : gunzipSync(bytes)).toString("utf8");
      if (kind === "jsonl") processes.push(processHistory(shortName(stem), content));
      else stored.push(storedHistory(shortName(stem), content));
    } catch (error) {
      refused.push({ file, reason: error instanceof Error ? error.message : "unreadable" });
    }
  }
  return { stored, processes, refused };
}
