import type { FileFacts } from "../../model/source.js";
import { type FoundRoute, METHODS, type RouteFamily } from "./family.js";

/** The folders below `app/` or `pages/` that lead to a file; null where it is no file of routes. */
function segmentsOf(path: string): { readonly kind: "app" | "pages"; readonly segments: readonly string[] } | null {
  const parts = path.split("/");
  const file = parts.at(-1) ?? "";
  const app = parts.indexOf("app");
  if (app >= 0 && /^route\.[cm]?[jt]sx?$/u.test(file)) return { kind: "app", segments: parts.slice(app + 1, -1) };
  const pages = parts.indexOf("pages");
  const name = /^(.+)\.[cm]?[jt]sx?$/u.exec(file)?.[1];
  if (pages < 0 || parts[pages + 1] !== "api" || name === undefined) return null;
  return { kind: "pages", segments: [...parts.slice(pages + 1, -1), ...(name === "index" ? [] : [name])] };
}

const whole = ({ lines }: FileFacts) => ({ line: 1, endLine: lines });

function methodsOf({
  functions,
  calls,
}: FileFacts): readonly { readonly method: string; readonly line: number; readonly endLine: number }[] {
  const named = functions.flatMap(({ name, line, endLine }) =>
    name !== null && METHODS.has(name) ? [{ method: name, line, endLine }] : [],
  );
  const wrapped = calls.flatMap(({ use, line, endLine }) =>
    use.how === "assigned" ? use.names.filter((name) => METHODS.has(name)).map((method) => ({ method, line, endLine })) : [],
  );
  return [...named, ...wrapped.filter(({ method }) => !named.some((one) => one.method === method))];
}

/** Next.js: the file is the route. `app/…/route.ts` exports a function for each method, `pages/api/…` one for all. */
export const nextRoutes: RouteFamily = (file) => {
  const found = segmentsOf(file.path);
  if (!found) return [];
  const path = `/${found.segments.join("/")}`;
  const route = (method: string | null, at: { readonly line: number; readonly endLine: number }): FoundRoute => ({
    method,
    path,
    whole: true,
    line: at.line,
    endLine: at.endLine,
    handlers: [],
  });
  if (found.kind === "pages") return [route(null, whole(file))];
  return methodsOf(file).map(({ method, ...at }) => route(method, at));
};
