import type { Exact } from "./exact.js";
import { latency, seeded } from "./random.js";

const ENDPOINTS = ["/", "/api/products", "/api/products/{id}", "/api/cart", "/api/checkout", "/api/search", "/login", "/health"];
const PARTS = ["blocked", "connecting", "tls_handshaking", "sending", "waiting", "receiving"];

const defined = (metric: string): string =>
  `{"type":"Metric","data":{"name":"${metric}","type":"trend","contains":"time","thresholds":[],"submetrics":null},"metric":"${metric}"}\n`;

const point = (metric: string, time: string, value: number, tags: string): string =>
  `{"metric":"${metric}","type":"Point","data":{"time":"${time}","value":${value},"tags":{${tags}}}}\n`;

/** The lines of one request at a time: nine as k6 writes them, and those of its iteration. */
function* lines(seed: number, exact: Exact): Generator<string, never> {
  const random = seeded(seed);
  for (const part of ["reqs", "duration", ...PARTS, "failed"]) yield defined(`http_req_${part}`.replace("http_req_reqs", "http_reqs"));
  for (let number = 0; ; number++) {
    const path = ENDPOINTS[Math.floor(random() * ENDPOINTS.length)] ?? "/";
    const failed = random() < 0.01;
    const duration = Number(latency(random, 20 + 10 * path.length).toFixed(6));
    exact.add(`GET http://shop.test${path}`, duration, failed);
    const time = `${new Date(1_724_300_000_000 + number * 3).toISOString().slice(0, -1)}${String(number % 1_000_000).padStart(6, "0")}Z`;
    const outcome = `"expected_response":"${!failed}","group":"","method":"GET","name":"http://shop.test${path}"`;
    const tags = `${outcome},"proto":"HTTP/1.1","scenario":"default","status":"${failed ? 500 : 200}","url":"http://shop.test${path}"`;
    const parts = PARTS.map((part) => point(`http_req_${part}`, time, Number((random() * duration).toFixed(6)), tags));
    const iteration = ["data_sent", "data_received", "iteration_duration", "iterations"].map((metric) =>
      point(metric, time, Math.round(random() * 1_000), `"group":"","scenario":"default"`),
    );
    yield [
      point("http_reqs", time, 1, tags),
      point("http_req_duration", time, duration, tags),
      ...parts,
      point("http_req_failed", time, failed ? 1 : 0, tags),
      ...iteration,
    ].join("");
  }
}

export const k6File = { name: "k6.ndjson", lines };
