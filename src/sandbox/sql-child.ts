import type { Dialect } from "../model/statements.js";
import type { DialectParser } from "./dialect-parser.js";
import { takeApart } from "./take-apart.js";

/** What the parent asks: one text. */
export interface SqlQuestion {
  readonly sql: string;
  readonly dialect: Dialect;
}

const parsers = new Map<Dialect, DialectParser>();

async function parserOf(dialect: Dialect): Promise<DialectParser> {
  const known = parsers.get(dialect);
  if (known) return known;
  const parser =
    dialect === "postgresql"
      ? await (await import("./postgres-parser.js")).createParser()
      : await (await import("./generic-parser.js")).createParser(dialect);
  parsers.set(dialect, parser);
  return parser;
}

async function answer({ sql, dialect }: SqlQuestion): Promise<object> {
  return takeApart(sql, dialect, await parserOf(dialect)) ?? { tooMany: true };
}

process.on("disconnect", () => process.exit());
process.on("message", async (message: SqlQuestion) => {
  try {
    process.send?.(await answer(message));
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});
process.send?.("ready");
