import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redline } from "./run.js";

const demo = fileURLToPath(new URL("../demo", import.meta.url));
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "redline-commands-"));
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe("redline", () => {
  it("says its version and how it is used", async () => {
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect((await redline(["--version"])).stdout).toBe(`${manifest.version}\n`);
    expect((await redline([])).stdout).toContain("redline review");
  });
});

describe("help", () => {
  it.each(["review", "bench", "measurements", "judge", "budgets", "shifts", "config", "stats", "store"])(
    "of redline %s says how it is used",
    async (name) => {
      const { code, stdout, stderr } = await redline([name, "--help"]);
      expect(stdout).toMatch(new RegExp(`^  redline ${name} `));
      expect({ code, stderr, others: stdout.includes("--version") }).toEqual({ code: 0, stderr: "", others: false });
    },
  );

  it("names every option of redline bench", async () => {
    const { stdout } = await redline(["bench", "--help"]);
    const shown = new Set(stdout.match(/--[a-z-]+[a-z]/gu));
    const documented = readFileSync(new URL("../../docs/bench.md", import.meta.url), "utf8").match(/^\| .*?\| /gmu) ?? [];
    for (const option of documented.join(" ").match(/--[a-z-]+[a-z]/gu) ?? []) expect([...shown, "--repo"]).toContain(option);
  });

  it("is not asked for by what stands behind --", async () => {
    const { code, stderr } = await redline(["bench", "--results", "x", "--", "make", "--help"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--base");
  });
});

describe("redline measurements", () => {
  const file = join(demo, "results/head/run-01/autocannon-checkout.json");

  it("prints what a file parses into, in readable units", async () => {
    const { code, stdout } = await redline(["measurements", file]);
    expect(stdout).toMatch(/latency_p99 {2}[\d.]+ ms/);
    expect(code).toBe(0);
  });

  it("prints JSON in SI units", async () => {
    const { stdout } = await redline(["measurements", file, "--format", "json"]);
    const [{ run }] = JSON.parse(stdout) as [{ run: { format: string; measurements: { metric: string; unit: string; value: number }[] } }];
    expect(run.format).toBe("autocannon");
    expect(run.measurements.find(({ metric }) => metric === "latency_p99")).toMatchObject({ unit: "s" });
  });

  it("ends with 2 and a sentence for a broken file, and still prints the good one", async () => {
    const broken = join(scratch, "cut.json");
    writeFileSync(broken, '{"machine_info": {}, "benchmarks": [{');
    const { code, stdout, stderr } = await redline(["measurements", broken, file]);
    expect(code).toBe(2);
    expect(stdout).toContain("autocannon");
    expect(stderr).toMatch(/^redline: .*cut\.json.*\n$/);
  });

  it.each([[["measurements"]], [["measurements", "/nowhere.json"]]])("ends with 2 without a file to read: %j", async (args) => {
    const { code, stderr } = await redline(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^redline: .+\n$/);
  });
});

describe("redline config", () => {
  it("writes a configuration that it then finds valid, and never overwrites one", async () => {
    const file = join(scratch, "redline.yml");
    expect((await redline(["config", "init", file])).code).toBe(0);
    expect(existsSync(file)).toBe(true);
    const check = await redline(["config", "check", file]);
    expect(check).toMatchObject({ code: 0, stderr: "" });
    const again = await redline(["config", "init", file]);
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/^redline: .*redline\.yml.*\n$/);
  });

  it("takes one file, and leaves none out", async () => {
    const { code, stderr } = await redline(["config", "check", "a.yml", "b.yml"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "redline: redline config check takes one file, and b.yml would be left out\n" });
  });

  it("says what a configuration means", async () => {
    const { stdout } = await redline(["config", "check", join(demo, "shop/base/.github/redline.yml")]);
    expect(stdout).toContain("/api/checkout");
    expect(stdout).toContain("perf-team");
  });

  it("names a rule that does not exist", async () => {
    const file = join(scratch, "rules.yml");
    writeFileSync(file, "rules: { migrations/index-create-blockin: off }\n");
    const { code, stderr } = await redline(["config", "check", file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^redline: .*rules\.yml: there is no rule migrations\/index-create-blockin.*\n$/);
  });

  it("names every mistake with its line", async () => {
    const file = join(scratch, "wrong.yml");
    writeFileSync(file, "endpoints:\n  /a: { latency_p99: 100 }\nmoode: advisory\n");
    const { code, stderr } = await redline(["config", "check", file]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.yml:2: /);
    expect(stderr).toMatch(/wrong\.yml:3: .*moode.*mode/);
  });
});
