import type { Collected } from "../model/collected.js";
import type { ResultFile, Results } from "../model/evidence.js";
import type { Problem } from "../model/measurement.js";
import { text } from "../model/text.js";

const short = (sha: string): string => sha.slice(0, 7);

const otherHead = (file: string, measured: string, head: string): Problem => ({
  level: "error",
  code: "other-head",
  message: text`not used: it measured ${short(measured)}, and the head of this pull request is ${short(head)}`,
  remedy: text`have the workflow check out the pull request's own head: \`ref: \${{ github.event.pull_request.head.sha }}\`, with \`fetch-depth: 0\``,
  file,
});

/**
 * The result files that speak of this head. A file of `redline bench` names its commits, so one that was made
 * elsewhere (at GitHub's merge commit, or before the last push) is found out, and is a problem instead.
 */
export function ofThisHead(results: Collected<Results>, head: string): Collected<Results> {
  if (results.status === "absent") return results;
  const strays: Problem[] = [];
  const kept = results.value.files.filter(({ file, run }: ResultFile) => {
    if (run.paired === undefined || run.paired.head === head) return true;
    strays.push(otherHead(file, run.paired.head, head));
    return false;
  });
  if (strays.length === 0) return results;
  return { status: "collected", value: { files: kept, problems: [...(results.value.problems ?? []), ...strays] } };
}
