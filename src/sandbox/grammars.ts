import { createRequire } from "node:module";
import treeSitter, { type Parser } from "@vscode/tree-sitter-wasm";
import type { Language } from "../source/language.js";

const require = createRequire(import.meta.url);
const parsers = new Map<Language, Parser>();
let ready: Promise<void> | null = null;

/** The parser of one language; its grammar is loaded at the first call, in 5 to 60 ms. */
export async function parserOf(language: Language): Promise<Parser> {
  const known = parsers.get(language);
  if (known) return known;
  ready ??= treeSitter.Parser.init();
  await ready;
  const grammar = await treeSitter.Language.load(require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${language}.wasm`));
  const parser = new treeSitter.Parser().setLanguage(grammar);
  parsers.set(language, parser);
  return parser;
}
