import type { Config } from "../../src/config/config.js";
import { parseConfiguration } from "../../src/config/parse.js";
import { plain } from "../../src/model/text.js";

/** The configuration of a text that has to be valid. */
export function configOf(yaml: string): Config {
  const parsed = parseConfiguration(yaml, "redline.yml");
  if ("config" in parsed) return parsed.config;
  throw new Error(problemsOf(yaml).join("\n"));
}

/** `line: message; remedy` of each problem; none for a valid text. */
export function problemsOf(yaml: string): readonly string[] {
  const parsed = parseConfiguration(yaml, "redline.yml");
  if ("config" in parsed) return [];
  return parsed.problems.map((problem) => `${problem.line ?? "-"}: ${plain(problem.message)}; ${plain(problem.remedy ?? [])}`);
}
