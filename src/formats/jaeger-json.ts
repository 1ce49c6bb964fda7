import type { Origin, ParsedRun, ResultFormat } from "../model/measurement.js";
import { jaegerSpan } from "./jaeger-span.js";
import { peek } from "./json.js";
import { readJsonElements } from "./json-stream.js";
import { digested } from "./runtime/digest.js";
import { listOf, nameOf, objectOf, parsedJson } from "./spans/foreign.js";
import type { Service } from "./spans/span.js";
import { SpanFile } from "./spans/span-file.js";

const id = "jaeger-json";
const title = "Jaeger traces as JSON";

/** A trace, a list of traces, or the answer of the query API, which has them in `data`. */
function recognizes(head: Uint8Array): boolean {
  const value = peek(head);
  const [first = value] = Array.isArray(value) ? value : listOf(objectOf(value).data);
  const [span] = listOf(objectOf(first).spans);
  return typeof objectOf(span).traceID === "string" && typeof objectOf(span).spanID === "string";
}

const SPAN = /^(?:\/data)?(?:\/\*)?\/spans\/\*$/;
const PROCESSES = /^(?:\/data)?(?:\/\*)?\/processes$/;
const TRACE = /^(?:\/data\/\*|\/\*|)$/;

/** Spans name their process, which the trace lists before or behind them. */
class Reader {
  readonly file: SpanFile;
  private processes = new Map<string, Service>();

  constructor(origin: Origin) {
    this.file = new SpanFile(id, origin);
  }

  opened(path: string): void {
    if (TRACE.test(path)) this.processes = new Map();
  }

  element(path: string, json: string): void {
    const value = parsedJson(json);
    if (PROCESSES.test(path)) {
      for (const [process, described] of Object.entries(objectOf(value)))
        this.processOf(process).name = nameOf(objectOf(described).serviceName);
      return;
    }
    const span = jaegerSpan(value, (process) => this.processOf(process));
    if (span) this.file.add(span);
    else this.file.broken();
  }

  private processOf(name: unknown): Service {
    const key = String(name);
    const known = this.processes.get(key) ?? { name: undefined };
    this.processes.set(key, known);
    return known;
  }
}

async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const reader = new Reader(origin);
  const { content, sha256 } = digested(chunks, origin);
  const read = await readJsonElements(content, {
    wanted: (path) => SPAN.test(path) || PROCESSES.test(path),
    opened: (path) => reader.opened(path),
    element: (path, json) => reader.element(path, json),
  });
  return reader.file.run(read, sha256());
}

export const jaegerJson: ResultFormat = { id, title, streams: true, share: 0.5, recognizes, parse };
