import type { Tree } from "@vscode/tree-sitter-wasm";
import type { CodeFacts, FileFacts, Language, PathClass } from "../model/source.js";
import { readFacts } from "../source/facts/read-facts.js";
import { languageTables } from "../source/languages/registry.js";
import { lineOf, lineStarts } from "../sql/lines.js";
import { suppressionsIn } from "../sql/suppressions.js";
import { flatTree } from "./flat-tree.js";
import { parserOf } from "./grammars.js";

/**
 * The facts of a tree; null for a language that has no table.
 * @param tick called now and then; throws when the time is up
 */
export function factsOfTree(parsed: Tree, source: string, language: Language, tick: () => void): CodeFacts | null {
  const table = languageTables[language];
  if (!table) return null;
  const { tree, comments, errors } = flatTree(parsed, source, tick);
  const starts = lineStarts(source);
  return {
    language,
    lines: starts.length,
    ...readFacts({ tree, table, tick }),
    errors,
    suppressions: comments.flatMap(({ start, end }) =>
      suppressionsIn(source.slice(start, end)).map((given) => ({ ...given, line: lineOf(starts, Math.max(start, end - 1)) })),
    ),
  };
}

/** The facts of a text in this process: for tests and measurements, never for what a stranger wrote. */
export async function factsOf(
  source: string,
  language: Language,
  { path = "src/a", class: of = "server" }: { readonly path?: string; readonly class?: PathClass } = {},
): Promise<FileFacts> {
  const parser = await parserOf(language);
  const parsed = parser.parse(source);
  if (!parsed) throw new Error("the parser gave no tree");
  try {
    const facts = factsOfTree(parsed, source, language, () => {});
    if (!facts) throw new Error(`no table for ${language}`);
    return { path, class: of, ...facts };
  } finally {
    parsed.delete();
  }
}
