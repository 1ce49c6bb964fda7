import { FormatError, type Origin, type ParsedRun, type ResultFormat } from "../model/measurement.js";
import { text } from "../model/text.js";
import { readJsonElements } from "./json-stream.js";
import { otlpSpan, type Scope, scopeOf, serviceOf } from "./otlp-span.js";
import { digested } from "./runtime/digest.js";
import { parsedJson } from "./spans/foreign.js";
import type { Service } from "./spans/span.js";
import { SpanFile } from "./spans/span-file.js";

const id = "otlp-json";
const title = "OpenTelemetry traces as JSON (OTLP)";

const BEGINS = /^\s*\{\s*"(?:resourceSpans|resource_spans)"\s*:/;
const ZSTD = [0x28, 0xb5, 0x2f, 0xfd];

const standsAt = (head: Uint8Array, at: number, bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => head[at + index] === byte);

/** What the Collector's file exporter writes with `compression: zstd` or `format: proto`: a length of four bytes, then a record. */
function packing(head: Uint8Array): "zstd" | "proto" | undefined {
  if (standsAt(head, 0, ZSTD) || standsAt(head, 4, ZSTD)) return "zstd";
  // No text begins with a zero byte; the record begins with field 1 of TracesData.
  return head[0] === 0 && head[1] !== undefined && head[4] === 0x0a && !standsAt(head, 5, [0]) ? "proto" : undefined;
}

const recognizes = (head: Uint8Array): boolean =>
  BEGINS.test(new TextDecoder().decode(head.subarray(0, 500))) || packing(head) !== undefined;

function refusal(kind: "zstd" | "proto"): FormatError {
  const was = kind === "zstd" ? text`the Collector compressed it with zstd` : text`the Collector wrote it as protobuf`;
  return new FormatError("packed", text`${was}, which is not JSON`, text`set \`format: json\` and no \`compression\` in the file exporter`);
}

async function* refusingPacked(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let isFirst = true;
  for await (const chunk of chunks) {
    const kind = isFirst ? packing(chunk) : undefined;
    if (kind) throw refusal(kind);
    isFirst = false;
    yield chunk;
  }
}

const RESOURCE = /^\/(?:resourceSpans|resource_spans)\/\*$/;
const WANTED = /\/(resource|scope|instrumentationLibrary|spans\/\*)$/;

const NO_SCOPE: Scope = { name: undefined, version: undefined };

/** Follows a stream down to its spans: a resource, and a scope below it, speak of the spans that come with them. */
class Reader {
  readonly file: SpanFile;
  private service: Service = { name: undefined };
  private scope: Scope = NO_SCOPE;

  constructor(origin: Origin) {
    this.file = new SpanFile(id, origin);
  }

  opened(path: string): void {
    if (RESOURCE.test(path)) this.service = { name: undefined };
    else if (/\/(?:scopeSpans|scope_spans|instrumentationLibrarySpans)\/\*$/.test(path)) this.scope = NO_SCOPE;
  }

  element(path: string, json: string): void {
    const value = parsedJson(json);
    if (path.endsWith("/resource")) this.service.name = serviceOf(value);
    else if (path.endsWith("/*")) this.span(value);
    else this.scope = scopeOf(value);
  }

  private span(value: unknown): void {
    const span = otlpSpan(value, this.service, this.scope);
    if (span) this.file.add(span);
    else this.file.broken();
  }
}

async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const reader = new Reader(origin);
  const { content, sha256 } = digested(refusingPacked(chunks), origin);
  const read = await readJsonElements(content, {
    wanted: (path) => WANTED.test(path),
    opened: (path) => reader.opened(path),
    element: (path, json) => reader.element(path, json),
  });
  return reader.file.run(read, sha256());
}

export const otlpJson: ResultFormat = { id, title, streams: true, share: 0.5, recognizes, parse };
