import type { Logger } from "pino";
import { createLog } from "./main/log.js";
import { type Running, startServer } from "./main/server.js";
import { readSettings, SettingsError } from "./main/settings.js";

/** How long work that is under way may take after SIGTERM. GitHub's deliveries are in the inbox by then. */
const DRAIN_MS = 25_000;

/** A second signal does not shorten the drain: whatever it cuts off would have to be done again. */
function stopOnSignal(running: Running, log: Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    running.stop(DRAIN_MS).then(
      () => {
        log.info({}, "stopped");
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

function explain(error: unknown): void {
  const lines = error instanceof SettingsError ? error.problems : [error instanceof Error ? error.message : String(error)];
  for (const line of lines) process.stderr.write(`redline: ${line}\n`);
}

// Whoever read the log is gone: the server goes on without it.
process.stdout.on("error", () => undefined);

try {
  const settings = readSettings(process.env);
  const log = createLog(settings.logLevel);
  const running = await startServer(settings, log);
  stopOnSignal(running, log);
  const { port, metricsPort } = running;
  log.info({ host: settings.host, port, path: settings.webhookPath, ...(metricsPort !== null && { metricsPort }) }, "ready");
} catch (error) {
  explain(error);
  process.exit(1);
}
