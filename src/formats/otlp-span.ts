import { isObject, listOf, nameOf, objectOf } from "./spans/foreign.js";
import { idOf } from "./spans/ids.js";
import type { RawSpan, Service, SpanKind } from "./spans/span.js";

/** A value of an attribute: text, boolean, or number; 64-bit integers are written as texts or as numbers. */
function scalarOf(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  return value.stringValue ?? value.intValue ?? value.boolValue ?? value.doubleValue;
}

/** An instrumentation library. */
export interface Scope {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

/** Looks an attribute up where it stands, so that those that nobody asks for are never taken along. */
export function attributesOf(attributes: unknown): (name: string) => unknown {
  const list = listOf(attributes);
  return (name) => {
    const found = list.find((one) => isObject(one) && one.key === name);
    return isObject(found) ? scalarOf(found.value) : undefined;
  };
}

/** Enumerations are integers; some exporters write their names. */
const KINDS: ReadonlyMap<unknown, SpanKind> = new Map<unknown, SpanKind>([
  [2, "server"],
  [5, "server"],
  [3, "client"],
  ["SPAN_KIND_SERVER", "server"],
  ["SPAN_KIND_CONSUMER", "server"],
  ["SPAN_KIND_CLIENT", "client"],
]);

const FAILED = new Set<unknown>([2, "STATUS_CODE_ERROR"]);

/** Bits 8 and 9 of the flags: whether it is known that the parent is remote, and that it is. */
const REMOTE = 0x300;

/** One span of OTLP as JSON; undefined where it has no valid ids. */
export function otlpSpan(value: unknown, service: Service, scope: Scope): RawSpan | undefined {
  if (!isObject(value)) return undefined;
  const [traceId, spanId] = [idOf(value.traceId, 32), idOf(value.spanId, 16)];
  if (traceId === undefined || spanId === undefined) return undefined;
  const { status, flags, droppedAttributesCount: dropped } = value;
  return {
    traceId,
    spanId,
    parentId: idOf(value.parentSpanId, 16),
    isParentRemote: typeof flags === "number" && (flags & REMOTE) === REMOTE,
    kind: KINDS.get(value.kind) ?? "other",
    name: typeof value.name === "string" ? value.name : "",
    failed: isObject(status) && FAILED.has(status.code),
    service,
    scope: scope.name,
    scopeVersion: scope.version,
    isCut: typeof dropped === "number" && dropped > 0,
    attribute: attributesOf(value.attributes),
  };
}

/** `service.name` of a resource; undefined where it has none. */
export const serviceOf = (resource: unknown): string | undefined => nameOf(attributesOf(objectOf(resource).attributes)("service.name"));

/** Name and version of an instrumentation library. */
export function scopeOf(scope: unknown): Scope {
  const { name, version } = objectOf(scope);
  return { name: nameOf(name), version: nameOf(version, 100) };
}
