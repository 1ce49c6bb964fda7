import type { CallFact, FileFacts } from "../../model/source.js";
import { chained, type FoundRoute, METHODS, memberOf, methodOf, placeOf, type RouteFamily, stringOf } from "./family.js";
import { joined } from "./path.js";
import { Routers, type RouterWords } from "./routers.js";

const words: RouterWords = {
  applications: new Set(["express", "fastify", "Fastify"]),
  routers: new Set(["Router", "Hono", "OpenAPIHono", "KoaRouter", "createRouter", "Elysia"]),
  prefixes: ["prefix"],
  steps: new Set(["basePath", "prefix"]),
  mounts: new Set(["use", "route", "register"]),
  blocks: new Set(["register", "group"]),
};

/** What people call a router that they were given. Clients have the same methods and other names. */
const ROUTER = /^(?:app|server|router|routes?|fastify|instance|hono|koa|expressApp|(?:\w*[a-z])?(?:Router|Routes|App|Server))$/u;

const isRouter = (routers: Routers, { receiver, root }: CallFact): boolean => {
  const [first] = receiver;
  if (first === undefined) return false;
  if (root === "construction") return [...words.applications, ...words.routers].includes(first);
  const last = receiver.find((name) => name !== "this") ?? first;
  return routers.knows(first) || ROUTER.test(last);
};

/** A handler: a function, or the name or making of one. A client's second argument is an object. */
const isHandler = ({ kind }: CallFact["arguments"][number]): boolean =>
  kind === "function" || kind === "identifier" || kind === "member" || kind === "call";

/** The path of `get('/a', h)`, or of `route('/a').get(h)`. */
function pathOf(file: FileFacts, call: CallFact): string | null {
  const handlers = call.arguments.filter(isHandler).length;
  const own = stringOf(call.arguments[0]);
  if (own !== null) return handlers > 0 ? own : null;
  const route = chained(file, call, "route");
  return route && handlers > 0 && call.chain.includes("route") ? stringOf(route.arguments[0]) : null;
}

/** Fastify's `route({ method: 'GET', url: '/a', handler })`. */
function ofObject(call: CallFact): { readonly path: string; readonly method: string | null } | null {
  const [object] = call.arguments;
  if (call.method !== "route" || object?.kind !== "object") return null;
  const path = memberOf(object, "url") ?? memberOf(object, "path");
  const method = (memberOf(object, "method") ?? "").toUpperCase();
  return path === null ? null : { path, method: METHODS.has(method) ? method : null };
}

const isPath = (path: string): boolean => path === "" || /^(?:\/|:|\*|\$\{)/u.test(path);

function routeOf(file: FileFacts, routers: Routers, call: CallFact): FoundRoute | null {
  if (!isRouter(routers, call)) return null;
  const method = methodOf(call.method);
  const path = method === undefined ? null : pathOf(file, call);
  const found = method !== undefined && path !== null ? { path, method } : ofObject(call);
  if (!found || !isPath(found.path)) return null;
  const { prefix, whole } = routers.below(call);
  return { method: found.method, path: joined(prefix, found.path), whole, ...placeOf(call) };
}

/** Express, Koa's router, Fastify and Hono. */
export const scriptRoutes: RouteFamily = (file) => {
  const routers = new Routers(file, words);
  return file.calls.flatMap((call) => routeOf(file, routers, call) ?? []);
};
