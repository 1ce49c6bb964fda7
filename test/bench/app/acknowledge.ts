import { nativeFolder, startServer } from "../../store/postgres.js";
import { atRate, quantile, throughput } from "./load.js";
import { inFolder, type Listening, startBare, startRedline } from "./process.js";
import { type AppRow, ms, row } from "./row.js";

const RATE = 200;
const SECONDS = 15;
const CONNECTIONS = 64;
const P99_MS = 50;

/** Nobody listens there: the deliveries of this bench ask for no review. */
const NOWHERE = "http://127.0.0.1:9";

interface Measured {
  readonly latencies: readonly number[];
  readonly failed: number;
  readonly perSecond: number;
}

/** The first seconds of a process are its compiler's. */
async function measure(app: Listening): Promise<Measured> {
  try {
    await throughput(app.port, CONNECTIONS, 3);
    const perSecond = await throughput(app.port, CONNECTIONS, SECONDS);
    return { ...(await atRate(app.port, RATE, SECONDS)), perSecond };
  } finally {
    await app.stop();
  }
}

async function onPostgres(folder: string): Promise<Measured> {
  const server = await startServer(nativeFolder(), ["fsync=on", "synchronous_commit=on"]);
  try {
    return await measure(await startRedline(folder, { apiUrl: NOWHERE, databaseUrl: await server.createDatabase() }));
  } finally {
    await server.stop();
  }
}

function rowsOf(name: string, { latencies, failed, perSecond }: Measured, bare: Measured, share: number): readonly AppRow[] {
  const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)];
  const ratio = perSecond / bare.perSecond;
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
      `${perSecond.toFixed(0)}/s = ${ratio.toFixed(2)} x`,
      ratio >= share,
    ),
  ];
}

/** Deliveries of 18 KB, each in the inbox before its 202, beside an App that stores nothing. */
export async function acknowledgeRows(): Promise<readonly AppRow[]> {
  const bare = await measure(await startBare());
  const postgres = await inFolder(onPostgres);
  const embedded = await inFolder(async (folder) => measure(await startRedline(folder, { apiUrl: NOWHERE })));
  return [
    row(
      "a bare Probot App: p50, p99 at the same rate",
      "",
      `${ms(quantile(bare.latencies, 0.5))}, ${ms(quantile(bare.latencies, 0.99))}`,
      null,
    ),
    row("a bare Probot App: deliveries a second", "", `${bare.perSecond.toFixed(0)}/s`, null),
    ...rowsOf("PostgreSQL", postgres, bare, 0.5),
    ...rowsOf("embedded", embedded, bare, 0.3),
  ];
}
