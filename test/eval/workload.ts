import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { seededRandom } from "./random.js";

const ROUNDS = 40;
/** Work of a round, chosen so that it takes about 0.3 to 2 ms. */
const random = seededRandom(20);
const numbers = Array.from({ length: 4000 }, () => random());
const words = numbers.map((value) => value.toString(36).slice(2, 8));
const text = words.join(" ");
const record = { rows: words.slice(0, 800).map((name, id) => ({ id, name, tags: [name, name] })) };
const json = JSON.stringify(record);
const buffer = Buffer.from(text.repeat(8));

const fibonacci = (n: number): number => (n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2));

function primes(limit: number): number {
  const composite = new Uint8Array(limit);
  let found = 0;
  for (let n = 2; n < limit; n++) {
    if (composite[n] === 1) continue;
    found++;
    for (let multiple = n * n; multiple < limit; multiple += n) composite[multiple] = 1;
  }
  return found;
}

function matrix(size: number): number {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += (numbers[row * size + k] ?? 0) * (numbers[k * size + column] ?? 0);
      product[row * size + column] = sum;
    }
  }
  return product[size] ?? 0;
}

/** Twenty small pieces of work on processor and memory: nothing waits, nothing leaves the process. */
const benchmarks: Readonly<Record<string, () => unknown>> = {
  "array-filter-map": () => numbers.filter((value) => value > 0.5).map((value) => value * 2),
  "array-reduce": () => numbers.reduce((sum, value) => sum + Math.sqrt(value), 0),
  "array-sort": () => [...numbers].sort((a, b) => a - b),
  "buffer-copy": () => Buffer.from(buffer).fill(1),
  fibonacci: () => fibonacci(20),
  gzip: () => gzipSync(text.slice(0, 8000)),
  "hash-sha256": () => createHash("sha256").update(buffer).digest("hex"),
  "json-parse": () => JSON.parse(json),
  "json-stringify": () => JSON.stringify(record),
  "map-insert": () => new Map(words.map((word, index) => [word, index])),
  matrix: () => matrix(60),
  "object-spread": () => record.rows.map((row) => ({ ...row, seen: true })),
  primes: () => primes(60_000),
  "regular-expression": () => text.match(/[a-f]+\d/g),
  "set-union": () => new Set([...words, ...words.map((word) => word.slice(1))]),
  "string-join": () => words.map((word) => `<${word}>`).join(","),
  "string-replace": () => text.replaceAll("a", "bb"),
  "string-sort": () => [...words].sort(),
  "string-split": () => text.split(" ").map((word) => word.toUpperCase()),
  "typed-array": () => Float64Array.from(numbers, (value) => value * 1.5).sort(),
};

const elapsed = (work: () => unknown): number => {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1e9;
};

/** One process of the A/A data: prints the rounds of every benchmark, in seconds, as one JSON object. */
for (const work of Object.values(benchmarks)) for (let warm = 0; warm < ROUNDS / 4; warm++) work();
const rounds = Object.fromEntries(
  Object.entries(benchmarks).map(([name, work]) => [name, Array.from({ length: ROUNDS }, () => elapsed(work))]),
);
process.stdout.write(`${JSON.stringify(rounds)}\n`);
