import { latency, seeded } from "./random.js";

/** A file of a format that is read as a whole, about as large as its tool writes it for a large suite. */
export interface WholeFile {
  readonly name: string;
  content(seed: number): string;
}

const PYTEST_BENCHMARKS = 200;
const PYTEST_ROUNDS = 2_000;

function pytest(seed: number): string {
  const random = seeded(seed);
  const benchmarks = Array.from({ length: PYTEST_BENCHMARKS }, (_, index) => {
    const data = Array.from({ length: PYTEST_ROUNDS }, () => latency(random, 20) / 1000);
    const min = data.reduce((least, value) => Math.min(least, value));
    return {
      fullname: `test_shop.py::test_${index}`,
      params: null,
      stats: { min, median: min * 1.1, rounds: data.length, iterations: 1, data },
    };
  });
  return JSON.stringify({ machine_info: { python_version: "3.12.1" }, benchmarks, version: "5.0.0" });
}

const AUDITS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "speed-index", "interactive"];
const DETAILS = 20_000;

function lighthouse(seed: number): string {
  const random = seeded(seed);
  const items = Array.from({ length: DETAILS }, (_, index) => ({ url: `https://shop.test/${index}.js`, wastedMs: latency(random, 5) }));
  const timed = AUDITS.map((id) => [id, { id, title: id, score: 0.9, numericValue: latency(random, 900), numericUnit: "millisecond" }]);
  const audits = {
    ...Object.fromEntries(timed),
    "unused-javascript": { id: "unused-javascript", score: 0, details: { type: "table", items } },
  };
  return JSON.stringify({
    ...{ lighthouseVersion: "12.2.1", requestedUrl: "https://shop.test/", fetchTime: "2026-05-04T10:00:00.000Z" },
    ...{ environment: { benchmarkIndex: 2_000, hostUserAgent: "Chrome/129.0" }, configSettings: { formFactor: "mobile" } },
    ...{ audits, categories: { performance: { id: "performance", score: 0.9 } } },
  });
}

const GO_BENCHMARKS = 2_000;
const GO_COUNT = 20;

function goBench(seed: number): string {
  const random = seeded(seed);
  const lines = Array.from({ length: GO_BENCHMARKS * GO_COUNT }, (_, index) => {
    const name = `BenchmarkShop/case=${Math.floor(index / GO_COUNT)}-8`;
    return `${name}\t${1_000 + (index % 900)}\t${latency(random, 1_000).toFixed(1)} ns/op\t${index % 512} B/op\t${index % 7} allocs/op\n`;
  });
  return `goos: linux\ngoarch: amd64\npkg: example.com/shop\ncpu: AMD EPYC\n${lines.join("")}PASS\nok  \texample.com/shop\t12.3s\n`;
}

export const wholeFiles: readonly WholeFile[] = [
  { name: "pytest-benchmark.json", content: pytest },
  { name: "lighthouse.json", content: lighthouse },
  { name: "go-bench.txt", content: goBench },
];
