import { nativeFolder, startServer } from "../../store/postgres.js";
import { atRate, quantile, throughput } from "./load.js";
import { handled, inFolder, type Listening, startBare, startFloor, startRedline } from "./process.js";
import { type AppRow, ms, row } from "./row.js";

const RATE = 200;
const SECONDS = 15;
const FLOOR_SECONDS = 8;
const CONNECTIONS = 64;
const P99_MS = 50;

/** Nobody listens there: the deliveries of this bench ask for no review. */
const NOWHERE = "http://127.0.0.1:9";

interface Measured {
  readonly latencies: readonly number[];
  readonly failed: number;
  readonly perSecond: number;
  /** How long after the last acknowledgement of the throughput's run everything was handled. */
  readonly behindMs: number;
}

/** A database of Redline's: its name in the table, what runs on it, and the share of a bare App's rate that is wanted. */
interface Database {
  readonly name: string;
  readonly share: number;
  readonly redline: Measured;
  readonly floor: number;
}

/** The first seconds of a process are its compiler's. */
async function rate(app: Listening, seconds: number): Promise<number> {
  await throughput(app.port, CONNECTIONS, 3);
  return throughput(app.port, CONNECTIONS, seconds);
}

/** Between the two it is awaited that nothing is left to be handled: the second is not to measure what the first left. */
async function measure(app: Listening, settled: (app: Listening) => Promise<void>): Promise<Measured> {
  try {
    const perSecond = await rate(app, SECONDS);
    const ended = performance.now();
    await settled(app);
    const behindMs = performance.now() - ended;
    return { ...(await atRate(app.port, RATE, SECONDS)), perSecond, behindMs };
  } finally {
    await app.stop();
  }
}

async function floorOf(app: Listening): Promise<number> {
  try {
    return await rate(app, FLOOR_SECONDS);
  } finally {
    await app.stop();
  }
}

async function onPostgres(folder: string): Promise<Database> {
  const server = await startServer(nativeFolder(), ["fsync=on", "synchronous_commit=on"]);
  try {
    const redline = await measure(await startRedline(folder, { apiUrl: NOWHERE, databaseUrl: await server.createDatabase() }), handled);
    const floor = await floorOf(await startFloor(folder, await server.createDatabase()));
    return { name: "PostgreSQL", share: 0.5, redline, floor };
  } finally {
    await server.stop();
  }
}

async function embedded(folder: string): Promise<Database> {
  const redline = await measure(await startRedline(folder, { apiUrl: NOWHERE }), handled);
  return { name: "embedded", share: 0.3, redline, floor: await floorOf(await startFloor(folder)) };
}

function rowsOf({ name, share, redline, floor }: Database, bare: Measured): readonly AppRow[] {
  const { latencies, failed, perSecond, behindMs } = redline;
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
  const of = (value: number): string => `${value.toFixed(0)}/s = ${(value / bare.perSecond).toFixed(2)} x`;
  return [
    row(
      `acknowledged durably at ${RATE}/s, ${name}: p50, p99`,
      `p99 <= ${P99_MS} ms`,
      `${ms(p50)}, ${ms(p99)}${failed > 0 ? `, ${failed} refused` : ""}`,
      p99 <= P99_MS && failed === 0,
    ),
    row(
      `deliveries a second, ${name}, ${CONNECTIONS} connections`,
      `>= ${share} x a bare Probot App`,
      of(perSecond),
      perSecond / bare.perSecond >= share,
    ),
    row(`everything handled after the last of them, ${name}`, "", ms(behindMs), null),
    row(`the same with nothing but signature and insert, ${name}`, "", of(floor), null),
  ];
}

/** Deliveries of 18 KB, each in the inbox before its 202, beside an App that stores nothing. */
export async function acknowledgeRows(): Promise<readonly AppRow[]> {
  const bare = await measure(await startBare(), async () => undefined);
  const databases = [await inFolder(onPostgres), await inFolder(embedded)];
  return [
    row(
      "a bare Probot App: p50, p99 at the same rate",
      "",
      `${ms(quantile(bare.latencies, 0.5))}, ${ms(quantile(bare.latencies, 0.99))}`,
      null,
    ),
    row("a bare Probot App: deliveries a second", "", `${bare.perSecond.toFixed(0)}/s`, null),
    ...databases.flatMap((database) => rowsOf(database, bare)),
  ];
}
