import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { redline } from "../cli/run.js";
import { artifactsOf, filesOf } from "../demo/world.mjs";
import { type StartedDouble, startDouble } from "../github-double/client.mjs";
import { freshCache } from "../sandbox/planner/fresh-cache.js";

describe("redline review --pull", () => {
  const repository = "acme/shop";
  let github: StartedDouble;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    github = await startDouble();
    await github.createRepository({ owner: "acme", name: "shop", organization: true, files: filesOf("shop/base") });
    for (const user of ["dev", "maria"]) await github.setCollaborator({ repository, user, role: "write" });
    const { token } = await github.createToken({ user: "maria" });
    env = { GITHUB_TOKEN: token, GITHUB_API_URL: github.api };
  });
  afterAll(() => github.stop());

  it("gives the App's verdict with a person's token, and writes nothing", async () => {
    await github.push({ repository, branch: "discounts", by: "dev", files: filesOf("shop/head") });
    const { number } = await github.openPull({ repository, head: "discounts", user: "dev" });
    await github.completeRun({ repository, number, artifacts: artifactsOf("head/run-01") });
    const { mark } = await github.mark();
    const { code, stdout, stderr } = await redline(["review", "--pull", `${repository}#${number}`], { env });
    expect(stderr).toBe("");
    expect(stdout.split("\n")[0]).toContain("Budget exceeded: /api/checkout");
    expect(code).toBe(1);
    const asked = await github.journal({ since: mark });
    expect(asked.some(({ operation }) => operation === "actions/download-artifact")).toBe(true);
    expect(asked.filter(({ method, operation }) => method !== "GET" && !operation?.startsWith("graphql"))).toEqual([]);
    expect([...(await github.violations()), ...(await github.crashes())]).toEqual([]);
  });

  it("says in one sentence that a pull request was not found", async () => {
    const { code, stderr } = await redline(["review", "--pull", `${repository}#999`], { env });
    expect(stderr).toMatch(/^redline: acme\/shop#999 was not found.*\n$/);
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
    // The verdict that the command gave above is the App's.
    expect(output).toContain("Budget exceeded: /api/checkout");
    expect(output).not.toContain("✗");
    expect(output.match(/✓/g)?.length).toBeGreaterThanOrEqual(8);
    expect(existsSync(/to look at: (\S+\.html)/.exec(output)?.[1] ?? "")).toBe(true);
    expect(code).toBe(0);
  });
});
