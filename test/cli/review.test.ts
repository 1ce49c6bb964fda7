import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reviewJson } from "../../src/report/json-schema.js";
import { createRepository, type TestRepository } from "../checkout/repository.js";
import { type Output, redline } from "./run.js";

const demo = fileURLToPath(new URL("../demo", import.meta.url));
const shop = join(demo, "shop");
const results = ["--results", join(demo, "results/head/run-*/*.json"), "--baseline-results", join(demo, "results/base/run-*/*.json")];
const read = (path: string): string => readFileSync(join(shop, path), "utf8");

let repository: TestRepository;
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "redline-cli-"));
  repository = createRepository();
  const files = [".github/redline.yml", "shop/checkout.py", "queries/products.sql", "migrations/0001_products.sql"];
  repository.commit(Object.fromEntries(files.map((path) => [path, read(`base/${path}`)])));
  repository.git("checkout", "-q", "-b", "discounts");
  const changed = ["shop/checkout.py", "queries/products.sql", "migrations/0002_discounts.sql"];
  repository.commit(Object.fromEntries(changed.map((path) => [path, read(`head/${path}`)])));
  repository.git("checkout", "-q", "-b", "checkout", "main");
  // Neither SQL nor source code: no child has to start for a test that is not about what they read.
  repository.commit({ "shop/checkout.txt": "A discount at /api/checkout.\n" });
  repository.git("checkout", "-q", "-b", "docs", "main");
  repository.commit({ "README.md": "# The shop\n" });
});
afterAll(() => {
  repository.remove();
  rmSync(scratch, { recursive: true });
});

const review = (head: string, ...args: readonly string[]): Promise<Output> =>
  redline(["review", "--repo", repository.path, "--base", "main", "--head", head, ...args]);

/** One sentence, no stack: what every mistake must look like. */
const expectSentence = ({ code, stderr }: Output, expected: number, words: string | RegExp): void => {
  expect(stderr).toMatch(words);
  expect(stderr).toMatch(/^redline: .+\n$/);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(code).toBe(expected);
};

describe("redline review", () => {
  it("closes the gate with exit code 1 when a budget is exceeded, verdict first", async () => {
    const { code, stdout, stderr } = await review("checkout", ...results);
    expect(stderr).toBe("");
    expect(stdout.split("\n")[0]).toContain("Budget exceeded: /api/checkout");
    expect(code).toBe(1);
  });

  it("opens it with exit code 0 for a change of documentation", async () => {
    const { code, stdout } = await review("docs");
    expect(code).toBe(0);
    expect(stdout).toContain("No");
  });

  it("writes JSON that its published schema describes", async () => {
    const { stdout } = await review("checkout", ...results, "--format", "json");
    const json = reviewJson.parse(JSON.parse(stdout));
    expect(json).toMatchObject({ version: 1, conclusion: "failure", advisory: false, override: null });
    expect(json.checklist).toHaveLength(14);
    expect(json.budgets.filter(({ decision }) => decision === "fail").length).toBeGreaterThan(0);
  });

  it("writes workflow annotations, and the summary where the runner wants it", async () => {
    const summary = join(scratch, "summary.md");
    writeFileSync(summary, "");
    const args = ["review", "--repo", repository.path, "--base", "main", "--head", "discounts", ...results, "--format", "github"];
    const { stdout } = await redline(args, { env: { GITHUB_STEP_SUMMARY: summary } });
    expect(stdout).toMatch(/^::warning .*file=migrations\/0002_discounts\.sql,line=4/m);
    expect(readFileSync(summary, "utf8")).toContain("Budget exceeded");
  });

  it("writes to a file and nothing to the terminal with --output", async () => {
    const output = join(scratch, "review.md");
    const { stdout } = await review("checkout", "--format", "markdown", "--output", output);
    expect(stdout).toBe("");
    expect(readFileSync(output, "utf8")).toContain("Migrations do not block a busy table");
  });

  it("reads the configuration at the tip of the base branch, not at the head nor at the merge base", async () => {
    repository.git("checkout", "-q", "-B", "loosened", "main");
    repository.commit({ ".github/redline.yml": "mode: advisory\n", "shop/checkout.txt": "/api/checkout\n" });
    expect((await review("loosened", ...results)).code).toBe(1);
    repository.git("checkout", "-q", "-B", "stricter-main", "main");
    repository.commit({ ".github/redline.yml": "mode: advisory\n" });
    const tip = await redline(["review", "--repo", repository.path, "--base", "stricter-main", "--head", "checkout", ...results]);
    expect(tip.code).toBe(0);
    expect(tip.stdout).toContain("Advisory: ");
  });

  it("takes another configuration with --config", async () => {
    const config = join(scratch, "advisory.yml");
    writeFileSync(config, "mode: advisory\n");
    expect((await review("checkout", ...results, "--config", config)).code).toBe(0);
  });

  it("does not let an errors-only run pass", async () => {
    const refused = fileURLToPath(new URL("../fixtures/formats/autocannon/refused.json", import.meta.url));
    const { code, stdout } = await review("docs", "--results", refused);
    expect(code).toBe(1);
    expect(stdout).toContain("no data");
  });
});

describe("a mistake on the command line", () => {
  it.each([
    ["a revision that does not exist", ["--base", "main", "--head", "nowhere"], /--head nowhere is not a commit/],
    ["no revisions", [], /--base REV --head REV/],
    ["an unknown format", ["--base", "main", "--head", "docs", "--format", "xml"], /--format xml is not known/],
    ["an unknown flag", ["--bas", "main"], /--bas/],
    [
      "a place that cannot be written",
      ["--base", "main", "--head", "docs", "--output", "/nowhere/review.md"],
      /--output \/nowhere\/review\.md was not written/,
    ],
    ["a configuration that is not there", ["--base", "main", "--head", "docs", "--config", "nowhere.yml"], /nowhere\.yml/],
    ["a pull request that is none", ["--pull", "shop"], /owner\/name#12/],
    ["a pull request without a token", ["--pull", "acme/shop#1"], /GITHUB_TOKEN/],
  ])("is one sentence and exit code 2: %s", async (_, args, words) => {
    expectSentence(await redline(["review", "--repo", repository.path, ...args]), 2, words);
  });

  it("is said for a folder without a repository, and for an unknown command", async () => {
    expectSentence(await redline(["review", "--repo", scratch, "--base", "a", "--head", "b"]), 2, /is not a git repository/);
    expectSentence(await redline(["revue"]), 2, /no command "revue"/);
  });

  it("is said, with line and nearest key, for an invalid configuration of the base branch", async () => {
    repository.git("checkout", "-q", "-B", "broken-config", "main");
    repository.commit({ ".github/redline.yml": "endpoints:\n  /api/products: { latency_p9: 100ms }\n" });
    const output = await redline(["review", "--repo", repository.path, "--base", "broken-config", "--head", "docs"]);
    expectSentence(output, 2, /\.github\/redline\.yml:2: .*latency_p9.*latency_p99/);
  });
});

describe("a result file that nobody can read", () => {
  it.each([
    ["truncated.json", '{"machine_info": {}, "benchmarks": [{"stats": {"rounds": 1'],
    ["empty.json", ""],
    ["other-tool.json", '{"assets": [], "modules": []}'],
  ])("closes the gate, names the file and says what is wrong: %s", async (name, content) => {
    writeFileSync(join(scratch, name), content);
    const { code, stdout } = await review("docs", "--results", join(scratch, name));
    expect(stdout).toContain(name);
    expect(code).toBe(1);
  });
});
