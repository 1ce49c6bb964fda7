import { composeSql, type SourceSql } from "../source/compose.js";
import type { Language } from "../source/language.js";
import { parserOf } from "./grammars.js";
import { factsOfTree } from "./source-facts.js";
import { SourceWalk, WalkLimit } from "./source-walk.js";

/** What the parent asks: the SQL of one file. */
export interface SourceQuestion {
  readonly wants: "sql";
  readonly text: string;
  readonly language: Language;
  /** For parsing and walking, in ms. */
  readonly deadlineMs: number;
}

/** Or what its code says. */
export interface FactsQuestion {
  readonly wants: "facts";
  readonly text: string;
  readonly language: Language;
  readonly parseMs: number;
  readonly walkMs: number;
}

export interface FoundSql {
  readonly found: readonly SourceSql[];
  readonly comments: readonly { readonly start: number; readonly end: number }[];
}

async function sql({ text, language, deadlineMs }: SourceQuestion): Promise<FoundSql | { readonly limit: string }> {
  const parser = await parserOf(language);
  const deadline = performance.now() + deadlineMs;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
  if (!tree) {
    parser.reset();
    return { limit: "it takes too long to parse" };
  }
  try {
    const file = new SourceWalk(text, language).walk(tree, deadline);
    return { found: composeSql(file, text, language), comments: file.comments };
  } catch (error) {
    if (error instanceof WalkLimit) return { limit: error.message };
    throw error;
  } finally {
    tree.delete();
  }
}

async function facts({ text, language, parseMs, walkMs }: FactsQuestion): Promise<object> {
  const parser = await parserOf(language);
  const parseBy = performance.now() + parseMs;
  const tree = parser.parse(text, null, { progressCallback: () => performance.now() > parseBy });
  if (!tree) {
    parser.reset();
    return { limit: "skipped: parse deadline" };
  }
  const walkBy = performance.now() + walkMs;
  const tick = (): void => {
    if (performance.now() > walkBy) throw new WalkLimit("skipped: walk deadline");
  };
  try {
    const found = factsOfTree(tree, text, language, tick);
    return found ? { facts: found } : { limit: "language not supported" };
  } catch (error) {
    if (error instanceof WalkLimit) return { limit: error.message };
    throw error;
  } finally {
    tree.delete();
  }
}

process.on("disconnect", () => process.exit());
process.on("message", async (message: SourceQuestion | FactsQuestion) => {
  try {
    process.send?.(await (message.wants === "facts" ? facts(message) : sql(message)));
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});
process.send?.("ready");
