import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import type { BenchBundle } from "../../../src/formats/bench-bundle.js";
import { createRepository, type TestRepository } from "../../checkout/repository.js";
import { type Output, redline, started } from "../run.js";

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

type Rounds = Readonly<Record<string, number>>;

/** What pytest-benchmark would write, with one round of each benchmark. */
const result = (times: Rounds): string => {
  const benchmarks = Object.entries(times).map(([fullname, min]) => ({ fullname, stats: { min, median: min, rounds: 1, data: [min] } }));
  return `${JSON.stringify({ version: "5.0.0", machine_info: { python_version: "3.12.1" }, benchmarks })}\n`;
};

/** Files `1.json`, `2.json` … with the times of each round. */
const rounds = (...each: readonly Rounds[]): Record<string, string> =>
  Object.fromEntries(each.map((times, index) => [`${index + 1}.json`, result(times)]));

const steady = (times: Rounds): Record<string, string> => rounds(...Array.from({ length: 8 }, () => times));

const COPY = ["--", "cp $REDLINE_ROUND.json result.json"];
const ONE_ROUND = ["--rounds", "1", "--max-rounds", "1"];

interface Bench {
  readonly repository: TestRepository;
  readonly scratch: string;
  readonly output: string;
  bundle(): BenchBundle;
  run(...args: readonly string[]): Promise<Output>;
}

type Contents = Readonly<Record<string, string | null>>;

function repositoryOf(base: Contents, head: Contents): TestRepository {
  const repository = createRepository();
  repository.commit(base);
  repository.commit(head);
  return repository;
}

const shared = new Map<string, TestRepository>();
afterAll(() => {
  for (const { remove } of shared.values()) remove();
});

/** Measuring changes no repository: the tests of the same two commits share one. */
function sharedRepository(base: Contents, head: Contents): TestRepository {
  const key = JSON.stringify([base, head]);
  const repository = shared.get(key) ?? repositoryOf(base, head);
  shared.set(key, repository);
  return repository;
}

/** A bench in a repository whose two commits are the base and the head. */
function benchIn(repository: TestRepository): Bench {
  const scratch = mkdtempSync(join(tmpdir(), "redline-bench-test-"));
  removals.push(() => rmSync(scratch, { recursive: true, force: true }));
  const output = join(scratch, "redline-bench.json");
  return {
    repository,
    scratch,
    output,
    bundle: () => JSON.parse(readFileSync(output, "utf8")),
    run: (...args) =>
      redline(["bench", "--repo", repository.path, "--base", "HEAD~1", "--output", output, ...args], { env: { TMPDIR: scratch } }),
  };
}

const benchOf = (base: Contents, head: Contents): Bench => benchIn(sharedRepository(base, head));

/** The same for a test that leaves something in its repository. */
function ownBenchOf(base: Contents, head: Contents): Bench {
  const repository = repositoryOf(base, head);
  removals.push(repository.remove);
  return benchIn(repository);
}

/** A process that ended, but whose new parent has not asked for its exit code, is not running. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}

const outcomes = ({ runs }: BenchBundle): string[] => runs.map(({ side, round, outcome }) => `${side} ${round} ${outcome}`);

/** Nothing is left: no folder, and no note of git's. */
function expectNoWorkTrees({ repository, scratch }: Bench): void {
  expect(readdirSync(scratch)).toEqual(["redline-bench.json"]);
  expect(repository.git("worktree", "list").split("\n")).toHaveLength(1);
}

describe("redline bench", () => {
  it("ends with 1 when the head is slower beyond noise and the blocking limit, after the first look; writes commits in full, every sample in run order, the machine and each run", async () => {
    const bench = benchOf(rounds({ a: 1 }, { a: 1.01 }, { a: 1 }), rounds({ a: 1.21 }, { a: 1.2 }, { a: 1.22 }));
    const { code, stdout } = await bench.run("--results", "result.json", ...COPY);
    expect(stdout).toMatch(
      /REGRESSION {2}a time {2}1 s → 1\.21 s {2}21 % slower \(95 % interval \d+–\d+ %\), 3 runs a side, noise floor [\d.]+ %/,
    );
    expect(stdout).toContain("1 regression of 10 % or more among 1 figure");
    expect(code).toBe(1);
    expectNoWorkTrees(bench);
    const { base, head, series, state, command, environment, ...bundle } = bench.bundle();
    expect(base).toEqual({ sha: bench.repository.git("rev-parse", "HEAD~1"), revision: "HEAD~1" });
    expect(head).toEqual({ sha: bench.repository.git("rev-parse", "HEAD"), revision: "HEAD" });
    expect(series).toMatchObject([{ benchmark: "a", unit: "s", base: [[1], [1.01], [1]], head: [[1.21], [1.2], [1.22]] }]);
    expect({ state, command }).toEqual({ state: "complete", command: ["cp $REDLINE_ROUND.json result.json"] });
    expect(environment).toMatchObject({ runtime: "3.12.1", cores: expect.any(Number), os: expect.any(String) });
    expect(outcomes({ series, state, command, environment, base, head, ...bundle })).toEqual([
      "base 1 measured",
      "head 1 measured",
      "head 2 measured",
      "base 2 measured",
      "base 3 measured",
      "head 3 measured",
    ]);
  });

  it("ends with 0 when nothing changed, and says so", async () => {
    const bench = benchOf(steady({ a: 1, b: 2 }), { "README.md": "x" });
    const { code, stdout } = await bench.run("--results", "*.json", ...COPY);
    expect(stdout).toContain("no change  a time");
    expect(stdout).toContain("no regression of 10 % or more among 2 figures\n");
    expect(code).toBe(0);
    expect(bench.bundle().runs).toHaveLength(6);
  });

  it("goes on to 5 and then to 8 rounds while something is not decided", async () => {
    const noisy = rounds(...[1, 1.3, 0.8, 1.2, 0.9, 1.1, 1.25, 0.85].map((a) => ({ a })));
    const bench = benchOf(noisy, { "README.md": "x" });
    const { code, stdout, stderr } = await bench.run("--results", "result.json", ...COPY);
    expect(stderr).toContain("after 3 rounds 0 of 1 figures are decided; on to round 5");
    expect(stderr).toContain("after 5 rounds 0 of 1 figures are decided; on to round 8");
    expect(stderr).toMatch(/round 8 of 8, head: \d+ s used, about \d+ s left/);
    expect(stdout).toMatch(/not decided {2}a time .*8 runs a side/);
    expect({ code, runs: bench.bundle().runs.length }).toEqual({ code: 0, runs: 16 });
  });

  it("lists what only one side has, and does not judge it", async () => {
    const bench = benchOf(steady({ a: 1, old: 1 }), steady({ a: 1, "a first benchmark": 1 }));
    const { code, stdout } = await bench.run("--results", "result.json", ...ONE_ROUND, ...COPY);
    expect(stdout).toContain("new: a first benchmark time; the baseline does not have it");
    expect(stdout).toContain("missing: old time; the baseline has it, this head does not");
    expect(code).toBe(0);
  });

  it("stops after the first look when no benchmark is on both sides", async () => {
    const bench = benchOf(steady({ old: 1 }), steady({ "a first benchmark": 1 }));
    const { code, stdout } = await bench.run("--results", "result.json", ...COPY);
    expect(stdout).toContain("nothing was compared");
    expect({ code, runs: bench.bundle().runs.length }).toEqual({ code: 0, runs: 6 });
  });

  it("measures one commit against itself, and says what that shows", async () => {
    const bench = benchOf(steady({ a: 1 }), {});
    const { code, stderr } = await bench.run("--base", "HEAD", "--results", "result.json", ...ONE_ROUND, ...COPY);
    expect(stderr).toMatch(/base and head are one commit, [0-9a-f]{7}: whatever is found is the noise of this machine/);
    expect(code).toBe(0);
  });

  it("reads what the command prints with --stdout", async () => {
    const bench = benchOf(steady({ a: 1 }), {});
    const { code, stdout } = await bench.run("--stdout", "--", "cat", "1.json");
    expect(stdout).toContain("no change  a time");
    expect({ code, command: bench.bundle().command }).toEqual({ code: 0, command: ["cat", "1.json"] });
  });

  it("runs --setup once in each work tree, and takes no file of it for a result", async () => {
    const bench = ownBenchOf(steady({ a: 1 }), {});
    const setup = 'echo "$REDLINE_SIDE" >> ../log; cp 1.json stale.json';
    const { code } = await bench.run("--keep", "--setup", setup, "--results", "{result,stale}.json", ...ONE_ROUND, ...COPY);
    const [folder = ""] = readdirSync(bench.scratch).filter((name) => name.startsWith("redline-bench-"));
    expect(readFileSync(join(bench.scratch, folder, "log"), "utf8")).toBe("base\nhead\n");
    expect(bench.bundle().runs[0]?.files).toEqual(["result.json"]);
    expect(code).toBe(0);
    bench.repository.git("worktree", "prune");
  });

  it("compares with the merge base where the base went on, unless it is told not to", async () => {
    const bench = ownBenchOf(steady({ a: 1 }), steady({ a: 1.05 }));
    const fork = bench.repository.git("rev-parse", "HEAD~1");
    bench.repository.git("checkout", "-q", "-b", "other", fork);
    const tip = bench.repository.commit(steady({ a: 2 }));
    bench.repository.git("checkout", "-q", "main");
    const args = ["--base", "other", "--results", "result.json", ...ONE_ROUND];
    expect((await bench.run(...args, ...COPY)).stderr).toContain("the merge base of other and HEAD");
    expect(bench.bundle().base.sha).toBe(fork);
    await bench.run(...args, "--exact-base", ...COPY);
    expect(bench.bundle().base.sha).toBe(tip);
  });

  it("takes thresholds, aliases and ignored benchmarks from the configuration of the base", async () => {
    const configuration = "benchmarks: { block_effect: 30%, aliases: { fresh: old }, ignore: [{ name: b, reason: weather }] }\n";
    const base = { ".github/redline.yml": configuration, ...steady({ old: 1, b: 1 }) };
    const bench = benchOf(base, steady({ fresh: 1.2, b: 2 }));
    const { code, stdout } = await bench.run("--results", "result.json", ...COPY);
    expect(stdout).toMatch(/regression {2}fresh time {2}1 s → 1\.2 s {2}20 % slower/);
    expect(stdout).toContain("no regression of 30 % or more among 1 figure\n");
    expect(code).toBe(0);
    expect((await bench.run("--block-effect", "15%", "--results", "result.json", ...COPY)).code).toBe(1);
  });

  it("judges the typical round where the configuration of the base says so", async () => {
    const lucky = (best: number) => {
      const data = [best, 1, 1, 1, 1, 1, 1, 1];
      const benchmarks = [{ fullname: "a", stats: { min: best, median: 1, rounds: 8, data } }];
      const file = `${JSON.stringify({ version: "5.0.0", machine_info: { python_version: "3.12.1" }, benchmarks })}\n`;
      return { "1.json": file, "2.json": file, "3.json": file };
    };
    const bench = benchOf({ ".github/redline.yml": "benchmarks: { statistic: typical }\n", ...lucky(1) }, lucky(0.5));
    const { stdout } = await bench.run("--results", "result.json", ...COPY);
    expect(stdout).toMatch(/no change {2}a time {2}1 s → 1 s {2}unchanged/);
  });

  it("says that uncommitted changes are not measured, but not of its own file", async () => {
    const bench = ownBenchOf(steady({ a: 1 }), {});
    const args = [...ONE_ROUND, "--results", "result.json"];
    writeFileSync(join(bench.repository.path, "redline-bench.json"), "{}");
    expect((await bench.run(...args, ...COPY)).stderr).not.toContain("uncommitted");
    writeFileSync(join(bench.repository.path, "1.json"), "{}");
    const { code, stderr } = await bench.run(...args, ...COPY);
    expect(stderr).toContain(`1 uncommitted change in ${bench.repository.path} will not be measured`);
    expect(code).toBe(0);
  });
});

describe("redline bench with a command that fails", () => {
  it("measures the head alone, for budgets, when the base cannot run it", async () => {
    const bench = benchOf({}, steady({ a: 1 }));
    const { code, stderr, stdout } = await bench.run("--results", "result.json", ...COPY);
    expect(stderr).toMatch(/base, round 1: it ended with exit code 1; where that is normal/);
    expect(stderr).toMatch(/ {2}\| cp: .*1\.json/);
    expect(stderr).toContain("nothing can be compared; the head is measured alone, for budgets");
    expect(stdout).toContain("not finished: the command gave no result at the base: it ended with exit code 1");
    expect(code).toBe(3);
    expect(outcomes(bench.bundle())).toEqual(["base 1 failed", "head 1 measured", "head 2 measured", "head 3 measured"]);
    expect(bench.bundle()).toMatchObject({ state: "failed", series: [{ base: [], head: [[1], [1], [1]] }] });
    expectNoWorkTrees(bench);
  });

  it("stops at once when the head cannot run it", async () => {
    const bench = benchOf(steady({ a: 1 }), { "1.json": null });
    const { code, stdout } = await bench.run("--results", "result.json", ...COPY);
    expect(stdout).toContain("not finished: the command gave no result at the head: it ended with exit code 1");
    expect(code).toBe(3);
    expect(outcomes(bench.bundle())).toEqual(["base 1 measured", "head 1 failed"]);
    expect(bench.bundle().series).toMatchObject([{ base: [[1]], head: [] }]);
  });

  it("goes on after one later failure, judges the rest, and does not open the gate", async () => {
    const bench = benchOf(steady({ a: 1 }), { "2.json": null });
    const { code, stdout } = await bench.run("--results", "result.json", ...COPY);
    expect(outcomes(bench.bundle()).slice(2, 5)).toEqual(["head 2 failed", "base 2 measured", "base 3 measured"]);
    expect(stdout).toContain("no regression of 10 % or more among 1 figure\n");
    expect(stdout).toContain("10 runs, 1 without a result");
    expect(code).toBe(3);
  });

  it("stops at the second failure of a side, and keeps what it knows", async () => {
    const bench = benchOf(steady({ a: 1 }), { "2.json": null, "3.json": null });
    const { code } = await bench.run("--results", "result.json", ...COPY);
    expect(outcomes(bench.bundle()).at(-1)).toBe("head 3 failed");
    expect(bench.bundle()).toMatchObject({ state: "failed", series: [{ base: [[1], [1], [1]], head: [[1]] }] });
    expect(code).toBe(3);
  });

  it("still ends with 1 when a regression is known", async () => {
    const bench = benchOf(steady({ a: 1 }), { ...steady({ a: 1.5 }), "4.json": null });
    const { code } = await bench.run("--rounds", "4", "--results", "result.json", ...COPY);
    expect(outcomes(bench.bundle()).slice(-2)).toEqual(["head 4 failed", "base 4 measured"]);
    expect(code).toBe(1);
  });

  it.each([
    ["base", 3, "nothing can be compared"],
    ["head", 0, "--setup failed at the head"],
  ])("says that --setup fails at the %s", async (side, measured, sentence) => {
    const bench = benchOf(steady({ a: 1 }), {});
    const setup = `if [ "$REDLINE_SIDE" = ${side} ]; then echo no compiler here >&2; exit 7; fi`;
    const { code, stderr } = await bench.run("--setup", setup, "--results", "result.json", ...COPY);
    expect(stderr).toContain(`--setup failed at the ${side}: it ended with exit code 7`);
    expect(stderr).toContain("  | no compiler here");
    expect(stderr).toContain(sentence);
    expect(code).toBe(3);
    expect(bench.bundle()).toMatchObject({ state: "failed", reason: `--setup failed at the ${side}: it ended with exit code 7` });
    expect(bench.bundle().runs).toHaveLength(measured);
    expectNoWorkTrees(bench);
  });

  it("says that there is no such program", async () => {
    const { code, stderr } = await benchOf({}, {}).run("--results", "result.json", "--", "no-such-program", "--fast");
    expect(stderr).toContain("base, round 1: it could not be started: spawn no-such-program ENOENT");
    expect(code).toBe(3);
  });

  it("ends a command that hangs, with everything that it started", async () => {
    const bench = ownBenchOf({}, {});
    const hanging = "sleep 600 & echo $! > ../$REDLINE_SIDE.pid; wait";
    const { code, stderr } = await bench.run("--keep", "--timeout", "300ms", "--results", "result.json", "--", hanging);
    expect(stderr).toContain("base, round 1: it was ended after the time limit of 0.3 s (--timeout)");
    expect(outcomes(bench.bundle())).toEqual(["base 1 timed-out", "head 1 timed-out"]);
    expect(code).toBe(3);
    const [folder = ""] = readdirSync(bench.scratch).filter((name) => name.startsWith("redline-bench-"));
    for (const side of ["base", "head"]) {
      const pid = Number(readFileSync(join(bench.scratch, folder, `${side}.pid`), "utf8"));
      expect(isRunning(pid)).toBe(false);
    }
  });
});

describe("redline bench without a result that can be read", () => {
  it.each([
    ["no file", "true", "it wrote no file that --results names"],
    ["a file of no known format", "echo hello > result.json", "result.json: not read: not a result file of a known format"],
    ["a broken file", "head -c 80 1.json > result.json", "result.json:1: pytest-benchmark --benchmark-json: the file ends in the middle"],
    [
      "a file that proves nothing",
      "sed s/.benchmarks.:.*/'\"benchmarks\":[]}'/ 1.json > result.json",
      "no data in result.json: no benchmark ran",
    ],
  ])("ends with 2 and says so of %s", async (_, command, sentence) => {
    const bench = benchOf(steady({ a: 1 }), {});
    const { code, stderr } = await bench.run("--results", "result.json", "--", command);
    expect(stderr).toContain(`base, round 1: ${sentence}`);
    expect(stderr).toContain(`head, round 1: ${sentence}`);
    expect(outcomes(bench.bundle())).toEqual(["base 1 no-result", "head 1 no-result"]);
    expect(code).toBe(2);
  });

  it("never takes an earlier run's file for this run's", async () => {
    const bench = benchOf(steady({ a: 1 }), {});
    const once = "[ $REDLINE_ROUND = 2 ] || cp 1.json result.json";
    await bench.run("--results", "result.json", "--rounds", "2", "--max-rounds", "2", "--", once);
    expect(outcomes(bench.bundle())).toEqual(["base 1 measured", "head 1 measured", "head 2 no-result", "base 2 no-result"]);
  });

  it("judges no benchmark that stands in two files of one run", async () => {
    const bench = benchOf(steady({ a: 1, b: 1 }), {});
    const two = `cp 1.json one.out; echo '${result({ b: 1 }).trim()}' > two.out`;
    const { stderr, stdout, code } = await bench.run("--results", "*.out", "--", two);
    expect(stderr.match(/b stands in two result files of one run, and is not judged/g)).toHaveLength(1);
    expect(stdout).toContain("among 1 figure\n");
    expect(code).toBe(0);
  });
});

describe("redline bench when it is told to stop", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("finishes its file after %s, prints what it knows and leaves nothing running", async (signal, expected) => {
    const bench = benchOf(steady({ a: 1 }), {});
    const pidFile = join(bench.scratch, "pid");
    const command = `if [ $REDLINE_ROUND = 2 ]; then echo $$ > ${pidFile}; sleep 600; fi; cp 1.json result.json`;
    const args = ["bench", "--repo", bench.repository.path, "--base", "HEAD~1", "--output", bench.output, "--results", "result.json"];
    const running = started([...args, "--", command], { env: { TMPDIR: bench.scratch } });
    await running.said("round 2 of 3, head");
    running.child.kill(signal);
    const { code, stdout } = await running.ended;
    expect(code).toBe(expected);
    expect(stdout).toContain("not finished: it was interrupted");
    expect(bench.bundle()).toMatchObject({ state: "interrupted", series: [{ base: [[1]], head: [[1]] }] });
    if (existsSync(pidFile)) expect(isRunning(Number(readFileSync(pidFile, "utf8")))).toBe(false);
    rmSync(pidFile, { force: true });
    expectNoWorkTrees(bench);
  });
});

describe("redline bench with a mistake in its command line", () => {
  it.each<[string, readonly string[], string]>([
    ["no command", ["--results", "r.json"], "write the benchmark command last, behind --"],
    ["no place of the results", ["--", "true"], "say where the command leaves its result"],
    ["two places", ["--stdout", "--results", "r.json", "--", "true"], "not both"],
    ["a place outside", ["--results", "../r.json", "--", "true"], "is outside of the work tree"],
    ["an absolute place", ["--results", "/tmp/r.json", "--", "true"], "is outside of the work tree"],
    ["no number of rounds", ["--rounds", "few", "--stdout", "--", "true"], "--rounds few is not possible"],
    ["fewer rounds at most than at first", ["--rounds", "5", "--max-rounds", "3", "--stdout", "--", "true"], "write a whole number from 5"],
    ["a threshold without a unit", ["--min-effect", "5", "--stdout", "--", "true"], "--min-effect 5 is not a share"],
    ["a threshold above the blocking one", ["--min-effect", "9%", "--block-effect", "5%", "--stdout", "--", "true"], "is above"],
    ["an endless time limit", ["--timeout", "30d", "--stdout", "--", "true"], "write at most 6h"],
    ["an unknown option", ["--warmup", "--stdout", "--", "true"], "Unknown option '--warmup'"],
    ["an unknown revision", ["--base", "nowhere", "--stdout", "--", "true"], "--base nowhere is not a commit of"],
    [
      "an output that cannot be written",
      ["--output", "/nowhere/b.json", "--stdout", "--", "true"],
      "--output /nowhere/b.json was not written",
    ],
  ])("ends with 2 and a sentence: %s", async (_, args, sentence) => {
    const { code, stderr } = await benchOf({}, {}).run(...args);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });

  it("asks for --base", async () => {
    const { code, stderr } = await redline(["bench", "--stdout", "--", "true"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "redline: name the revision to compare with: --base REV\n" });
  });

  it("says that a folder is no repository", async () => {
    const { code, stderr } = await benchOf({}, {}).run("--repo", tmpdir(), "--stdout", "--", "true");
    expect(stderr).toContain("is not a git repository; name one with --repo");
    expect(code).toBe(2);
  });

  it("names the remedy for a shallow clone without the base, whether it is an ancestor or a branch", async () => {
    const bench = ownBenchOf(steady({ a: 1 }), {});
    bench.repository.git("branch", "other", "HEAD~1");
    const clone = join(bench.scratch, "clone");
    bench.repository.git("clone", "-q", "--depth", "1", `file://${bench.repository.path}`, clone);
    for (const base of ["HEAD~1", "origin/other"]) {
      const { code, stderr } = await bench.run("--repo", clone, "--base", base, "--stdout", "--", "true");
      expect(stderr).toContain(
        `--base ${base} is not in this shallow clone; fetch the whole history (with actions/checkout: fetch-depth: 0)`,
      );
      expect(code).toBe(2);
    }
  });
});
