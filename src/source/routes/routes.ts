import type { Route } from "../../model/routes.js";
import type { FileFacts, Language } from "../../model/source.js";
import { djangoRoutes } from "./django.js";
import type { RouteFamily } from "./family.js";
import { goRoutes } from "./go.js";
import { nestRoutes } from "./nest.js";
import { nextRoutes } from "./next.js";
import { normalPath } from "./path.js";
import { pythonRoutes } from "./python.js";
import { railsRoutes } from "./rails.js";
import { scriptRoutes } from "./script.js";
import { springRoutes } from "./spring.js";

const script = [scriptRoutes, nestRoutes, nextRoutes];

/** Which frameworks are looked for in which language. */
const families: Readonly<Partial<Record<Language, readonly RouteFamily[]>>> = {
  typescript: script,
  tsx: script,
  javascript: script,
  python: [pythonRoutes, djangoRoutes],
  go: [goRoutes],
  java: [springRoutes],
  ruby: [railsRoutes],
};

/** A route with the functions of its file that answer it, by name. */
export interface HandledRoute extends Route {
  readonly handlers: readonly string[];
}

/** A file with more calls was written by a machine, or against us. */
const CALLS = 5_000;

/** The routes that one file registers, each once; none of a file with more than 5,000 calls. */
export function routesOf(file: FileFacts): readonly HandledRoute[] {
  if (file.calls.length > CALLS) return [];
  const found = (families[file.language] ?? []).flatMap((family) => family(file));
  const routes = new Map<string, HandledRoute>();
  for (const { path: written, ...rest } of found) {
    const path = normalPath(written);
    const key = JSON.stringify([rest.method, path]);
    if (path !== null && !routes.has(key)) routes.set(key, { ...rest, path, written });
  }
  return [...routes.values()];
}
