import { setTimeout as sleep } from "node:timers/promises";
import { quantile } from "./load.js";
import { type LocalGitHub, shop, startLocalGitHub, tellAddress } from "./local-github.js";
import { inFolder, type Listening, startRedline } from "./process.js";
import { type Passed, type Relay, startRelay } from "./relay.js";
import { type AppRow, mb, ms, row } from "./row.js";

const ROUNDS = 25;
const FIRST_WRITE_MS = 1000;
const OWN_MS = 1500;
const RSS = 350e6;

/** Between what it does and the next event the installation is idle, and its pace is forgotten. */
const IDLE_MS = 3000;

/** One review, from its event's arrival. Milliseconds. */
interface Timed {
  readonly firstWrite: number;
  readonly total: number;
  /** Without the time in which a request to GitHub was under way. */
  readonly own: number;
}

const isWrite = ({ method, path }: Passed): boolean => method !== "GET" && !/graphql|access_tokens/.test(path);

/** How long at least one of them was under way. */
function covered(passed: readonly Passed[]): number {
  let [sum, until] = [0, 0];
  for (const { begun, ended } of passed) {
    sum += Math.max(0, ended - Math.max(begun, until));
    until = Math.max(until, ended);
  }
  return sum;
}

function timed(arrived: Passed, calls: readonly Passed[]): Timed {
  const writes = calls.filter(isWrite);
  const [first, last] = [writes[0], writes.at(-1)];
  if (!first || !last) throw new Error("nothing was written");
  const during = calls.filter(({ begun }) => begun >= arrived.begun && begun <= last.ended);
  const total = last.ended - arrived.begun;
  return { firstWrite: first.begun - arrived.begun, total, own: total - covered(during) };
}

interface World {
  readonly github: LocalGitHub;
  /** Between GitHub and the App, and between the App and GitHub. */
  readonly events: Relay;
  readonly calls: Relay;
}

/** Resolves when nothing went to GitHub for a while: the review is written. */
async function quiet({ calls }: World): Promise<readonly Passed[]> {
  const all: Passed[] = [];
  for (let last = performance.now(); performance.now() - last < IDLE_MS; await sleep(50)) {
    const taken = calls.taken();
    if (taken.length > 0) last = performance.now();
    all.push(...taken);
  }
  return all;
}

/** One pull request of the demo's change after the other. */
async function reviews(world: World, rounds: number, from: number): Promise<readonly Timed[]> {
  const { github, events } = world;
  const times: Timed[] = [];
  for (let index = from; index < from + rounds; index += 1) {
    const head = `discounts-${index}`;
    const at = { repository: "acme/shop" };
    await github.command("push", { ...at, branch: head, by: "dev", files: { ...shop("head"), "shop/round.py": `ROUND = ${index}\n` } });
    await quiet(world);
    events.taken();
    await github.command("openPull", { ...at, head, user: "dev" });
    const calls = await quiet(world);
    const [arrived] = events.taken();
    if (arrived) times.push(timed(arrived, calls));
  }
  return times;
}

async function withRedline<T>(
  folder: string,
  github: LocalGitHub,
  paced: boolean,
  work: (world: World, app: Listening) => Promise<T>,
): Promise<T> {
  const calls = await startRelay(github.api);
  const app = await startRedline(folder, { apiUrl: calls.address, paced });
  const events = await startRelay(`http://127.0.0.1:${app.port}`);
  try {
    await tellAddress(github, events.address);
    return await work({ github, events, calls }, app);
  } finally {
    await app.stop();
    events.close();
    calls.close();
  }
}

function memoryRow(app: Listening): readonly AppRow[] {
  return [
    row(
      "memory with the embedded database, restarted, after reviews",
      `<= ${mb(RSS)}`,
      `${mb(app.rss())}, at most ${mb(app.peak())}`,
      app.rss() <= RSS,
    ),
  ];
}

function timeRows(paced: readonly Timed[], unpaced: readonly Timed[]): readonly AppRow[] {
  const first = paced.map(({ firstWrite }) => firstWrite);
  const own = unpaced.map((one) => one.own);
  const p99 = quantile(first, 0.99);
  return [
    row(
      `from the event to the first write of the check, idle installation, ${first.length} pull requests: p50, p99`,
      `p99 <= ${FIRST_WRITE_MS} ms`,
      `${ms(quantile(first, 0.5))}, ${ms(p99)}`,
      p99 <= FIRST_WRITE_MS,
    ),
    row(
      `a whole review, without GitHub's time, ${own.length} pull requests: p50, largest`,
      `<= ${OWN_MS} ms`,
      `${ms(quantile(own, 0.5))}, ${ms(quantile(own, 1))}`,
      quantile(own, 0.5) <= OWN_MS,
    ),
  ];
}

/** The demo's pull request (SQL, a migration, Python) opened again and again on the local GitHub, embedded database. */
export async function firstWriteRows(): Promise<readonly AppRow[]> {
  const github = await startLocalGitHub();
  try {
    return await inFolder(async (folder) => {
      const unpaced = await withRedline(folder, github, false, (world) => reviews(world, 8, 0));
      return withRedline(folder, github, true, async (world, app) => {
        const paced = await reviews(world, ROUNDS, 100);
        return [...timeRows(paced, unpaced.slice(1)), ...memoryRow(app)];
      });
    });
  } finally {
    await github.program.stop();
  }
}
