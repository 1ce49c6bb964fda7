import type { EntryRun, RuntimePart, RuntimeRecord } from "../model/runtime.js";
import { sentence } from "./terminal.js";

const foreign = (name: string): string => sentence([{ foreign: name }]);

const sentIn = ({ statements }: EntryRun): number => statements.reduce((sum, { count }) => sum + count, 0);

function ofRecord({ totals, entries, doubts }: RuntimeRecord): readonly string[] {
  const { statements, noise, failed, outside, spans, orphans } = totals;
  return [
    `  ${statements} statements (${failed} failed, ${outside} outside any test), ${noise} noise, ${spans} spans (${orphans} orphans)`,
    ...entries.map(({ kind, key, runs }) => `  ${foreign(key)}  (${kind})  ${runs.map(sentIn).join(", ")} statements`),
    ...doubts.map(({ message }) => `  partial: ${sentence(message)}`),
  ];
}

/** What a file of runtime evidence holds, for people who set up its recording: statements by entry and run. */
export const runtimeLines = (part: RuntimePart | undefined): readonly string[] => {
  if (!part) return [];
  return "manifest" in part ? [`  manifest of ${foreign(part.manifest.suite)}: ${part.manifest.files.length} files`] : ofRecord(part);
};
