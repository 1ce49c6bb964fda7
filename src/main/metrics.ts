import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Figures } from "../store/watched.js";
import type { Meter } from "../worker/meter.js";

/** Everything that is measured, and the page that Prometheus reads. Labels name no repository, account or pull request. */
export interface Metrics extends Meter {
  /** A request to the front door was answered. */
  answered(status: number): void;
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
}

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

const gauges: readonly (readonly [keyof Figures, name: string, help: string, factor: number])[] = [
  ["inboxPending", "redline_inbox_pending", "Deliveries that were accepted and are not yet handled", 1],
  ["inboxAgeMs", "redline_inbox_oldest_seconds", "Age of the oldest of them", 0.001],
  ["dirtyDue", "redline_dirty_due", "Pull requests and other work that is due or under way", 1],
  ["dirtyAgeMs", "redline_dirty_oldest_seconds", "How long the oldest of it has been due", 0.001],
  ["deadMarks", "redline_dead_marks", "Pull requests whose reconcile failed for good", 1],
  ["deadDeliveries", "redline_dead_deliveries", "Deliveries whose handling failed for good", 1],
  ["held", "redline_rate_limit_holds", "Installations that GitHub told to wait", 1],
  ["bypasses", "redline_bypassed_merges", "Merges past a closed gate, as long as the audit keeps them", 1],
];

/** Resolves when the gauges say what waits. A store that fails shows as one that is down, and its figures stay as they were. */
function watchStore(registers: Registry[], read: () => Promise<Figures>): () => Promise<void> {
  const all = gauges.map(([key, name, help, factor]) => ({ key, factor, gauge: new Gauge({ name, help, registers }) }));
  const up = new Gauge({ name: "redline_store_up", help: "1 when the store answered", registers });
  return async () => {
    const figures = await read().catch(() => null);
    up.set(figures === null ? 0 : 1);
    for (const { key, factor, gauge } of all) if (figures) gauge.set(figures[key] * factor);
  };
}

/** The metrics of one server. @param read what waits in the store */
export function createMetrics(read: () => Promise<Figures>): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const refresh = watchStore(registers, read);
  const deliveries = new Counter({
    name: "redline_deliveries_total",
    help: "Requests to the front door by HTTP status of the answer",
    labelNames: ["status"],
    registers,
  });
  const calls = new Counter({
    name: "redline_github_requests_total",
    help: "Requests to GitHub by operation and HTTP status; status 0 was not answered",
    labelNames: ["operation", "status"],
    registers,
  });
  const reconciles = new Histogram({
    name: "redline_reconcile_seconds",
    help: "Reconciles by kind of work and result",
    labelNames: ["kind", "result"],
    buckets: SECONDS,
    registers,
  });
  const firstChecks = new Histogram({
    name: "redline_first_check_seconds",
    help: "From a head's event to the first write of its check",
    buckets: SECONDS,
    registers,
  });
  return {
    answered: (status) => deliveries.inc({ status: String(status) }),
    called: (operation, status) => calls.inc({ operation, status: String(status) }),
    reconciled: (kind, result, ms) => reconciles.observe({ kind, result }, ms / 1000),
    firstCheck: (ms) => firstChecks.observe(ms / 1000),
    page: async () => {
      await refresh();
      return { contentType: register.contentType, text: await register.metrics() };
    },
  };
}
