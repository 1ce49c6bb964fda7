import type { Config } from "../../../src/config/config.js";
import { collectSource } from "../../../src/evidence/source-facts.js";
import type { ReadFact, ReadFacts } from "../../../src/evidence/sources.js";
import type { ChangedFile, Snapshot } from "../../../src/model/pull-request.js";
import type { Rule, Severity } from "../../../src/model/rule.js";
import type { Source } from "../../../src/model/source.js";
import { plain } from "../../../src/model/text.js";
import { rules } from "../../../src/rules/registry.js";

/** What was said of one line of one commit. */
export interface EvalFinding {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** The line with what stands around it, for whoever judges it. */
  readonly lines: string;
}

/** A reader that reads no text twice: the base of one commit was the head of another. */
export function remembering(readFacts: ReadFacts): ReadFacts {
  const known = new Map<string, ReadFact>();
  return async (sources) => {
    const fresh = sources.filter(({ text }) => !known.has(text));
    const read = await readFacts(fresh);
    for (const [index, { text }] of fresh.entries()) {
      const answer = read[index];
      if (answer && "facts" in answer) known.set(text, answer);
    }
    const answers = new Map(fresh.map((source, index) => [source, read[index]]));
    for (const text of [...known.keys()].slice(0, Math.max(0, known.size - REMEMBERED)))
      if (!sources.some((source) => source.text === text)) known.delete(text);
    return sources.map((source) => known.get(source.text) ?? answers.get(source) ?? { refused: [] });
  };
}

const REMEMBERED = 4000;
const AROUND = { before: 14, after: 8 };

/** Rules that look at source code, of those that are not off. */
const sourceRules: readonly Rule<"source">[] = rules.filter((rule): rule is Rule<"source"> => rule.needs.includes("source") && !rule.off);

/** The source evidence of a change, as a review would gather it. */
export async function sourceOf(files: readonly ChangedFile[], readFacts: ReadFacts, config: Config): Promise<Source> {
  const snapshot: Snapshot = { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "b" }, head: { sha: "h" }, files };
  const collected = await collectSource(snapshot, readFacts, config);
  return collected.status === "collected" ? collected.value : { files: [], skipped: [], left: {} };
}

function around(text: string, line: number): string {
  const lines = text.split("\n");
  const from = Math.max(0, line - 1 - AROUND.before);
  return lines
    .slice(from, line + AROUND.after)
    .map((content, index) => `${from + index + 1 === line ? ">" : " "}${String(from + index + 1).padStart(5)} ${content.slice(0, 200)}`)
    .join("\n");
}

/** What all source rules say of a change. */
export function judge(
  source: Source,
  files: readonly ChangedFile[],
  place: { repository: string; commit: string },
): readonly EvalFinding[] {
  const texts = new Map(files.map(({ path, head = "" }) => [path, head]));
  return sourceRules.flatMap((rule) =>
    rule.check({ source }, rule.options.parse({})).flatMap(({ at, severity, title, message, suppressed }) => {
      if (suppressed !== undefined || !at) return [];
      const lines = around(texts.get(at.path) ?? "", at.line);
      return [{ ...place, path: at.path, line: at.line, rule: rule.id, severity, message: plain(title ?? message), lines }];
    }),
  );
}
