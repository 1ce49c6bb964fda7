import type { Ignored } from "../config/config.js";
import { matchesName } from "../config/names.js";
import type { CollectedEvidence } from "../model/evidence.js";
import type { Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import type { Configured } from "./configured.js";

const isOver = ({ until }: Ignored, today: string): boolean => until !== undefined && until < today;

const expired = ({ name, until = "" }: Ignored, file: string): Problem => ({
  level: "warning",
  code: "ignore-expired",
  message: text`benchmarks.ignore: ${name} was to be ignored until ${until} and is judged again`,
  remedy: text`remove the entry, or give it a later day and the reason`,
  file,
});

/** The configuration without what its benchmarks.ignore no longer covers. @param today YYYY-MM-DD in UTC */
export function withoutExpired(configured: Configured, file: string, today: string): Configured {
  const { config } = configured;
  const over = config.benchmarks.ignore.filter((entry) => isOver(entry, today));
  if (over.length === 0) return configured;
  const benchmarks = { ...config.benchmarks, ignore: config.benchmarks.ignore.filter((entry) => !isOver(entry, today)) };
  return {
    ...configured,
    config: { ...config, benchmarks },
    problems: [...configured.problems, ...over.map((entry) => expired(entry, file))],
  };
}

/** The entries of benchmarks.ignore that keep something measured at this head from being judged. */
export function ignoredHere(ignore: readonly Ignored[], { results }: CollectedEvidence): readonly Ignored[] {
  if (ignore.length === 0 || results.status === "absent") return [];
  const measured = new Set(results.value.files.flatMap(({ run }) => run.measurements.map(({ benchmark }) => benchmark)));
  return ignore.filter(({ name }) => [...measured].some((benchmark) => matchesName(name, benchmark)));
}
