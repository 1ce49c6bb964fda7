import { dialectOfSystem } from "../../sql/sent/statement.js";
import type { StatementBook } from "../runtime/statement-book.js";
import { callOf, codeOf, commentedCode, countOf, endpointOf, operationOf, statementOf, systemOf, testOf, textOf } from "./attributes.js";
import type { RawSpan, Span } from "./span.js";

/** Instrumentations of drivers and ORMs: a trace that one of these begins is no test's. */
const DRIVER =
  /prisma|knex|sequelize|typeorm|mongoose|mysql|sqlite|postgres|psycopg|sqlalchemy|hibernate|jdbc|otelsql|pgx|instrumentation-pg|active_record/i;

const LONGEST_NAME = 500;
/** Statements of one batch that one span stands for. */
const MOST_TIMES = 10_000;

const isTrue = (value: unknown): boolean => value === true || value === "true" || value === 1 || value === "1";

const isConnecting = ({ name, kind }: RawSpan): boolean => kind === "client" && /\bconnect\b/i.test(name.slice(0, LONGEST_NAME));

type Database = Pick<Span, "sent" | "isNamed" | "times" | "otherSystem" | "rows" | "isConnection">;

const NO_DATABASE: Database = { times: 1, isConnection: false };

/** The size of a batch, where the text is one statement: that many were sent. */
const timesOf = (raw: RawSpan): number => Math.min(countOf(raw.attribute, "db.operation.batch.size") ?? 1, MOST_TIMES) || 1;

function databaseOf(raw: RawSpan, book: StatementBook): Database {
  const system = systemOf(raw.attribute);
  if (system === undefined) return NO_DATABASE;
  const [sql, operation] = [statementOf(raw.attribute), operationOf(raw.attribute)];
  if (dialectOfSystem(system) === null) return { ...NO_DATABASE, ...(raw.kind === "client" && { otherSystem: system }) };
  if (sql === undefined && operation === undefined) return { ...NO_DATABASE, isConnection: isConnecting(raw) };
  const sent = book.sent(sql, system, raw.name.slice(0, LONGEST_NAME));
  const rows = countOf(raw.attribute, "db.response.returned_rows");
  return {
    sent,
    ...(sql === undefined && { isNamed: true }),
    times: sent.length === 1 ? timesOf(raw) : 1,
    ...(rows !== undefined && { rows }),
    isConnection: false,
  };
}

function scaleOf({ attribute }: RawSpan): number | undefined {
  const value = attribute("redline.scale");
  const scale = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof scale === "number" && Number.isFinite(scale) && scale >= 0 ? scale : undefined;
}

function marksOf(raw: RawSpan): Pick<Span, "test" | "endpoint" | "call" | "scale" | "measure"> {
  const [test, call, scale] = [testOf(raw.attribute), callOf(raw), scaleOf(raw)];
  return {
    ...(test !== undefined && { test }),
    ...(raw.kind === "server" && { endpoint: endpointOf(raw).slice(0, LONGEST_NAME) }),
    ...(call !== undefined && { call }),
    ...(scale !== undefined && { scale }),
    ...(isTrue(raw.attribute("redline.measure")) && { measure: true }),
  };
}

/** What counts of a span. Parameters of statements, headers and everything else are left behind. */
export function readSpan(raw: RawSpan, book: StatementBook): Span {
  const key = raw.traceId + raw.spanId;
  const database = databaseOf(raw, book);
  const sql = database.sent ? statementOf(raw.attribute) : undefined;
  const code = codeOf(raw.attribute) ?? (sql === undefined ? undefined : commentedCode(sql));
  return {
    id: raw.isShared ? `${key}s` : key,
    parent: raw.isShared ? key : raw.parentId === undefined ? undefined : raw.traceId + raw.parentId,
    isRemote: raw.isParentRemote,
    kind: raw.kind,
    name: raw.name.slice(0, LONGEST_NAME),
    service: raw.service,
    isDriver: DRIVER.test(raw.scope ?? textOf(raw.attribute, "otel.scope.name", "component") ?? raw.name.slice(0, 100)),
    failed: raw.failed,
    ...database,
    ...marksOf(raw),
    ...(code && { code }),
  };
}
