import type { CodeLocation } from "../../model/runtime.js";
import type { Sent } from "../../sql/sent/statement.js";

/** OpenTelemetry's kinds that matter here. */
export type SpanKind = "server" | "client" | "other";

/** A process that recorded spans; its name may become known after its spans. */
export interface Service {
  name: string | undefined;
}

/** A span as a format hands it in: attributes are looked up by name, and what is not asked for is never kept. */
export interface RawSpan {
  /** Both in lower-case hexadecimal digits. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  /** The format says that the parent is of another process. */
  readonly isParentRemote: boolean;
  /** Zipkin: the server's half of a span that the client has under the same id. */
  readonly isShared?: boolean;
  readonly kind: SpanKind;
  readonly name: string;
  readonly failed: boolean;
  readonly service: Service;
  readonly scope: string | undefined;
  readonly scopeVersion?: string | undefined;
  /** Something of it was dropped before it was written. */
  readonly isCut: boolean;
  readonly attribute: (name: string) => unknown;
}

/** What is kept of a span. */
export interface Span {
  readonly id: string;
  readonly parent: string | undefined;
  readonly isRemote: boolean;
  readonly kind: SpanKind;
  readonly name: string;
  readonly service: Service;
  readonly isDriver: boolean;
  /** Statements with their text; of a system that speaks SQL. */
  readonly sent?: readonly Sent[];
  /** An operation of a database without its text: a statement where no span above or below it has one. */
  readonly isNamed?: true;
  /** How often `sent` was sent with this one span. */
  readonly times: number;
  readonly failed: boolean;
  readonly rows?: number;
  /** A database that does not speak SQL. */
  readonly otherSystem?: string;
  readonly isConnection: boolean;
  readonly test?: string;
  /** Of a server's span: `GET /orders/:id`. */
  readonly endpoint?: string;
  readonly call?: string;
  readonly scale?: number;
  readonly measure?: true;
  readonly code?: CodeLocation;
}
