import type { Collected } from "../model/collected.js";
import type { ResultFile, Results } from "../model/evidence.js";
import { text } from "../model/text.js";

export const isProfile = ({ run }: ResultFile): boolean => run.profile !== undefined;

/** Result files without the profiles among them: a profile measures nothing, and with nothing else there are no results. */
export function withoutProfiles(results: Collected<Results>): {
  readonly results: Collected<Results>;
  readonly profiles: readonly ResultFile[];
} {
  if (results.status === "absent") return { results, profiles: [] };
  const { files, problems = [] } = results.value;
  const profiles = files.filter(isProfile);
  if (profiles.length === 0) return { results, profiles };
  const rest = files.filter((file) => !isProfile(file));
  return {
    results:
      rest.length === 0 && problems.length === 0
        ? { status: "absent", reason: text`only CPU profiles were handed in, and no result file` }
        : { status: "collected", value: { ...results.value, files: rest } },
    profiles,
  };
}
