import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "./connection.js";
import { deliver, nth } from "./deliveries.js";

/** Latencies in milliseconds, and how many were not answered with 2xx. */
export interface Answered {
  readonly latencies: readonly number[];
  readonly failed: number;
}

export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil(values.length * q) - 1)] ?? Number.NaN;

const isTaken = (status: number): boolean => status >= 200 && status < 300;

/** No delivery of this run is like another. */
let sentSoFar = 0;
const next = () => nth(sentSoFar++);

/** A fixed number a second, whatever the answers: a latency counts from when the request was due, so that waiting is not hidden. */
export async function atRate(port: number, perSecond: number, seconds: number): Promise<Answered> {
  const latencies: number[] = [];
  let failed = 0;
  const begun = performance.now();
  const sent: Promise<void>[] = [];
  for (let index = 0; index < perSecond * seconds; index += 1) {
    const due = begun + (index * 1000) / perSecond;
    if (due > performance.now()) await sleep(due - performance.now());
    const answered = deliver(port, next()).then((status) => {
      latencies.push(performance.now() - due);
      if (!isTaken(status)) failed += 1;
    });
    sent.push(answered);
  }
  await Promise.all(sent);
  return { latencies, failed };
}

/** As many at a time as `connections`; resolves with the answers a second. @throws when one is not 2xx */
export async function throughput(port: number, connections: number, seconds: number): Promise<number> {
  const begun = performance.now();
  const until = begun + seconds * 1000;
  let count = 0;
  const loop = async (): Promise<void> => {
    const connection = new Connection(port);
    while (performance.now() < until) {
      const status = await connection.send(next());
      if (!isTaken(status)) throw new Error(`a delivery was answered with ${status}`);
      count += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return (count * 1000) / (performance.now() - begun);
}
