import type { Catalogue } from "../model/catalogue.js";
import { tokenize } from "./lexer.js";

const TRIGRAM: ReadonlySet<string> = new Set(["gin_trgm_ops", "gist_trgm_ops"]);

const wordsIn = (expression: string): readonly string[] =>
  [...tokenize(expression, "postgresql")].filter(({ kind }) => kind === "word").map(({ start, end }) => expression.slice(start, end));

/** The columns, also inside expressions, that some trigram index of the schema holds. */
export function trigramColumns({ relations }: Catalogue): readonly string[] {
  const keys = relations.flatMap(({ indexes }) => indexes.flatMap((index) => index.keys));
  const held = keys.filter(({ operatorClass }) => operatorClass !== null && TRIGRAM.has(operatorClass));
  return held.flatMap(({ column, expression }) => (column === null ? wordsIn(expression) : [column]));
}
