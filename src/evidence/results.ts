import type { ResultFile, Results } from "../model/evidence.js";

/** The files whose runs prove something. A run without data is named among the problems and counts nowhere else. */
export function usableFiles(results: Results): readonly ResultFile[] {
  return results.files.filter((file) => file.run.noData === undefined);
}
