import type { CallFact, FileFacts } from "../../model/source.js";
import { type FoundRoute, handlersIn, positional, type RouteFamily, stringOf } from "./family.js";
import { pathOfPattern } from "./path.js";

/** Where Django's functions come from; `path` and `url` alone are anybody's. */
const isUrls = ({ path, imports }: FileFacts): boolean =>
  /(?:^|\/)urls(?:\/\w+|_\w+)?\.py$/u.test(path) || imports.some(({ module }) => /^django\.(?:urls|conf\.urls)/u.test(module));

/** What is included elsewhere is a prefix of another file's routes. */
const includes = (file: FileFacts, call: CallFact): boolean =>
  call.arguments.some((argument) => argument.call !== null && file.calls[argument.call]?.method === "include");

function patternOf(call: CallFact): string | null {
  const written = call.receiver.length === 0 && call.arguments.length > 1 ? stringOf(positional(call)[0]) : null;
  if (written === null) return null;
  if (call.method === "path") return written;
  return call.method === "re_path" || call.method === "url" ? pathOfPattern(written) : null;
}

/** A view set of Django REST framework answers for the list and for one of it. */
const viewSetPaths = (call: CallFact): readonly string[] => {
  const name = call.method === "register" && call.receiver.length > 0 && call.arguments.length > 1 ? stringOf(positional(call)[0]) : null;
  return name === null ? [] : [name, `${name}/{pk}`];
};

/** Django's `urlpatterns`, with the routers of Django REST framework. Other files may include them below a path. */
export const djangoRoutes: RouteFamily = (file) => {
  if (!isUrls(file)) return [];
  return file.calls.flatMap((call): readonly FoundRoute[] => {
    const pattern = includes(file, call) ? null : patternOf(call);
    const paths = pattern === null ? viewSetPaths(call) : [pattern];
    const place = { line: call.line, endLine: call.endLine, handlers: handlersIn(call.arguments.slice(1, 2)) };
    return paths.map((path) => ({ method: null, path: `/${path}`, whole: false, ...place }));
  });
};
