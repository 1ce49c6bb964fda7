import { type Text, text } from "../model/text.js";
import { fields } from "./json.js";

interface FalseFriend<Content> {
  readonly fits: (content: Content) => boolean;
  /** What it is, and what to give instead. */
  readonly says: Text;
}

const has = (value: unknown, ...keys: readonly string[]): boolean => keys.every((key) => key in fields(value));

const firstHas = (value: unknown, key: string): boolean => Array.isArray(value) && has(value[0], key);

/** Files that people give by mistake, by what their JSON begins with; the first that fits. */
const ofJson: readonly FalseFriend<unknown>[] = [
  { fits: (value) => Array.isArray(value) && value.length === 0, says: text`it is an empty JSON array: no benchmark is in it` },
  { fits: (value) => has(value, "assets", "modules"), says: text`it looks like webpack's stats.json` },
  {
    fits: (value) => Array.isArray(fields(fields(value).results).metrics),
    says: text`it looks like the newer machine-readable summary of k6, which is not read yet: write the data of handleSummary instead`,
  },
  {
    fits: (value) => firstHas(value, "resourceSizes") || firstHas(value, "timings"),
    says: text`it looks like Lighthouse's budgets.json, which holds limits and no results`,
  },
  {
    fits: (value) => has(value, "per_class", "total"),
    says: text`it looks like Locust's task ratios, which hold no measurements: give the file _stats.csv of --csv`,
  },
  {
    fits: (value) => has(value, "resourceMetrics") || has(value, "resourceLogs"),
    says: text`it holds OpenTelemetry's metrics or logs: give the file of its traces`,
  },
  {
    fits: (value) => has(value, "assertions", "simulation"),
    says: text`it looks like Gatling's assertions.json: give js/stats.json of the same report`,
  },
  {
    fits: (value) => has(value, "numberOfRequests", "meanResponseTime"),
    says: text`it looks like Gatling's global_stats.json: give js/stats.json beside it, which has every request`,
  },
  {
    fits: (value) => has(fields(value).aggregate, "scenariosCreated"),
    says: text`it looks like a report of artillery 1: run artillery 2 with --output`,
  },
];

/** The same by the lines that text begins with. */
const ofLines: readonly FalseFriend<readonly string[]>[] = [
  {
    fits: ([header = ""]) => header.startsWith("Timestamp,User Count"),
    says: text`it looks like Locust's _stats_history.csv, a course over time: give the file _stats.csv beside it`,
  },
  {
    fits: ([header = ""]) => header.startsWith("Method,Name,Error,Occurrences"),
    says: text`it looks like Locust's _failures.csv: give the file _stats.csv beside it`,
  },
  {
    fits: ([header = ""]) => header.startsWith("Count,Message,Traceback"),
    says: text`it looks like Locust's _exceptions.csv: give the file _stats.csv beside it`,
  },
  {
    fits: ([header = ""]) => header.startsWith("starttime\tseconds\tctime\tdtime\tttime"),
    says: text`it looks like the file of ab -g, for gnuplot: give ab's text output, or the file of ab -e`,
  },
  {
    fits: ([header = ""]) => header.startsWith("metric_name,timestamp,metric_value"),
    says: text`it looks like the stream of k6 --out csv: use --out json, or write the data of handleSummary`,
  },
  {
    fits: (lines) => lines.some((line) => /^\s{0,20}Success rate:/.test(line)),
    says: text`it looks like oha's text output: use --output-format json`,
  },
  {
    fits: (lines) =>
      lines.some((line) => /^\s{0,20}(?:[✓✗] )?http_req_(?:duration|failed)\b|█ THRESHOLDS|^thresholds on metrics /.test(line)),
    says: text`it looks like k6's text summary: write the data of handleSummary as JSON instead`,
  },
];

const ofMarkup: readonly FalseFriend<string>[] = [
  { fits: (begin) => /^<(?:!doctype html|html)/i.test(begin), says: text`it is an HTML page: give the tool's JSON` },
  { fits: (begin) => /<testsuites?[\s>]/.test(begin), says: text`it is a JUnit report of tests, which holds no benchmark` },
  { fits: (begin) => begin.startsWith("<"), says: text`it is XML` },
];

const said = <Content>(known: readonly FalseFriend<Content>[], content: Content): Text | undefined =>
  known.find(({ fits }) => fits(content))?.says;

/** What a parsed JSON file is that no format reads; undefined when nobody knows. */
export const jsonFriend = (value: unknown): Text | undefined => said(ofJson, value);

/** @param lines the first lines of a text file, each without its ending */
export const textFriend = (lines: readonly string[]): Text | undefined => said(ofLines, lines);

/** @param begin the first characters, without white space in front */
export const markupFriend = (begin: string): Text | undefined => said(ofMarkup, begin);

/** The binary log of Gatling 3.12 and later begins with the record of the run, and that with the version. */
export function binaryFriend(head: Uint8Array): Text | undefined {
  const begin = String.fromCharCode(...head.subarray(0, 16));
  return head[0] === 0 && /3\.\d\d\./.test(begin)
    ? text`it looks like the binary simulation.log of Gatling 3.12 or later: give js/stats.json of its report`
    : undefined;
}
