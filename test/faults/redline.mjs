// The App as its users run it, but for the settings and waits that no environment variable has: `FAULTS_SETTINGS` and `FAULTS_TIMES` are JSON.
import { createLog } from "../../dist/main/log.js";
import { startServer } from "../../dist/main/server.js";
import { readSettings } from "../../dist/main/settings.js";

const { FAULTS_SETTINGS = "{}", FAULTS_TIMES = "{}", FAULTS_CLOCK_MS = "0", ...environment } = process.env;
const RightDate = Date;
/** A machine whose clock is wrong by so much. */
globalThis.Date = class extends RightDate {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(Date.now());
  }
  static now() {
    return RightDate.now() + Number(FAULTS_CLOCK_MS);
  }
};

const settings = { ...readSettings(environment), ...JSON.parse(FAULTS_SETTINGS) };
const log = createLog(settings.logLevel);
const running = await startServer(settings, log, JSON.parse(FAULTS_TIMES));
process.once("SIGTERM", () => running.stop(25_000).then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ listening: running.port })}\n`);
