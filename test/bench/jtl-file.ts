import type { Exact } from "./exact.js";
import { latency, seeded } from "./random.js";

const LABELS = ["GET /", "GET /api/products", "POST /api/checkout", "GET /api/cart", '"GET /search, then ""fast"""', "POST /login"];

const HEADER =
  "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";

const unquoted = (label: string): string => (label.startsWith('"') ? label.slice(1, -1).replaceAll('""', '"') : label);

/** One row at a time; every sixth label must be quoted. */
function* lines(seed: number, exact: Exact): Generator<string, never> {
  const random = seeded(seed);
  yield HEADER;
  for (let number = 0; ; number++) {
    const label = LABELS[Math.floor(random() * LABELS.length)] ?? "";
    const failed = random() < 0.01;
    const elapsed = Math.max(1, Math.round(latency(random, 20 + 5 * label.length)));
    exact.add(unquoted(label), elapsed, failed);
    const answer = failed ? "500,Internal Server Error" : "200,OK";
    const thread = `Thread Group 1-${1 + (number % 50)}`;
    yield `${1_724_300_000_000 + number * 2},${elapsed},${label},${answer},${thread},text,${!failed},,39447,302,50,50,https://shop.test/api,${elapsed - 1},0,0\n`;
  }
}

export const jtlFile = { name: "jmeter.jtl", lines };
