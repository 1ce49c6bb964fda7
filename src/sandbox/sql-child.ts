import type { Dialect } from "../model/statements.js";
import type { DialectParser } from "./dialect-parser.js";
import { type TakenApart, takeApart } from "./take-apart.js";

interface Asked {
  readonly sql: string;
  readonly dialect: Dialect;
  readonly fingerprints?: true;
}

/** What the parent asks: some texts. */
export type SqlQuestion = readonly Asked[];

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

async function one({ sql, dialect, fingerprints }: Asked): Promise<TakenApart | { readonly tooMany: true } | { readonly failed: string }> {
  try {
    return takeApart(sql, dialect, await parserOf(dialect), fingerprints === true) ?? { tooMany: true };
  } catch (error) {
    return { failed: String(error) };
  }
}

/** The answers in the order of the texts, up to the first after which this process is not to be trusted. */
async function answers(question: SqlQuestion): Promise<readonly object[]> {
  const all = [];
  for (const asked of question) {
    const answer = await one(asked);
    all.push(answer);
    if ("failed" in answer || ("tainted" in answer && answer.tainted)) break;
  }
  return all;
}

process.on("disconnect", () => process.exit());
process.on("message", async (message: SqlQuestion) => process.send?.(await answers(message)));
process.send?.("ready");
