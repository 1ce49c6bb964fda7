import type { Rule, Severity } from "../../../src/model/rule.js";
import type { FileFacts, Source, SourceFile } from "../../../src/model/source.js";
import { plain } from "../../../src/model/text.js";
import { rules } from "../../../src/rules/registry.js";
import { factsOf } from "../../../src/sandbox/source-facts.js";
import { languageOf } from "../../../src/source/language.js";
import type { CommittedFile } from "./commits.js";
import { classOf } from "./provisional-class.js";

/** What was said of one line of one commit. */
export interface EvalFinding {
  readonly repository: string;
  readonly commit: string;
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly class: string;
  readonly message: string;
  /** The line with what stands around it, for whoever judges it. */
  readonly lines: string;
}

const AROUND = { before: 14, after: 8 };
const FILE_CHARACTERS = 512 * 1024;

/** Rules that look at nothing but source code. */
export const sourceRules: readonly Rule<"source">[] = rules.filter((rule): rule is Rule<"source"> => rule.needs.includes("source"));

async function factsIn(path: string, text: string | null, classed: string): Promise<FileFacts | null> {
  const language = languageOf(path);
  if (text === null || language === null || language === "rust" || text.length > FILE_CHARACTERS || /[^\n]{20000}/.test(text)) return null;
  return factsOf(text, language, { path, class: classOf(path, classed) });
}

/** Both sides of the files of a change, as the rules see them. */
export async function sourceOf(files: readonly CommittedFile[]): Promise<Source> {
  const all: SourceFile[] = [];
  for (const { path, previousPath, head, base, added } of files) {
    const text = head ?? base ?? "";
    const read = { head: await factsIn(path, head, text), base: await factsIn(previousPath, base, text) };
    if (read.head || read.base) all.push({ path, ...read, added });
  }
  return { files: all, skipped: [], left: {} };
}

function around(text: string, line: number): string {
  const lines = text.split("\n");
  const from = Math.max(0, line - 1 - AROUND.before);
  return lines
    .slice(from, line + AROUND.after)
    .map((content, index) => `${from + index + 1 === line ? ">" : " "}${String(from + index + 1).padStart(5)} ${content.slice(0, 200)}`)
    .join("\n");
}

/** What all rules that are not off say of a change. */
export function judge(
  source: Source,
  texts: ReadonlyMap<string, string>,
  place: { repository: string; commit: string },
): readonly EvalFinding[] {
  return sourceRules
    .filter(({ off }) => !off)
    .flatMap((rule) =>
      rule.check({ source }, rule.options.parse({})).flatMap((finding) => {
        const { path = "", line = 0 } = finding.at ?? {};
        if (finding.suppressed !== undefined) return [];
        return [
          {
            ...place,
            path,
            line,
            rule: rule.id,
            severity: finding.severity,
            class: source.files.find((file) => file.path === path)?.head?.class ?? "",
            message: plain(finding.title ?? finding.message),
            lines: around(texts.get(path) ?? "", line),
          },
        ];
      }),
    );
}
