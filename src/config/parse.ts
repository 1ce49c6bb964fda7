import { LineCounter } from "yaml";
import type { Problem } from "../model/measurement.js";
import { text } from "../model/text.js";
import type { Config } from "./config.js";
import { complaintsOf } from "./problems.js";
import { configuration } from "./schema.js";
import type { Refusal } from "./yaml-scan.js";
import { readYaml } from "./yaml-tree.js";

const MOST_SHOWN = 25;

const lineStarts = (source: string): LineCounter => {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) counter.addNewLine(at + 1);
  return counter;
};

function problemsOf(refusals: readonly Refusal[], source: string, file: string): readonly Problem[] {
  const lines = lineStarts(source);
  const all = [...refusals].sort((a, b) => a.offset - b.offset);
  const shown = all.slice(0, MOST_SHOWN).map(({ offset, message, remedy }): Problem => {
    const { line, col } = lines.linePos(offset);
    return { level: "error", code: "config-invalid", message: text`${message} (column ${col})`, remedy, file, line };
  });
  if (all.length <= MOST_SHOWN) return shown;
  const more = text`${all.length - MOST_SHOWN} more problems of this kind`;
  return [...shown, { level: "error", code: "config-invalid", message: more, remedy: text`mend these first`, file }];
}

/** One value, one complaint: what zod says first. */
const firstPerPlace = (refusals: readonly Refusal[]): readonly Refusal[] => [
  ...new Map([...refusals].reverse().map((refusal) => [refusal.offset, refusal])).values(),
];

/**
 * Reads `.github/redline.yml`. An empty text gives the defaults, in advisory mode. Otherwise every problem
 * is returned, in the order of the file, each with its line and what to write. Never throws; time is bounded.
 *
 * @param file the name to use in problems.
 */
export function parseConfiguration(source: string, file: string): { readonly config: Config } | { readonly problems: readonly Problem[] } {
  const tree = readYaml(source);
  if ("refusals" in tree) return { problems: problemsOf(tree.refusals, source, file) };
  const root = tree.value ?? {};
  const parsed = configuration.safeParse(root);
  if (parsed.success) return { config: parsed.data };
  const complaints = parsed.error.issues.flatMap((issue) => complaintsOf(issue, root));
  const refusals = complaints.map(({ path, message, remedy }) => ({ offset: tree.offsetOf(path), message, remedy }));
  return { problems: problemsOf(firstPerPlace(refusals), source, file) };
}
