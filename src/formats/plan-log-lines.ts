import { CsvRecords } from "./csv-records.js";
import { objectOf, parsedJson } from "./spans/foreign.js";

/** A statement that auto_explain logged, and what tells its session. */
export interface LoggedPlan {
  readonly sql: string;
  readonly session: string;
}

/** Takes one line after the other; a plan comes with the line that completes it. */
export interface PlanLog {
  line(text: string): LoggedPlan | "text-format" | undefined;
}

const PLAN = /^duration: [\d.]{1,20} ms {2}plan:\s*/;

const QUERY_TEXT = /^\s{0,20}\{?\s{0,20}"Query Text": (?=")/;

/** The text alone, which is the first key: parameters and plans behind it, and their costs, are never read. */
function queryText(source: string): string | undefined {
  const start = QUERY_TEXT.exec(source.slice(0, 100))?.[0].length;
  if (start === undefined) return undefined;
  let end = start + 1;
  while (end < source.length && source[end] !== '"') end += source[end] === "\\" ? 2 : 1;
  const value = parsedJson(source.slice(start, end + 1));
  return typeof value === "string" ? value : undefined;
}

function ofMessage(message: unknown, session: string): LoggedPlan | "text-format" | undefined {
  const start = typeof message === "string" ? PLAN.exec(message)?.[0].length : undefined;
  if (start === undefined || typeof message !== "string") return undefined;
  const sql = queryText(message.slice(start));
  return sql === undefined ? "text-format" : { sql, session };
}

/** `log_destination = jsonlog`: an object a line. */
export const jsonLog = (): PlanLog => ({
  line: (text) => {
    const { message, session_id: session } = objectOf(text.startsWith("{") ? parsedJson(text) : undefined);
    return ofMessage(message, String(session));
  },
});

const [SESSION, MESSAGE] = [5, 13];

/** `log_destination = csvlog`: the message is the fourteenth cell, over many lines. */
export function csvLog(): PlanLog {
  const records = new CsvRecords();
  return {
    line: (text) => {
      const [record] = records.read({ text: `${text}\n`, unfinished: false });
      return ofMessage(record?.cells?.[MESSAGE], record?.cells?.[SESSION] ?? "");
    },
  };
}

/** The prefix is the server's own, so that only the usual process number in it is known. */
const BEGINS = /\[(\d{1,10})(?:-\d{1,10})?\]/;

const beginsPlan = (line: string): boolean => / {2}plan:\s*$/.test(line.slice(-20)) && line.includes("duration: ");

/** `log_destination = stderr`: the message goes on in lines that begin with a tab. */
export function stderrLog(): PlanLog {
  let [session, isOpen] = ["", false];
  const continued = (line: string): LoggedPlan | "text-format" | undefined => {
    if (line.startsWith("\tQuery Text:")) return "text-format";
    const sql = queryText(line);
    if (sql !== undefined) isOpen = false;
    return sql === undefined ? undefined : { sql, session };
  };
  return {
    line: (line) => {
      if (isOpen && line.startsWith("\t")) return continued(line);
      isOpen = beginsPlan(line);
      if (isOpen) session = BEGINS.exec(line.slice(0, 300))?.[1] ?? "";
      return undefined;
    },
  };
}
