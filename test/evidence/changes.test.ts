import { describe, expect, it } from "vitest";
import { describeChanges } from "../../src/evidence/changes.js";
import type { ChangedFile } from "../../src/model/pull-request.js";
import { budget, changed, config, snapshot } from "./facts.js";

const settings = config({
  critical: [{ paths: ["src/checkout/**"], functions: [], coveredBy: [] }],
  endpoints: [budget("POST /api/checkout", {}), budget("/api/users/{id}", {}), budget("*", {})],
});
const describeFiles = (...files: readonly ChangedFile[]) => describeChanges(snapshot(...files), settings);

describe("changes", () => {
  it("names critical files, under their old name too", () => {
    const { critical } = describeFiles(
      changed("src/checkout/total.ts"),
      changed("src/cart.ts"),
      changed("src/moved.ts", { previousPath: "src/checkout/old.ts", status: "renamed" }),
      changed("src/checkout/gone.ts", { status: "removed" }),
    );
    expect(critical).toEqual(["src/checkout/total.ts", "src/moved.ts", "src/checkout/gone.ts"]);
  });

  it("counts tests and benchmarks on a critical path as what they are", () => {
    const changes = describeFiles(changed("src/checkout/total.test.ts"), changed("src/checkout/total.bench.ts"));
    expect(changes).toMatchObject({ critical: [], benchmarks: ["src/checkout/total.bench.ts"] });
  });

  it("does not count a removed benchmark or load test as one", () => {
    const changes = describeFiles(
      changed("bench/a.ts", { status: "removed" }),
      changed("k6/a.js", { status: "removed" }),
      changed("k6/b.js"),
    );
    expect(changes).toMatchObject({ benchmarks: [], loadTests: ["k6/b.js"] });
  });

  it("finds a budgeted endpoint in changed source, with its line", () => {
    const head = 'import x from "./x.js";\n\napp.post("/api/checkout", checkout);\n';
    expect(describeFiles(changed("src/routes.ts", { head })).endpoints).toEqual([
      { pattern: "POST /api/checkout", path: "src/routes.ts", line: 3 },
    ]);
  });

  it.each([
    "/api/users/:id",
    "/api/users/<int:id>",
    `/api/users/\${id}`,
    `\${base}/api/users/{userId}`,
    "https://x.example/api/users/7?a=1",
  ])("finds an endpoint with a parameter written as %s", (route) => {
    expect(describeFiles(changed("a.py", { head: `get("${route}")` })).endpoints).toMatchObject([{ pattern: "/api/users/{id}", line: 1 }]);
  });

  it.each(["/api/checkout/confirm", "/v2/api/checkout", "../api/checkout", "@shop/api/checkout", "api/checkout", "/api/users"])(
    "does not take %s for a budgeted endpoint",
    (written) => {
      expect(describeFiles(changed("a.ts", { head: `"${written}"` })).endpoints).toEqual([]);
    },
  );

  it("looks for endpoints in production source only, as it is at the head", () => {
    const head = '"/api/checkout"';
    const files = ["src/a.test.ts", "k6/a.js", "bench/a.ts", "docs/api.md", "openapi.json"].map((path) => changed(path, { head }));
    const removed: Parameters<typeof changed>[1] = { status: "removed", base: head };
    expect(describeFiles(...files, changed("src/b.ts", { base: head, head: "" }), changed("src/c.ts", removed)).endpoints).toEqual([]);
  });

  it("does not look at ignored files", () => {
    const ignoring = { ...settings, paths: { ...settings.paths, ignore: ["src/checkout/generated/**"] } };
    const files = [changed("src/checkout/generated/a.ts", { head: '"/api/checkout"' })];
    expect(describeChanges(snapshot(...files), ignoring)).toEqual({
      files: [],
      critical: [],
      benchmarks: [],
      loadTests: [],
      endpoints: [],
      editedMigrations: [],
    });
  });

  it("reads a long line in a moment's time", () => {
    const head = `${"/a".repeat(200_000)} "/api/checkout"`;
    expect(describeFiles(changed("src/a.ts", { head })).endpoints).toHaveLength(1);
  });
});
