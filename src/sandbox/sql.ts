import { z } from "zod";
import type { ParsedSql, ParsedStatement, ParseSql, SqlText } from "../evidence/sources.js";
import { type Text, text } from "../model/text.js";
import { type Killable, killable } from "./killable.js";
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

function read(message: unknown, child: Killable): ParsedSql {
  const answer = answerShape.parse(message);
  if ("tooMany" in answer) return refused(text`it holds more than ${FILE_STATEMENTS.toLocaleString("en-US")} statements`);
  if ("failed" in answer) {
    child.retire();
    return refused(text`the parser failed: ${answer.failed}`);
  }
  if (answer.tainted) child.retire();
  return { statements: answer.statements.map(restored) };
}

async function parse(sql: SqlText, child: Killable, deadlineMs: number): Promise<ParsedSql> {
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
  const child = killable(CHILD, { heapMb: HEAP_MB, rssMb });
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
