import type { CodeLocation } from "../../model/runtime.js";
import type { RawSpan } from "./span.js";

type Read = RawSpan["attribute"];

const LONGEST = 500;

/** The first of these attributes that is a text, cut: names of spans, routes and hosts are short. */
export function textOf(attribute: Read, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attribute(name);
    if (typeof value === "string" && value !== "") return value.slice(0, LONGEST);
  }
  return undefined;
}

/** The first of these that is a whole number of at least zero: a number, or its digits. */
export function countOf(attribute: Read, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attribute(name);
    const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isSafeInteger(number) && number >= 0) return number;
  }
  return undefined;
}

/** OpenTelemetry's names, then those of before semantic conventions 1.24, then of OpenTracing. */
export const systemOf = (attribute: Read): string | undefined => textOf(attribute, "db.system.name", "db.system", "db.type");

/** The whole text of the statement: it is cut later, where its length is looked at. */
export function statementOf(attribute: Read): string | undefined {
  const text = ["db.query.text", "db.statement", "sql.query"].map(attribute).find((value) => typeof value === "string" && value !== "");
  return typeof text === "string" ? text : undefined;
}

export const operationOf = (attribute: Read): string | undefined => textOf(attribute, "db.operation.name", "db.operation");

/** The name that a runner gives a test. */
export function testOf(attribute: Read): string | undefined {
  const own = textOf(attribute, "redline.test");
  if (own !== undefined) return own;
  const name = textOf(attribute, "test.case.name", "test.name", "pytest.nodeid");
  const suite = textOf(attribute, "test.suite.name", "test.suite");
  return name !== undefined && suite !== undefined ? `${suite} › ${name}` : name;
}

/** Method and route of a server's span; its name where there is no route. Never the URL, which holds ids. */
export function endpointOf({ attribute, name }: RawSpan): string {
  const route = textOf(attribute, "http.route");
  if (route === undefined) return name;
  const method = textOf(attribute, "http.request.method", "http.method");
  return method === undefined ? route : `${method} ${route}`;
}

const hostOf = (url: string): string | undefined => /^[a-z]{2,8}:\/\/(?:[^/?#@]{0,200}@)?([^/?#:]{1,200})/i.exec(url)?.[1];

/** Method and host of a client's request; undefined for other spans. */
export function callOf({ attribute, kind }: RawSpan): string | undefined {
  const method = kind === "client" ? textOf(attribute, "http.request.method", "http.method") : undefined;
  if (method === undefined) return undefined;
  const url = textOf(attribute, "url.full", "http.url");
  const host = textOf(attribute, "server.address", "net.peer.name", "http.host") ?? (url === undefined ? undefined : hostOf(url)) ?? "?";
  return `${method} ${host}${textOf(attribute, "url.template") ?? ""}`;
}

/** Where in the code the span began, as instrumentations write it since 1.30, or before. */
export function codeOf(attribute: Read): CodeLocation | undefined {
  const path = textOf(attribute, "code.file.path", "code.filepath");
  const line = countOf(attribute, "code.line.number", "code.lineno");
  const named = textOf(attribute, "code.function.name", "code.function");
  if (path === undefined && named === undefined) return undefined;
  return { ...(path !== undefined && { path }), ...(line !== undefined && { line }), ...(named !== undefined && { function: named }) };
}

/** Keys of comments that sqlcommenter puts at the end of a statement, by what they tell. */
const COMMENTED = /(controller|action|route|file|line)=(?:'([^']{1,300})'|([^,*'\s]{1,300}))/g;

/** The same from the comment at a statement's end, where Rails and Django write `controller='orders',action='index'`. */
export function commentedCode(sql: string): CodeLocation | undefined {
  const [start, end] = [sql.lastIndexOf("/*"), sql.lastIndexOf("*/")];
  if (start === -1 || end < start || end - start > 2_000) return undefined;
  const found = new Map(
    [...sql.slice(start, end).matchAll(COMMENTED)].map(([, key = "", quoted, bare]) => [key, decoded(quoted ?? bare ?? "")]),
  );
  const action = [found.get("controller"), found.get("action")].filter((part) => part !== undefined).join("#") || found.get("route");
  const [path, line] = [found.get("file"), Number(found.get("line"))];
  if (action === undefined && path === undefined) return undefined;
  return {
    ...(path !== undefined && { path }),
    ...(Number.isSafeInteger(line) && { line }),
    ...(action !== undefined && { function: action }),
  };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
