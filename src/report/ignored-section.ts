import { text } from "../model/text.js";
import type { Review } from "../model/verdict.js";
import { count } from "./phrases.js";
import type { Section } from "./section.js";

/** What the configuration keeps from being judged: named in every review, so that nobody forgets it. */
export function ignoredBenchmarks(ignored: Review["ignored"] = []): Section {
  const rows = ignored.map(({ name, reason, until }) => [
    text`${name}`,
    text`${reason}`,
    until === undefined ? ["for ever"] : text`${until}`,
  ]);
  const title = text`Not judged by configuration: ${count(rows.length, "rule")} of benchmarks.ignore`;
  return { title, header: [["Benchmark"], ["Why it is not judged"], ["Until"]], rows, folded: true };
}
