import { setTimeout as sleep } from "node:timers/promises";
import { deliver } from "./deliveries.js";
import { type Answered, atRate, quantile } from "./load.js";
import { inFolder, type Listening, startRedline } from "./process.js";
import { type AppRow, mb, ms, row } from "./row.js";

const PARALLEL = 64;
const BYTES = 25 * 1024 * 1024;
const GROWTH = 130e6;
const LOG_BYTES = 300;
const SECONDS = 8;

interface Attack {
  readonly growth: number;
  readonly logBytes: number;
  readonly statuses: ReadonlySet<number>;
  readonly good: Answered;
}

async function attack(app: Listening): Promise<Attack> {
  const forged = { body: Buffer.alloc(BYTES, "x"), signature: `sha256=${"0".repeat(64)}` };
  const quiet = app.written();
  const calm = await atRate(app.port, 20, 3);
  await sleep(2000);
  const [idle, before] = [app.rss(), app.written()];
  /** Good deliveries have a line of their own. */
  const ofGood = (before - quiet) / calm.latencies.length;
  let most = idle;
  const watch = setInterval(() => {
    most = Math.max(most, app.rss());
  }, 10);
  const good = atRate(app.port, 20, SECONDS);
  const statuses = await Promise.all(Array.from({ length: PARALLEL }, () => deliver(app.port, forged)));
  const answered = await good;
  clearInterval(watch);
  return {
    growth: most - idle,
    logBytes: (app.written() - before - ofGood * answered.latencies.length) / PARALLEL,
    statuses: new Set(statuses),
    good: answered,
  };
}

/** 64 bodies of 25 MB at a time that nobody signed, while good deliveries go on. */
export function forgedRows(): Promise<readonly AppRow[]> {
  return inFolder(async (folder) => {
    const app = await startRedline(folder, { apiUrl: "http://127.0.0.1:9" });
    try {
      const { growth, logBytes, statuses, good } = await attack(app);
      const name = `${PARALLEL} forged bodies of 25 MB at a time`;
      const p99 = quantile(good.latencies, 0.99);
      return [
        row(`${name}: memory above idle`, `<= ${mb(GROWTH)}`, mb(growth), growth <= GROWTH),
        row(`${name}: log of each`, `<= ${LOG_BYTES} bytes`, `${logBytes.toFixed(0)} bytes`, logBytes <= LOG_BYTES),
        row(`${name}: answered with`, "never 2xx", [...statuses].sort().join(", "), ![...statuses].some((one) => one >= 200 && one < 300)),
        row(`${name}: good deliveries meanwhile, p99`, "<= 250 ms", `${ms(p99)}, ${good.failed} refused`, p99 <= 250),
      ];
    } finally {
      await app.stop();
    }
  });
}
