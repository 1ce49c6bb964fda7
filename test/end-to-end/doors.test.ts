import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { redline } from "../cli/run.js";
import { freshCache } from "../sandbox/planner/fresh-cache.js";
import { filesOf, useHarness } from "./harness.js";

const harness = useHarness();

describe("redline review --pull", () => {
  it("gives the App's verdict with a person's token, and writes nothing", async () => {
    const shop = await harness.shop();
    const { number } = await shop.pull("discounts", filesOf("shop/head"));
    await shop.ci(number);
    const { token } = await harness.github.createToken({ user: "maria" });
    const { mark } = await harness.github.mark();
    const env = { GITHUB_TOKEN: token, GITHUB_API_URL: harness.github.api };
    const { code, stdout, stderr } = await redline(["review", "--pull", `${shop.repository}#${number}`], { env });
    expect(stderr).toBe("");
    expect(stdout.split("\n")[0]).toContain("Budget exceeded: /api/checkout");
    expect(code).toBe(1);
    const written = (await harness.github.journal({ since: mark })).filter(
      ({ method, operation }) => method !== "GET" && !operation?.startsWith("graphql"),
    );
    expect(written).toEqual([]);
  });

  it("says in one sentence that a pull request was not found", async () => {
    const { token } = await harness.github.createToken({ user: "maria" });
    const env = { GITHUB_TOKEN: token, GITHUB_API_URL: harness.github.api };
    const { code, stderr } = await redline(["review", "--pull", "acme/first#999"], { env });
    expect(stderr).toMatch(/^redline: acme\/first#999 was not found.*\n$/);
    expect(code).toBe(2);
  });
});

describe("the demo", () => {
  it("plays every step to its end, and writes the page to look at", async () => {
    const demo = fileURLToPath(new URL("../demo/demo.mjs", import.meta.url));
    const cache = freshCache();
    onTestFinished(cache.remove);
    const env = { ...process.env, REDLINE_CACHE_DIR: cache.folder };
    const child = spawn(process.execPath, [demo], { env, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(output).not.toContain("✗");
    expect(output.match(/✓/g)?.length).toBeGreaterThanOrEqual(8);
    expect(existsSync(/to look at: (\S+\.html)/.exec(output)?.[1] ?? "")).toBe(true);
    expect(code).toBe(0);
  });
});
