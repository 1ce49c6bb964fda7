import type { CallFact, FileFacts } from "../../model/source.js";
import { type FoundRoute, keyword, METHODS, positional, type RouteFamily, stringsOf } from "./family.js";
import { joined } from "./path.js";

const MAPPINGS: Readonly<Record<string, string | null>> = {
  RequestMapping: null,
  GetMapping: "GET",
  PostMapping: "POST",
  PutMapping: "PUT",
  PatchMapping: "PATCH",
  DeleteMapping: "DELETE",
};

const pathsOf = (call: CallFact): readonly string[] => {
  const given = [positional(call)[0], keyword(call, "value"), keyword(call, "path")].flatMap(stringsOf);
  return given.length === 0 ? [""] : given;
};

/** `method = RequestMethod.PUT`, or a list of them. */
function methodsOf(call: CallFact): readonly (string | null)[] {
  const own = MAPPINGS[call.method] ?? null;
  if (own !== null) return [own];
  const written = keyword(call, "method")?.text.match(/[A-Z]{3,7}/gu) ?? [];
  const methods = written.filter((method) => METHODS.has(method));
  return methods.length === 0 ? [null] : methods;
}

function ofMethod(file: FileFacts, call: CallFact, prefixes: readonly string[]): readonly FoundRoute[] {
  const fn = call.function === null ? undefined : file.functions[call.function];
  const place = { line: call.line, endLine: fn?.endLine ?? call.endLine, handlers: [] };
  return prefixes.flatMap((prefix) =>
    pathsOf(call).flatMap((path) => methodsOf(call).map((method) => ({ method, path: joined(prefix, path), whole: false, ...place }))),
  );
}

/** Spring's controllers: a method's mapping below that of its class. The servlet's own path stands elsewhere; Feign's clients answer nothing. */
export const springRoutes: RouteFamily = (file) => {
  const decorators = file.calls.filter(({ use }) => use.how === "decorator");
  if (decorators.some(({ method }) => method === "FeignClient" || method === "HttpExchange")) return [];
  const routes: FoundRoute[] = [];
  let prefixes: readonly string[] = [""];
  for (const call of decorators) {
    if (call.function === null && /Controller$/u.test(call.method)) prefixes = classPrefixes(decorators, call);
    if (call.function !== null && Object.hasOwn(MAPPINGS, call.method)) routes.push(...ofMethod(file, call, prefixes));
  }
  return routes;
};

/** The mapping among the annotations of one class: those around its `@RestController`, in either order. */
function classPrefixes(decorators: readonly CallFact[], controller: CallFact): readonly string[] {
  const at = decorators.indexOf(controller);
  const before = decorators.slice(0, at).toReversed();
  const [left, right] = [before, decorators.slice(at + 1)].map((side) => {
    const end = side.findIndex((call) => call.function !== null || /Controller$/u.test(call.method));
    return end < 0 ? side : side.slice(0, end);
  });
  const mapping = [...(left ?? []), ...(right ?? [])].find(({ method }) => method === "RequestMapping");
  return mapping ? pathsOf(mapping) : [""];
}
