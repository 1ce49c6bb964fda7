import type { Language } from "../../../src/model/source.js";
import { factsOf } from "../../../src/sandbox/source-facts.js";
import { routesOf } from "../../../src/source/routes/routes.js";

/** `GET /users/{}`, with `…` in front where the file may be mounted elsewhere. */
export async function routes(source: string, language: Language, path = "src/a"): Promise<readonly string[]> {
  const found = routesOf(await factsOf(source, language, { path }));
  return found.map(({ method, path: shown, whole }) => `${method ?? "*"} ${whole ? "" : "…"}${shown}`);
}
