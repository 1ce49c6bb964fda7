import { describe, expect, it } from "vitest";
import { addedLines } from "../../../src/evidence/added-lines.js";
import type { PathClass, SourceFile } from "../../../src/model/source.js";
import { factsOf } from "../../../src/sandbox/source-facts.js";
import { routeChanges } from "../../../src/source/routes/changes.js";

async function file(base: string | null, head: string | null, path = "src/routes.ts", of: PathClass = "server"): Promise<SourceFile> {
  const facts = (source: string | null) => (source === null ? null : factsOf(source, "typescript", { path, class: of }));
  return { path, base: await facts(base), head: await facts(head), added: addedLines(base ?? "", head ?? "") };
}

const told = (...files: readonly SourceFile[]) =>
  routeChanges(files).map(({ how, route, line }) => `${how} ${route.method} ${route.written} ${line}`);

const APP = "const app = express();\n";

describe("changes of routes", () => {
  it("are routes that are new, gone, or touched", async () => {
    const base = `${APP}app.get('/a', a);\napp.get('/b', b);\napp.get('/c', (req, res) => {\n  res.json(1);\n});\n`;
    const head = `${APP}app.get('/a', a);\napp.get('/c', (req, res) => {\n  res.json(2);\n});\napp.post('/d', d);\n`;
    expect(told(await file(base, head))).toEqual(["changed GET /c 3", "added POST /d 6", "removed GET /b 3"]);
  });

  it("are those whose handler in the same file has a new line", async () => {
    const base = `${APP}function show(req, res) {\n  res.json(1);\n}\napp.get('/a', show);\n`;
    expect(told(await file(base, base.replace("json(1)", "json(2)")))).toEqual(["changed GET /a 5"]);
  });

  it("are a new path and an old one where the path was rewritten", async () => {
    expect(told(await file(`${APP}app.get('/a/:id', a);`, `${APP}app.get('/v2/a/:id', a);`))).toEqual([
      "added GET /v2/a/:id 2",
      "removed GET /a/:id 2",
    ]);
  });

  it("are none where a parameter only has another name, or code beside a route changed", async () => {
    const base = `${APP}app.get('/a/:id', a);\nconst x = 1;\n`;
    expect(told(await file(base, base.replace("x = 1", "x = 2")))).toEqual([]);
    expect(told(await file(base, base.replace(":id", ":user")))).toEqual(["changed GET /a/:user 2"]);
  });

  it("are none where a route moved to another file", async () => {
    const moved = [await file(`${APP}app.get('/a', a);`, APP), await file(null, `${APP}app.get('/a', a);`, "src/more.ts")];
    expect(routeChanges(moved).map(({ how, file: at }) => [how, at])).toEqual([["changed", "src/more.ts"]]);
  });

  it("are none where only its mount came into sight, or went out of it", async () => {
    const alone = "const router = Router();\nrouter.get('/users', list);\n";
    const mounted = `${APP}const router = Router();\nrouter.get('/users', list);\napp.use('/api', router);\n`;
    expect(told(await file(alone, mounted))).toEqual([]);
    expect(told(await file(mounted, alone))).toEqual([]);
    expect(told(await file(alone, "const router = Router();\nrouter.get('/orders', list);\n"))).toEqual([
      "added GET /orders 2",
      "removed GET /users 2",
    ]);
  });

  it("are all of a file that is new or gone", async () => {
    const text = `${APP}app.get('/a', a);`;
    expect(told(await file(null, text))).toEqual(["added GET /a 2"]);
    expect(told(await file(text, null))).toEqual(["removed GET /a 2"]);
  });

  it("are none of an example's or a script's", async () => {
    expect(told(await file(null, `${APP}app.get('/a', a);`, "examples/a.ts", "script"))).toEqual([]);
  });
});
