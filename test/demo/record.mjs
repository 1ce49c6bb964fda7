// Measures the demo's shop before and after its change with the real tools and writes what they print:
//   node test/demo/record.mjs
// Needs Debian's python3-pytest-benchmark and the autocannon that npm ci installs. The outputs are
// committed, so that the demo itself needs neither Python nor minutes.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const autocannon = fileURLToPath(new URL("../../node_modules/autocannon/autocannon.js", import.meta.url));
const python = process.env.PYTHON ?? "/usr/bin/python3";
const endpoints = ["products", "checkout"];
const runs = { base: 12, head: 3 };
const seconds = "3";

/** pytest-benchmark writes the name of the machine and of the commit it stands in; neither says anything here. */
const anonymous = (json) => {
  const report = JSON.parse(json);
  report.machine_info.node = "runner";
  report.commit_info = { id: "unversioned", time: null, author_time: null, dirty: false, branch: "(unknown)" };
  return `${JSON.stringify(report, null, 1)}\n`;
};

async function serve(folder) {
  const child = spawn(python, ["-m", "shop.server", "0"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await new Promise((resolve) => createInterface(child.stdout).once("line", (line) => resolve([Number(line)])));
  return { port, stop: () => child.kill("SIGTERM") };
}

function benchmark(folder, out) {
  const file = join(out, "pytest-benchmark.json");
  execFileSync(
    python,
    [
      "-m",
      "pytest",
      "-q",
      "-p",
      "no:cacheprovider",
      "--benchmark-max-time=0.5",
      "--benchmark-min-rounds=20",
      `--benchmark-json=${file}`,
      "benchmarks",
    ],
    {
      cwd: folder,
      env: { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: "1" },
      stdio: "inherit",
    },
  );
  const report = JSON.parse(readFileSync(file, "utf8"));
  // As --benchmark-save writes it: the raw rounds would be megabytes, and the minimum is what is compared.
  for (const one of report.benchmarks) delete one.stats.data;
  writeFileSync(file, anonymous(JSON.stringify(report)));
}

async function load(folder, out) {
  const { port, stop } = await serve(folder);
  try {
    for (const endpoint of endpoints) {
      const json = execFileSync(
        process.execPath,
        [autocannon, "-j", "-c", "4", "-d", seconds, `http://127.0.0.1:${port}/api/${endpoint}`],
        { encoding: "utf8" },
      );
      writeFileSync(
        join(out, `autocannon-${endpoint}.json`),
        `${JSON.stringify(JSON.parse(json.replaceAll(`:${port}`, ":8000")), null, 1)}\n`,
      );
    }
  } finally {
    stop();
  }
}

for (const [side, count] of Object.entries(runs)) {
  const folder = mkdtempSync(join(tmpdir(), "redline-shop-"));
  cpSync(join(here, "shop/base"), folder, { recursive: true });
  if (side === "head") cpSync(join(here, "shop/head"), folder, { recursive: true });
  for (let run = 1; run <= count; run += 1) {
    const out = join(here, "results", side, `run-${String(run).padStart(2, "0")}`);
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    benchmark(folder, out);
    if (side === "head" || run === count) await load(folder, out);
  }
  rmSync(folder, { recursive: true });
}
