import type { CallFact, FileFacts } from "../../model/source.js";
import { decorated, type FoundRoute, keyword, methodOf, positional, type RouteFamily, stringOf, stringsOf } from "./family.js";
import { joined } from "./path.js";
import { Routers, type RouterWords } from "./routers.js";

const words: RouterWords = {
  applications: new Set(["Flask", "FastAPI", "Quart", "Sanic"]),
  routers: new Set(["Blueprint", "APIRouter", "Namespace"]),
  prefixes: ["url_prefix", "prefix"],
  steps: new Set(),
  mounts: new Set(["include_router", "register_blueprint", "mount"]),
  blocks: new Set(),
};

/** Methods that a decorator asks for; one entry for each. */
function methodsOf(call: CallFact): readonly (string | null)[] {
  if (call.method !== "route" && call.method !== "api_route") {
    const method = methodOf(call.method);
    return method === undefined ? [] : [method];
  }
  const given = stringsOf(keyword(call, "methods")).map((method) => method.toUpperCase());
  return given.length === 0 ? [call.method === "route" ? "GET" : null] : given;
}

const pathOf = (call: CallFact): string | null =>
  stringOf(positional(call)[0]) ?? stringOf(keyword(call, "path")) ?? stringOf(keyword(call, "rule"));

function routesOf(file: FileFacts, routers: Routers, call: CallFact): readonly FoundRoute[] {
  const path = call.use.how === "decorator" && call.receiver.length > 0 ? pathOf(call) : null;
  if (path === null || (path !== "" && !path.startsWith("/"))) return [];
  const { prefix, whole } = routers.below(call);
  const place = { line: call.line, endLine: call.endLine, handlers: decorated(file, call) };
  return methodsOf(call).map((method) => ({ method, path: joined(prefix, path), whole, ...place }));
}

/** Flask, FastAPI and others that decorate functions. */
export const pythonRoutes: RouteFamily = (file) => {
  const routers = new Routers(file, words);
  return file.calls.flatMap((call) => routesOf(file, routers, call));
};
