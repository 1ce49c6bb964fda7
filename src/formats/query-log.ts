import { z } from "zod";
import { FormatError, type Origin, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { fields, peek } from "./json.js";
import { readJsonElements } from "./json-stream.js";
import { digested } from "./runtime/digest.js";
import { type LogEntry, LogTally } from "./runtime/log-tally.js";
import { parsedJson } from "./spans/foreign.js";

const id = "query-log";
const title = "Redline's query log, version 1";

const FORMAT = "redline-query-log";

const recognizes = (head: Uint8Array): boolean => fields(peek(head)).format === FORMAT;

const LONGEST_KEY = 500;
const MOST = 1_000_000_000;
const whole = z.number().int().min(0).max(MOST);

const header = z.strictObject({ format: z.literal(FORMAT), version: z.literal(1), suite: z.string().optional() });

const line = z.object({
  entry: z.string().min(1).max(LONGEST_KEY),
  kind: z.enum(["test", "endpoint", "root", "outside"]).default("test"),
  run: z.union([z.string().max(LONGEST_KEY), whole]).default(""),
  statement: z.string().optional(),
  system: z.string().max(100).default("postgresql"),
  count: whole.default(1),
  rows: whole.optional(),
  failed: whole.default(0),
  scale: z.number().min(0).max(MOST).optional(),
});

type Line = z.infer<typeof line>;

const AGAIN = text`write the log as docs/formats/query-log.md says`;

/** The first object names the format; every other is one statement, or an entry that sent none. */
class Log {
  readonly tally = new LogTally("query-log");
  private isBegun = false;
  unreadable = 0;

  element(value: unknown): void {
    const read = this.isBegun ? line.safeParse(value) : undefined;
    if (!read) this.begin(value);
    else if (read.success) this.add(read.data);
    else this.unreadable++;
  }

  private begin(value: unknown): void {
    this.isBegun = true;
    if (header.safeParse(value).success) return;
    throw new FormatError("unknown-version", text`the first line is not that of version 1 of the log`, AGAIN, 1);
  }

  private add({ entry: key, kind, run, statement, system, count, rows, failed, scale }: Line): void {
    const entry: LogEntry = { kind, key, ...(kind === "endpoint" && { endpoint: key }) };
    const tally = this.tally.run(entry, String(run));
    if (tally && scale !== undefined) tally.scale = scale;
    if (statement === undefined) return;
    const sent = this.tally.sent(statement, system, key);
    const told = { count, failed: Math.min(failed, count), ...(rows !== undefined && sent.length === 1 && { rows }) };
    for (const one of sent) this.tally.add(one, told, [tally]);
  }
}

async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const log = new Log();
  const { content, sha256 } = digested(chunks, origin);
  const read = await readJsonElements(content, { wanted: (path) => path === "", element: (_, json) => log.element(parsedJson(json)) });
  if (log.tally.isEmpty && log.unreadable === 0) throw new FormatError("no-statements", text`the log holds no entry`, AGAIN);
  const message: Text = text`${log.unreadable} lines are not as the format says`;
  const isPartial = read.incomplete || log.unreadable > 0;
  const runtime = log.tally.record(sha256(), isPartial ? [{ code: "unreadable", message: text`parts of the log could not be read` }] : []);
  const unreadable = log.unreadable === 0 ? [] : [{ level: "error", code: "unreadable-lines", message, remedy: AGAIN } as const];
  return { format: id, measurements: [], problems: [...read.problems, ...unreadable], runtime };
}

export const queryLog: ResultFormat = { id, title, streams: true, share: 0.5, recognizes, parse };
