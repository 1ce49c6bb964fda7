import type { Origin, ParsedRun, ResultFormat } from "../model/measurement.js";
import { peek } from "./json.js";
import { readJsonElements } from "./json-stream.js";
import { digested } from "./runtime/digest.js";
import { isObject, nameOf, objectOf, parsedJson } from "./spans/foreign.js";
import { idOf } from "./spans/ids.js";
import type { RawSpan, Service, SpanKind } from "./spans/span.js";
import { SpanFile } from "./spans/span-file.js";

const id = "zipkin-json";
const title = "Zipkin v2 traces as JSON";

function recognizes(head: Uint8Array): boolean {
  const value = peek(head);
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  return isObject(first) && idOf(first.traceId, 32) !== undefined && idOf(first.id, 16) !== undefined;
}

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map<unknown, SpanKind>([
  ["SERVER", "server"],
  ["CONSUMER", "server"],
  ["CLIENT", "client"],
]);

function zipkinSpan(value: unknown, serviceOf: (name: string | undefined) => Service): RawSpan | undefined {
  if (!isObject(value)) return undefined;
  const [traceId, spanId] = [idOf(value.traceId, 32), idOf(value.id, 16)];
  if (traceId === undefined || spanId === undefined) return undefined;
  const tags = objectOf(value.tags);
  const attribute = (name: string): unknown => (Object.hasOwn(tags, name) ? tags[name] : undefined);
  return {
    traceId,
    spanId,
    parentId: idOf(value.parentId, 16),
    isParentRemote: false,
    ...(value.shared === true && { isShared: true }),
    kind: KINDS.get(value.kind) ?? "other",
    name: typeof value.name === "string" ? value.name : "",
    failed: attribute("error") !== undefined || attribute("otel.status_code") === "ERROR",
    service: serviceOf(nameOf(objectOf(value.localEndpoint).serviceName)),
    scope: nameOf(attribute("otel.scope.name") ?? attribute("otel.library.name")),
    scopeVersion: nameOf(attribute("otel.scope.version") ?? attribute("otel.library.version"), 100),
    isCut: false,
    attribute,
  };
}

async function parse(chunks: AsyncIterable<Uint8Array>, origin: Origin): Promise<ParsedRun> {
  const file = new SpanFile(id, origin);
  const services = new Map<string | undefined, Service>();
  const serviceOf = (name: string | undefined): Service => {
    const known = services.get(name) ?? { name };
    services.set(name, known);
    return known;
  };
  const { content, sha256 } = digested(chunks, origin);
  const read = await readJsonElements(content, {
    wanted: (path) => path === "/*",
    element: (_, json) => {
      const span = zipkinSpan(parsedJson(json), serviceOf);
      if (span) file.add(span);
      else file.broken();
    },
  });
  return file.run(read, sha256());
}

export const zipkinJson: ResultFormat = { id, title, streams: true, share: 0.5, recognizes, parse };
