import { createReadStream } from "node:fs";
import { parse } from "csv-parse";
import { readResultFile } from "../../src/formats/read.js";
import { textBlocks } from "../../src/formats/text-blocks.js";

/** What a reader found: requests, or lines where it knows no requests; and latencies by `endpoint percentile`. */
export interface Found {
  readonly requests?: number;
  readonly lines?: number;
  readonly seconds?: Readonly<Record<string, number>>;
}

/** As the command line reads. */
const AT_ONCE = { highWaterMark: 1_048_576 };

async function redline(path: string): Promise<Found> {
  const result = await readResultFile(path, createReadStream(path, AT_ONCE), { caps: { whole: 50e6, streamed: 1e11 } });
  if (!("run" in result)) throw new Error(JSON.stringify(result));
  const seconds = Object.fromEntries(result.run.measurements.map(({ benchmark, metric, value }) => [`${benchmark} ${metric}`, value]));
  return { requests: result.run.load?.requests ?? 0, seconds };
}

/** The lines come from the same splitter as ours, so that only the parsing differs. */
async function jsonParse(path: string): Promise<Found> {
  let requests = 0;
  for await (const { text } of textBlocks(createReadStream(path, AT_ONCE), () => undefined)) {
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf("\n", at);
      const { metric, type } = JSON.parse(text.slice(at, end));
      if (metric === "http_req_duration" && type === "Point") requests++;
      at = end + 1;
    }
  }
  return { requests };
}

async function csvParse(path: string): Promise<Found> {
  let requests = -1;
  for await (const _ of createReadStream(path, AT_ONCE).pipe(parse())) requests++;
  return { requests };
}

async function newlines(path: string): Promise<Found> {
  let lines = 0;
  for await (const chunk of createReadStream(path, AT_ONCE)) {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
  }
  return { lines };
}

/** Each is run in a process of its own, by its name. */
export const readers = { redline, "JSON.parse per line": jsonParse, "csv-parse": csvParse, "newline scan": newlines } as const;

export type Reader = keyof typeof readers;
