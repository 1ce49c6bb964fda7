import type { CallFact } from "../../model/source.js";
import { decorated, type FoundRoute, memberOf, methodOf, type RouteFamily, stringsOf } from "./family.js";
import { joined } from "./path.js";

const VERBS = new Set(["Get", "Post", "Put", "Patch", "Delete", "Head", "Options", "All"]);

/** `@Controller('users')`, `@Controller({ path: 'users' })`, `@Controller()`. */
const prefixesOf = ({ arguments: [given] }: CallFact): readonly string[] => {
  const member = given?.kind === "object" ? memberOf(given, "path") : null;
  const found = member === null ? stringsOf(given) : [member];
  return found.length === 0 ? [""] : found;
};

function routesBelow(prefixes: readonly string[], call: CallFact, handlers: readonly string[]): readonly FoundRoute[] {
  const written = stringsOf(call.arguments[0]);
  const paths = written.length === 0 ? [""] : written;
  const place = { whole: false, line: call.line, endLine: call.endLine, handlers };
  const method = methodOf(call.method) ?? null;
  return prefixes.flatMap((prefix) => paths.map((path) => ({ method, path: joined(prefix, path), ...place })));
}

/** NestJS: a method belongs to the controller whose decorator came last. A global prefix is set elsewhere. */
export const nestRoutes: RouteFamily = (file) => {
  const routes: FoundRoute[] = [];
  let prefixes: readonly string[] | null = null;
  for (const call of file.calls.filter(({ use }) => use.how === "decorator")) {
    if (call.method === "Controller") prefixes = prefixesOf(call);
    else if (prefixes !== null && VERBS.has(call.method)) routes.push(...routesBelow(prefixes, call, decorated(file, call)));
  }
  return routes;
};
