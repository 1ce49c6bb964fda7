import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type StartedDouble, startDouble } from "../github-double/client.mjs";
import { keys } from "../github-double/stage.js";
import { redline } from "./run.js";

let github: StartedDouble;
let token: string;
let installation: number;
const BLOCKING = "on_budget_exceed:\n  - block_merge: true\n";

beforeAll(async () => {
  github = await startDouble();
  for (const id of [7, 8]) await github.registerApp({ id, publicKey: keys.app.publicKey });
  for (const name of ["tight", "loose", "bare"]) {
    const files = name === "bare" ? { "README.md": "x\n" } : { ".github/redline.yml": BLOCKING };
    await github.createRepository({ owner: "acme", name, organization: true, files });
  }
  ({ id: installation } = await github.install({ app: 7, owner: "acme" }));
  ({ token } = await github.createToken({ user: "dev" }));
  for (const name of ["tight", "loose"]) {
    const { head_sha } = await pull(`acme/${name}`);
    await github.createCheckRun({
      repository: `acme/${name}`,
      app: 7,
      name: "redline/main",
      head_sha,
      status: "completed",
      conclusion: "success",
    });
    await github.setRuleset({
      repository: `acme/${name}`,
      branch: "main",
      checks: [{ name: "redline/main", ...(name === "tight" && { integration_id: 7 }) }],
    });
    if (name === "loose")
      await github.createCheckRun({
        repository: `acme/${name}`,
        app: 8,
        name: "redline/main",
        head_sha,
        status: "completed",
        conclusion: "success",
      });
  }
});

afterAll(async () => {
  expect([await github.violations(), await github.crashes()]).toEqual([[], []]);
  await github.stop();
});

async function pull(repository: string) {
  await github.push({ repository, branch: "feature", by: "dev", files: { "a.txt": "a\n" } });
  return github.openPull({ repository, head: "feature", user: "dev" });
}

const doctor = (...args: readonly string[]) => redline(["doctor", ...args], { env: { GITHUB_TOKEN: token, GITHUB_API_URL: github.api } });

describe("redline doctor", () => {
  it("finds nothing wrong with a gate that is required from this App alone (R24)", async () => {
    expect(await doctor("--repo", "acme/tight", "--app-id", "7")).toEqual({
      code: 0,
      stderr: "",
      stdout: "ok: the configuration blocks merges\nok: redline/main is required on main, from App 7 alone\n",
    });
  });

  it("names a gate that anybody can set, and who did (O13)", async () => {
    const { code, stdout } = await doctor("--repo", "acme/loose", "--app-id", "7");
    expect(code).toBe(1);
    expect(stdout).toContain("PROBLEM: redline/main is taken from any source, so whoever may write can set it; Settings");
    expect(stdout).toContain("PROBLEM: redline/main was also set by App 8; find out who sets it");
  });

  it("counts classic branch protection, and tells whether that is of any source (R24)", async () => {
    const protect = (source: number | null) =>
      github.setRuleset({
        ...{ repository: "acme/loose", branch: "main", classic: true },
        checks: [{ name: "redline/main", integration_id: source }],
      });
    await protect(7);
    expect((await doctor("--repo", "acme/loose", "--app-id", "7")).stdout).not.toMatch(/requires|any source/);
    await protect(null);
    expect((await doctor("--repo", "acme/loose", "--app-id", "7")).stdout).toContain("redline/main is taken from any source");
  });

  it("compares what the App has with what it needs, where it is given the App's key (P03, R21)", async () => {
    const env = { GITHUB_TOKEN: token, GITHUB_API_URL: github.api, PRIVATE_KEY: keys.app.privateKey };
    const asked = (repository: string, app: string) => redline(["doctor", "--repo", repository, "--app-id", app], { env });
    const whole = await asked("acme/tight", "7");
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining("ok: the App may do what it needs")]);
    expect((await asked("acme/tight", "8")).stdout).toContain("PROBLEM: the App is not installed on this repository; install it");
    await github.setPermissions({ installation, permissions: { metadata: "read", checks: "read", contents: "read" } });
    const { code, stdout } = await asked("acme/tight", "7");
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(/PROBLEM: the installation lacks actions: read, checks: write, .*pull_requests: write; accept/),
    ]);
  });

  it("says that there is no gate where nothing is configured and the check never ran", async () => {
    const { code, stdout } = await doctor("--repo", "acme/bare", "--branch", "main");
    expect(code).toBe(1);
    expect(stdout).toMatch(/PROBLEM: \.github\/redline\.yml is not there.*\nPROBLEM: redline\/main has never run on main/);
  });

  it.each([
    [["--repo", "shop"], 2, "name the repository"],
    [["--repo", "acme/tight", "--app-id", "x"], 2, "the App's number"],
    [["--repo", "acme/missing"], 3, "GitHub found nothing for this token"],
  ])("refuses %j in one sentence", async (args, code, sentence) => {
    const output = await doctor(...args);
    expect(output).toMatchObject({ code, stdout: "" });
    expect(output.stderr).toContain(sentence);
  });
});
