import { FormatError, type Origin, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { LineFaults } from "./line-faults.js";
import { csvLog, jsonLog, type LoggedPlan, type PlanLog, stderrLog } from "./plan-log-lines.js";
import { digested } from "./runtime/digest.js";
import { type LogEntry, LogTally } from "./runtime/log-tally.js";
import { textBlocks } from "./text-blocks.js";

const id = "auto-explain";
const title = "auto_explain in a log of PostgreSQL";

const JSON_LOG = /^\{"timestamp":"[^"]{10,40}",(?=.{0,4000}"(?:error_severity|backend_type|session_id)":)/;
const CSV_LOG = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [^,]{1,40},(?:"[^"]{0,100}"|[^,]{0,100}),(?:"[^"]{0,100}"|[^,]{0,100}),\d{0,10},/;
const STDERR_LOG = /\b(?:LOG|NOTICE): {2}duration: [\d.]{1,20} ms {2}plan:/;
/** Lines at the beginning among which a plan must stand: a server logs some when it starts. */
const LOOKED_AT = 300;

function logOf(lines: readonly string[]): PlanLog | undefined {
  const [first = ""] = lines;
  if (JSON_LOG.test(first.slice(0, 5_000))) return jsonLog();
  if (CSV_LOG.test(first.slice(0, 500))) return csvLog();
  return lines.some((line) => STDERR_LOG.test(line.slice(0, 1_000))) ? stderrLog() : undefined;
}

const firstLines = (head: Uint8Array): readonly string[] => new TextDecoder().decode(head).split("\n", LOOKED_AT);

const recognizes = (head: Uint8Array): boolean => logOf(firstLines(head)) !== undefined;

const SUITE: LogEntry = { kind: "suite", key: "(all statements)" };

/** Sessions beyond these are counted in the suite only. */
const MOST_SESSIONS = 1_000;

/** Statements that have a plan; the others of a batch are not logged. */
const PLANNED = new Set(["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "TABLE", "EXECUTE"]);

/** Counts the texts of one log; built for a single use. */
class Log {
  readonly tally = new LogTally("plan-log");
  private readonly sessions = new Map<string, LogEntry>();
  /** A text of several statements is logged whole with each of their plans. */
  private readonly batches = new Map<string, LoggedPlan & { times: number }>();

  add(plan: LoggedPlan): void {
    const sent = this.tally.sent(plan.sql, "postgresql", "statement");
    if (sent.length === 1) this.count(plan, 1);
    else {
      const key = `${plan.session}\0${plan.sql}`;
      const known = this.batches.get(key) ?? { ...plan, times: 0 };
      known.times++;
      this.batches.set(key, known);
    }
  }

  end(): void {
    for (const batch of this.batches.values()) {
      const sent = this.tally.sent(batch.sql, "postgresql", "statement");
      const planned = sent.filter(({ statement }) => PLANNED.has(statement.verb)).length;
      this.count(batch, Math.max(1, Math.round(batch.times / Math.max(1, planned))));
    }
  }

  private count({ sql, session }: LoggedPlan, count: number): void {
    const tallies = [this.tally.run(SUITE), this.sessionOf(session)];
    for (const one of this.tally.sent(sql, "postgresql", "statement")) this.tally.add(one, { count, failed: 0 }, tallies);
  }

  /** Numbered by first appearance: a server's own names of sessions are never those of another run. */
  private sessionOf(name: string) {
    const known = this.sessions.get(name);
    if (known) return this.tally.run(known);
    if (this.sessions.size >= MOST_SESSIONS) return undefined;
    const entry: LogEntry = { kind: "session", key: `session ${this.sessions.size + 1}`, within: SUITE.key };
    this.sessions.set(name, entry);
    return this.tally.run(entry);
  }
}

const NEVER_WHOLE: Text = text`a log does not tell how many statements auto_explain left out`;

const asText = (line: number): FormatError =>
  new FormatError("text-format", text`line ${line} holds a plan as text`, text`set \`auto_explain.log_format = json\``, line);

async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const [log, faults] = [new Log(), new LineFaults("lines")];
  const { content, sha256 } = digested(chunks, origin);
  let [reader, line]: [PlanLog | undefined, number] = [undefined, 0];
  for await (const block of textBlocks(content, faults.tooLong)) {
    const lines = (block.unfinished ? block.text : block.text.slice(0, -1)).split("\n");
    reader ??= logOf(lines);
    for (const source of lines) {
      line++;
      const plan = reader?.line(source);
      if (plan === "text-format") throw asText(line);
      if (plan) log.add(plan);
    }
  }
  log.end();
  if (log.tally.isEmpty)
    throw new FormatError(
      "no-plans",
      text`the log holds no plan`,
      text`set \`auto_explain.log_min_duration = 0\` and \`auto_explain.log_format = json\``,
    );
  const runtime = log.tally.record(sha256(), [{ code: "source", message: NEVER_WHOLE }]);
  return { format: id, measurements: [], problems: faults.problems(), runtime };
}

export const autoExplain: ResultFormat = { id, title, streams: true, share: 0.5, recognizes, parse };
