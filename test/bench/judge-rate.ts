import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { latency, seeded } from "./random.js";

const SEED = 20_260_504;
const PROCESSES = 5;
const ROUNDS = 20;
const HISTORY = 30;

const some = (count: number, random: () => number): readonly number[] => Array.from({ length: count }, () => latency(random, 20) / 1000);
const processes = (random: () => number) => Array.from({ length: PROCESSES }, () => some(ROUNDS, random));

/** Requests as docs/judge.md has them, one a line: five processes of twenty rounds a side, or thirty runs of history. */
function requests(mode: "A" | "B", count: number): string {
  const random = seeded(SEED);
  const measured = () =>
    mode === "A" ? { base: processes(random), head: processes(random) } : { history: some(HISTORY, random), head: some(3, random) };
  return Array.from(
    { length: count },
    (_, id) => `${JSON.stringify({ id: String(id), mode, better: "lower", unit: "s", ...measured() })}\n`,
  ).join("");
}

/** Seconds a request, from the first answers on, so that the start of the process does not count. @throws when an answer is missing */
async function answered(how: "judge" | "json", lines: string, count: number): Promise<number> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("judge-pipe.js", import.meta.url)), how], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let [answers, first, started] = [0, 0, 0];
  const ended = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  child.stdout.on("data", (chunk: Buffer) => {
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) answers++;
    if (first > 0) return;
    [first, started] = [answers, performance.now()];
  });
  child.stdin.end(lines);
  await ended;
  if (answers !== count) throw new Error(`${answers} answers to ${count} requests`);
  return (performance.now() - started) / 1000 / (count - first);
}

/** How many requests a second a judge answers over a pipe, beside reading and writing the same lines as JSON alone. */
export async function judgeRates(count: number): Promise<readonly Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const mode of ["A", "B"] as const) {
    const lines = requests(mode, count);
    for (const [how, name] of [
      ["judge", "redline judge"],
      ["json", "JSON.parse and stringify"],
    ] as const) {
      const seconds = await answered(how, lines, count);
      const each = `${(seconds * 1e6).toFixed(0)} µs`;
      rows.push({
        judge: name,
        mode,
        "bytes a request": (lines.length / count).toFixed(0),
        "requests/s": (1 / seconds).toFixed(0),
        "a request": each,
      });
    }
  }
  return rows;
}
