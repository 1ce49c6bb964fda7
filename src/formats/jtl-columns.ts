import { FormatError } from "../model/measurement.js";
import { text } from "../model/text.js";
import { LONGEST } from "./request-tally.js";

/** One row of a JTL: a request, or a transaction that holds several. Times in milliseconds. */
export interface Sample {
  readonly label: string;
  readonly thread: string;
  readonly start: number;
  readonly elapsed: number;
  readonly succeeded: boolean;
  /** `200`, or words where no answer came. */
  readonly code: string;
  readonly isTransaction: boolean;
}

/** What JMeter wrote before 3.0 by default, without a line of names. */
const UNNAMED = [
  "timeStamp",
  "elapsed",
  "label",
  "responseCode",
  "responseMessage",
  "threadName",
  "dataType",
  "success",
  "bytes",
  "grpThreads",
  "allThreads",
  "Latency",
];

const NEEDED = ["timeStamp", "elapsed", "label", "success"] as const;
const READ = [...NEEDED, "responseCode", "responseMessage", "threadName"];

export const isHeader = (cells: readonly string[]): boolean =>
  cells.includes("timeStamp") && cells.includes("elapsed") && cells.includes("label");

const TRANSACTION = "Number of samples in transaction : ";

const milliseconds = (cell: string): number => (/^\d{1,15}$/.test(cell) ? Number(cell) : Number.NaN);

/** Where a file's columns are. */
export class Columns {
  private readonly width: number;
  private readonly at: readonly number[];
  /** The file has no line of names. */
  readonly assumed: boolean;

  /** @throws FormatError `missing-column` */
  constructor(names: readonly string[] | undefined) {
    this.assumed = names === undefined;
    const given = names ?? UNNAMED;
    this.width = given.length;
    this.at = READ.map((name) => given.indexOf(name));
    const missing = NEEDED.find((name) => !given.includes(name));
    if (missing !== undefined)
      throw new FormatError(
        "missing-column",
        text`the column ${missing} is not there`,
        text`set ${[`jmeter.save.saveservice.${missing === "success" ? "successful" : "time"}=true`]}, or leave the defaults`,
      );
  }

  /** As many cells of a row are read. */
  get wanted(): number {
    return Math.max(...this.at) + 1;
  }

  /** Undefined when the row has other cells than the file's columns, or a time that is none. */
  sample(cells: readonly string[], width: number): Sample | undefined {
    const [timeStamp = "", took = "", label = "", success, code = "", message = "", thread = ""] = this.at.map((index) => cells[index]);
    const [start, elapsed] = [milliseconds(timeStamp), milliseconds(took)];
    const isOutcome = success === "true" || success === "false";
    if (width !== this.width || !isOutcome || !(start >= 0) || !(elapsed <= LONGEST * 1000)) return undefined;
    return { label, thread, start, elapsed, code, succeeded: success === "true", isTransaction: message.startsWith(TRANSACTION) };
  }
}
