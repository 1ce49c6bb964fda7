import { LineCounter } from "yaml";
import type { Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import type { Config } from "./config.js";
import { type Complaint, complaintsOf } from "./problems.js";
import { configuration } from "./schema.js";
import type { Refusal } from "./yaml-scan.js";
import { readYaml } from "./yaml-tree.js";

const MOST_SHOWN = 25;

const LONGEST_QUOTE = 120;

/** Nobody needs 60 KB of a key to find it. */
const brief = (message: Text): Text =>
  message.map((part) =>
    typeof part === "object" && "foreign" in part && part.foreign.length > LONGEST_QUOTE
      ? { foreign: `${part.foreign.slice(0, LONGEST_QUOTE)}…` }
      : part,
  );

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
    return { level: "error", code: "config-invalid", message: text`${brief(message)} (column ${col})`, remedy, file, line };
  });
  if (all.length <= MOST_SHOWN) return shown;
  const more = text`${all.length - MOST_SHOWN} more problems of this kind`;
  return [...shown, { level: "error", code: "config-invalid", message: more, remedy: text`mend these first`, file }];
}

/** One value, one complaint: what the schema says first. */
function firstPerPath(complaints: readonly Complaint[]): readonly Complaint[] {
  const first = new Map<string, Complaint>();
  for (const complaint of complaints) {
    const place = JSON.stringify(complaint.path);
    if (!first.has(place)) first.set(place, complaint);
  }
  return [...first.values()];
}

/**
 * Reads `.github/redline.yml`. An empty text gives the defaults, in advisory mode. Otherwise every problem
 * is returned, in the order of the file, each with its line and what to write. Never throws; time is bounded.
 *
 * @param file the name to use in problems.
 */
export function parseConfiguration(source: string, file: string): { readonly config: Config } | { readonly problems: readonly Problem[] } {
  const tree = readYaml(source);
  if (!("value" in tree)) return { problems: problemsOf(tree.refusals, source, file) };
  const root = tree.value ?? {};
  const parsed = configuration.safeParse(root);
  if (parsed.success && tree.refusals.length === 0) return { config: parsed.data };
  const complaints = firstPerPath(parsed.error?.issues.flatMap((issue) => complaintsOf(issue, root)) ?? []);
  const placed = complaints.map(({ path, message, remedy }) => ({ offset: tree.offsetOf(path), message, remedy }));
  return { problems: problemsOf([...tree.refusals, ...placed], source, file) };
}
