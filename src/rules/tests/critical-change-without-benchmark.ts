import { z } from "zod";
import { type Coverage, type CriticalChange, toldHeat } from "../../model/coverage.js";
import type { FindingOf, Rule } from "../../model/rule.js";
import { join, type Text, text } from "../../model/text.js";

const listed = (names: readonly string[]): Text =>
  join(
    names.slice(0, 3).map((name) => text`${name}`),
    ", ",
  );

/** Without a declaration, any benchmark may be the one that runs the code: then a person is asked, by the line. */
const isMissing = ({ kind, covers, declared }: CriticalChange, { measured, changedBenchmarks }: Coverage): boolean =>
  kind !== "endpoint" && covers.length === 0 && (declared.length > 0 || measured + changedBenchmarks.length === 0);

const what = ({ kind, name, path }: CriticalChange): Text => (kind === "file" ? text`${path}` : text`${name} in ${path}`);

/** Why a benchmark is asked for. */
const why = ({ heat }: CriticalChange): Text => (heat ? text`is critical (${toldHeat(heat)}) and changed` : text`is critical and changed`);

function findingOf(change: CriticalChange): FindingOf {
  const { declared, path, line } = change;
  const isDeclared = declared.length > 0;
  return {
    severity: "warning",
    message: isDeclared
      ? text`${what(change)} ${why(change)}, but nothing that covers it by the configuration (${listed(declared)}) was measured at this head or changed with it`
      : text`${what(change)} ${why(change)}, but no benchmark was changed or measured at this head`,
    help: isDeclared
      ? text`Run it on this head and upload its result as an artifact, or correct covered_by in the configuration.`
      : text`Add a benchmark that runs this code, or upload the result of the one that does as an artifact of this head.`,
    at: { path, line },
  };
}

/** Critical code changed, and no benchmark that runs it was changed with it or measured at this head. */
export const criticalChangeWithoutBenchmark: Rule<"coverage" | "results"> = {
  id: "tests/critical-change-without-benchmark",
  answers: "tests/benchmark",
  needs: ["coverage", "results"],
  options: z.strictObject({}),
  check: ({ coverage }) => coverage.critical.filter((change) => isMissing(change, coverage)).map(findingOf),
};
