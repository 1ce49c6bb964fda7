import type { CallFact, FileFacts } from "../../model/source.js";
import { chained, type FoundRoute, handlersIn, METHODS, methodOf, positional, type RouteFamily, stringOf } from "./family.js";
import { joined } from "./path.js";
import { Routers, type RouterWords } from "./routers.js";

const words: RouterWords = {
  applications: new Set(["NewRouter", "NewMux", "NewServeMux", "Default"]),
  routers: new Set(["New"]),
  prefixes: [],
  steps: new Set(["Group", "PathPrefix"]),
  mounts: new Set(["Mount"]),
  blocks: new Set(["Route"]),
};

/** `HandleFunc`, and the verbs of chi (`Get`), gin and echo (`GET`). */
const HANDLES = new Set(["Handle", "HandleFunc", "Method", "MethodFunc", "Add"]);
const VERBS = /^(?:Get|Head|Post|Put|Patch|Delete|Options|Any|All|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY)$/u;

interface Registered {
  readonly path: string;
  readonly methods: readonly (string | null)[];
}

/** `"GET /orders/{id}"` of Go 1.22; a host in front is left out. */
function ofPattern(pattern: string): Registered | null {
  const [, method = null, path] = /^(?:([A-Z]+)\s+)?[\w.-]*(\/.*)$/su.exec(pattern) ?? [];
  return path === undefined ? null : { path, methods: [method] };
}

function ofHandle(file: FileFacts, call: CallFact, strings: readonly (string | null)[]): Registered | null {
  const [first, second] = strings;
  if (first && second && METHODS.has(first)) return { path: second, methods: [first] };
  const found = first ? ofPattern(first) : null;
  if (!found) return null;
  const chosen = chained(file, call, "Methods");
  const methods = chosen?.arguments.flatMap((argument) => stringOf(argument) ?? []) ?? [];
  return methods.length === 0 ? found : { ...found, methods };
}

function registered(file: FileFacts, call: CallFact): Registered | null {
  const given = positional(call);
  if (call.receiver.length === 0 || given.length < 2) return null;
  const strings = given.slice(0, 2).map(stringOf);
  if (HANDLES.has(call.method)) return ofHandle(file, call, strings);
  const [path = null] = strings;
  if (!VERBS.test(call.method) || path === null || (path !== "" && !path.startsWith("/"))) return null;
  return { path, methods: [methodOf(call.method) ?? null] };
}

/** A handler comes last; what a client sends or is given does not look like one. */
const isHandled = ({ arguments: given }: CallFact): boolean => {
  const last = given.at(-1);
  return last !== undefined && ["function", "identifier", "member", "call", "object"].includes(last.kind);
};

/** net/http, gorilla/mux, chi, gin and echo. */
export const goRoutes: RouteFamily = (file) => {
  const routers = new Routers(file, words);
  return file.calls.flatMap((call): readonly FoundRoute[] => {
    const found = isHandled(call) ? registered(file, call) : null;
    if (!found) return [];
    const isDefault = call.receiver.length === 1 && call.receiver[0] === "http" && chained(file, call, "http") === undefined;
    const { prefix, whole } = isDefault ? { prefix: "", whole: true } : routers.below(call);
    const place = { line: call.line, endLine: call.endLine, handlers: handlersIn(call.arguments.slice(1)) };
    return found.methods.map((method) => ({ method, path: joined(prefix, found.path), whole, ...place }));
  });
};
