import { isObject, listOf, nameOf } from "./spans/foreign.js";
import { idOf } from "./spans/ids.js";
import type { RawSpan, Service, SpanKind } from "./spans/span.js";

const KINDS: ReadonlyMap<unknown, SpanKind> = new Map<unknown, SpanKind>([
  ["server", "server"],
  ["consumer", "server"],
  ["client", "client"],
]);

/** Looks a tag up where it stands. */
function tagsOf(tags: unknown): (name: string) => unknown {
  const list = listOf(tags);
  return (name) => {
    const found = list.find((one) => isObject(one) && one.key === name);
    return isObject(found) ? found.value : undefined;
  };
}

/** The first parent in the same trace; what a span merely follows from is none. */
function parentOf({ references, parentSpanID }: Readonly<Record<string, unknown>>, traceId: string): string | undefined {
  const parent = listOf(references).find(
    (one) => isObject(one) && one.refType === "CHILD_OF" && (one.traceID === undefined || idOf(one.traceID, 32) === traceId),
  );
  return idOf(isObject(parent) ? parent.spanID : parentSpanID, 16);
}

/** One span of Jaeger's JSON; undefined where it has no valid ids. */
export function jaegerSpan(value: unknown, serviceOf: (process: unknown) => Service): RawSpan | undefined {
  if (!isObject(value)) return undefined;
  const [traceId, spanId] = [idOf(value.traceID, 32), idOf(value.spanID, 16)];
  if (traceId === undefined || spanId === undefined) return undefined;
  const attribute = tagsOf(value.tags);
  return {
    traceId,
    spanId,
    parentId: parentOf(value, traceId),
    isParentRemote: false,
    kind: KINDS.get(attribute("span.kind")) ?? "other",
    name: typeof value.operationName === "string" ? value.operationName : "",
    failed: attribute("error") === true || attribute("error") === "true" || attribute("otel.status_code") === "ERROR",
    service: serviceOf(value.processID),
    scope: nameOf(attribute("otel.scope.name") ?? attribute("otel.library.name")),
    scopeVersion: nameOf(attribute("otel.scope.version") ?? attribute("otel.library.version"), 100),
    isCut: false,
    attribute,
  };
}
