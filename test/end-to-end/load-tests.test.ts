import { expect, it } from "vitest";
import { filesOf, useHarness } from "./harness.js";

const harness = useHarness();

const app = (...routes: readonly string[]): string =>
  ["app = Flask(__name__)", ...routes.map((path, n) => `@app.route("${path}")\ndef page${n}():\n    return "ok"`)].join("\n\n");
const k6 = (...paths: readonly string[]): string =>
  ['import http from "k6/http";', ...paths.map((path) => `http.get(\`\${__ENV.BASE}${path}\`);`)].join("\n");

const base = { ...filesOf("shop/base"), "web/pages.py": app("/pages/home", "/pages/old"), "k6/pages.js": k6("/pages/home", "/pages/old") };
const change = { "web/pages.py": app("/pages/home", "/pages/refunds") };

it("routes that a change adds and removes are held against the repository's load tests, for one call more", async () => {
  const shop = await harness.shop(base);
  const { number, calls, total } = await shop.pull("refunds", change);
  expect(calls).toMatchObject({ "repos/download-tarball-archive": 1 });
  // Without the look after it opened, and the second write of a check that took longer than its first moment.
  expect(total - (calls["pulls/get"] ?? 0) - (calls["checks/update"] ?? 0)).toBe(5);
  const comment = await shop.comment(number);
  expect(comment).toContain("`GET /pages/refunds` is new, and none of the 1 load-test file requests it");
  expect(comment).toContain("`k6/pages.js` still requests `/pages/old`");
  expect(comment).toMatch(/❌ \*\*The load test is updated where needed\*\*/);
});

it("a load test that follows them answers the line", async () => {
  const shop = await harness.shop(base);
  const { number } = await shop.pull("refunds", { ...change, "k6/pages.js": k6("/pages/home", "/pages/refunds") });
  expect(await shop.comment(number)).toMatch(/✅ \*\*The load test is updated where needed\*\* — .*requested by `k6\/pages.js:3`/);
});

it("a change of code without routes reads no more of the repository than before", async () => {
  const shop = await harness.shop(base);
  const { calls } = await shop.pull("sums", { "web/sums.py": "def total(items):\n    return sum(items)\n" });
  expect(calls).not.toHaveProperty("repos/download-tarball-archive");
});
