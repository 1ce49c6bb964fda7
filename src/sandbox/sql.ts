import { z } from "zod";
import type { ParsedSql, ParsedStatement, ParseSql, SqlText } from "../evidence/sources.js";
import type { Dialect } from "../model/statements.js";
import { type Text, text } from "../model/text.js";
import { type Answer, type Killable, killable } from "./killable.js";
import type { SqlQuestion } from "./sql-child.js";
import { FILE_STATEMENTS } from "./take-apart.js";

export interface SqlParserOptions {
  /** Wall time for one text, in ms. */
  readonly textMs?: number;
  /** Wall time for all texts of one call, in ms; what is left after that is refused. */
  readonly callMs?: number;
  readonly rssMb?: number;
}

const FILE_BYTES = 512 * 1024;
const HEAP_MB = 256;
// Loading takes 0.1 s, on a busy machine many times that, and is no fault of the text that is first.
const LOAD_MS = 20_000;
const CHILD = new URL("../../dist/sandbox/sql-child.js", import.meta.url);

const place = { start: z.number(), end: z.number() };
const takenShape = z.union([
  z.object({ ...place, tree: z.string(), fingerprint: z.string().optional() }),
  z.object({ ...place, error: z.string() }),
]);
const answerShape = z.union([
  z.object({ statements: z.array(takenShape), tainted: z.boolean() }),
  z.object({ tooMany: z.literal(true) }),
  z.object({ failed: z.string() }),
]);

const refused = (reason: Text): ParsedSql => ({ refused: reason });

const restored = (taken: z.infer<typeof takenShape>): ParsedStatement => {
  if ("error" in taken) return taken;
  const tree: unknown = JSON.parse(taken.tree);
  const { start, end, fingerprint } = taken;
  return { start, end, tree, ...(fingerprint !== undefined && { fingerprint }) };
};

function read(message: unknown, child: Pick<Killable, "retire">): ParsedSql {
  const answer = answerShape.parse(message);
  if ("tooMany" in answer) return refused(text`it holds more than ${FILE_STATEMENTS.toLocaleString("en-US")} statements`);
  if ("failed" in answer) {
    child.retire();
    return refused(text`the parser failed: ${answer.failed}`);
  }
  if (answer.tainted) child.retire();
  return { statements: answer.statements.map(restored) };
}

interface Parser {
  ask(question: SqlQuestion, deadlineMs: number): Promise<Answer>;
  retire(): void;
}

/** A first statement loads and compiles a parser, so that the deadline is the text's own. */
function loadingFirst(child: Killable): Parser {
  const loaded = new Set<Dialect>();
  const timed = async (question: SqlQuestion, deadlineMs: number): Promise<Answer> => {
    const answer = await child.ask(question, deadlineMs);
    if (answer.status === "stopped") loaded.clear();
    return answer;
  };
  const load = async (dialect: Dialect): Promise<Answer | null> => {
    if (loaded.has(dialect)) return null;
    const answer = await timed({ sql: "SELECT 1", dialect }, LOAD_MS);
    if (answer.status === "answered") loaded.add(dialect);
    return answer.status === "stopped" ? answer : null;
  };
  return {
    ask: async (question, deadlineMs) => (await load(question.dialect)) ?? (await timed(question, deadlineMs)),
    retire: () => {
      loaded.clear();
      child.retire();
    },
  };
}

async function parse(sql: SqlText, child: Parser, deadlineMs: number): Promise<ParsedSql> {
  if (Buffer.byteLength(sql.sql) > FILE_BYTES) return refused(text`it is larger than ${FILE_BYTES / 1024} KB`);
  if (sql.sql.includes("\0")) return refused(text`it holds NUL characters, so it is not SQL in UTF-8`);
  const question: SqlQuestion = { sql: sql.sql, dialect: sql.dialect };
  const answer = await child.ask(question, deadlineMs);
  return answer.status === "answered" ? read(answer.message, child) : refused(answer.reason);
}

/**
 * Parses SQL in a child process that is forked for the first text and killed when a text takes too long or
 * too much memory; that text is refused, the next one gets a new child. Calls wait for each other.
 */
export function createSqlParser(options: SqlParserOptions = {}): ParseSql & { close(): void } {
  const { textMs = 2000, callMs = 60_000, rssMb = 256 } = options;
  const child = loadingFirst(killable(CHILD, { heapMb: HEAP_MB, rssMb }));
  const parseAll = async (texts: readonly SqlText[]): Promise<readonly ParsedSql[]> => {
    const until = performance.now() + callMs;
    const parsed: ParsedSql[] = [];
    for (const sql of texts) {
      const left = until - performance.now();
      parsed.push(
        left > 0 ? await parse(sql, child, textMs) : refused(text`the time for all SQL of a pull request, ${callMs / 1000} s, was used up`),
      );
    }
    return parsed;
  };
  let last: Promise<unknown> = Promise.resolve();
  const parseSql: ParseSql = (texts) => {
    const result = last.then(() => parseAll(texts));
    last = result;
    return result;
  };
  return Object.assign(parseSql, { close: child.retire });
}
