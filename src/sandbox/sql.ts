import { setImmediate } from "node:timers/promises";
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
/** UTF-16 units of the texts that share a message: some ten files, a hundredth of their deadline. */
const BATCH_UNITS = 64 * 1024;
const HEAP_MB = 256;
// Loading takes 0.1 s, on a busy machine many times that, and is no fault of the text that is first.
const LOAD_MS = 20_000;
const CHILD = new URL("../../dist/sandbox/sql-child.js", import.meta.url);

const place = { start: z.number(), end: z.number() };
const takenShape = z.union([
  z.object({ ...place, tree: z.string(), fingerprint: z.string().optional() }),
  z.object({ ...place, error: z.string() }),
]);
const oneShape = z.union([
  z.object({ statements: z.array(takenShape), tainted: z.boolean() }),
  z.object({ tooMany: z.literal(true) }),
  z.object({ failed: z.string() }),
]);
const answerShape = z.array(oneShape).min(1);

const refused = (reason: Text): ParsedSql => ({ refused: reason });

const restored = (taken: z.infer<typeof takenShape>): ParsedStatement => {
  if ("error" in taken) return taken;
  const tree: unknown = JSON.parse(taken.tree);
  const { start, end, fingerprint } = taken;
  return { start, end, tree, ...(fingerprint !== undefined && { fingerprint }) };
};

function read(answer: z.infer<typeof oneShape>): ParsedSql {
  if ("tooMany" in answer) return refused(text`it holds more than ${FILE_STATEMENTS.toLocaleString("en-US")} statements`);
  if ("failed" in answer) return refused(text`the parser failed: ${answer.failed}`);
  return { statements: answer.statements.map(restored) };
}

const isBroken = (answer: z.infer<typeof oneShape>): boolean => "failed" in answer || ("tainted" in answer && answer.tainted);

function unreadable({ sql }: SqlText): ParsedSql | null {
  if (Buffer.byteLength(sql) > FILE_BYTES) return refused(text`it is larger than ${FILE_BYTES / 1024} KB`);
  return sql.includes("\0") ? refused(text`it holds NUL characters, so it is not SQL in UTF-8`) : null;
}

interface Parser {
  ask(question: SqlQuestion, deadlineMs: number): Promise<Answer>;
  retire(): void;
}

/** A first statement loads and compiles a parser, so that the deadline is the texts' own. */
function loadingFirst(child: Killable): Parser {
  const loaded = new Set<Dialect>();
  const timed = async (question: SqlQuestion, deadlineMs: number): Promise<Answer> => {
    const answer = await child.ask(question, deadlineMs);
    if (answer.status === "stopped") loaded.clear();
    return answer;
  };
  const load = async (dialect: Dialect): Promise<Answer | null> => {
    if (loaded.has(dialect)) return null;
    const answer = await timed([{ sql: "SELECT 1", dialect }], LOAD_MS);
    if (answer.status === "answered") loaded.add(dialect);
    return answer.status === "stopped" ? answer : null;
  };
  const ask = async (question: SqlQuestion, deadlineMs: number): Promise<Answer> => {
    for (const { dialect } of question) {
      const stopped = await load(dialect);
      if (stopped) return stopped;
    }
    return timed(question, deadlineMs);
  };
  const retire = (): void => {
    loaded.clear();
    child.retire();
  };
  return { ask, retire };
}

/** The texts of one call, in their order; what was answered is behind, what is left is asked again of a new child. */
class Call {
  private readonly parsed: (() => ParsedSql)[] = [];
  private readonly restored: ParsedSql[] = [];
  private readonly texts: readonly SqlText[];
  private readonly child: Parser;
  private readonly until: number;
  private readonly options: Required<Pick<SqlParserOptions, "textMs" | "callMs">>;
  /** Up to here a text is asked about alone: it stands in a batch that killed its child. */
  private alone = 0;

  constructor(texts: readonly SqlText[], child: Parser, options: Call["options"]) {
    this.texts = texts;
    this.child = child;
    this.options = options;
    this.until = performance.now() + options.callMs;
  }

  async run(): Promise<readonly ParsedSql[]> {
    for (let next = this.texts[0]; next !== undefined; next = this.texts[this.parsed.length]) {
      const known = performance.now() < this.until ? unreadable(next) : this.late();
      if (known) this.parsed.push(() => known);
      else await this.ask(this.batch());
    }
    return this.restore();
  }

  private restore(): readonly ParsedSql[] {
    this.restored.push(...this.parsed.slice(this.restored.length).map((answer) => answer()));
    return this.restored;
  }

  private late(): ParsedSql {
    return refused(text`the time for all SQL of a pull request, ${this.options.callMs / 1000} s, was used up`);
  }

  /** A message costs as much as several statements: small texts share one, and the deadline of one. */
  private batch(): readonly SqlText[] {
    const from = this.parsed.length;
    let [to, units] = [from, 0];
    for (let next = this.texts[from]; next && (to === from || (units + next.sql.length <= BATCH_UNITS && !unreadable(next))); ) {
      units += next.sql.length;
      to += 1;
      next = from < this.alone ? undefined : this.texts[to];
    }
    return this.texts.slice(from, to);
  }

  private async ask(batch: readonly SqlText[]): Promise<void> {
    const texts: SqlQuestion = batch.map(({ sql, dialect, fingerprints }) => ({ sql, dialect, ...(fingerprints && { fingerprints }) }));
    const answering = this.child.ask(texts, this.options.textMs);
    // The trees of the batch before are restored while the child parses this one.
    await setImmediate();
    this.restore();
    const answer = await answering;
    if (answer.status === "answered") {
      const answers = answerShape.parse(answer.message);
      if (answers.some(isBroken)) this.child.retire();
      this.parsed.push(...answers.map((one) => () => read(one)));
    } else if (batch.length === 1) this.parsed.push(() => refused(answer.reason));
    else this.alone = this.parsed.length + batch.length;
  }
}

/**
 * Parses SQL in a child process that is forked for the first text and killed when a text takes too long or
 * too much memory; that text is refused, the next one gets a new child. Calls wait for each other.
 */
export function createSqlParser(options: SqlParserOptions = {}): ParseSql & { close(): void } {
  const { textMs = 2000, callMs = 60_000, rssMb = 256 } = options;
  const child = loadingFirst(killable(CHILD, { heapMb: HEAP_MB, rssMb }));
  let last: Promise<unknown> = Promise.resolve();
  const parseSql: ParseSql = (texts) => {
    const result = last.then(() => new Call(texts, child, { textMs, callMs }).run());
    last = result;
    return result;
  };
  return Object.assign(parseSql, { close: child.retire });
}
