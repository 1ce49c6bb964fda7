// The App as its users run it, with times that a run of minutes can live with: `FAULTS_TIMING` is JSON, in milliseconds.
import { createLog } from "../../dist/main/log.js";
import { startServer } from "../../dist/main/server.js";
import { readSettings } from "../../dist/main/settings.js";

const { FAULTS_TIMING = "{}", ...environment } = process.env;
const settings = { ...readSettings(environment), timing: JSON.parse(FAULTS_TIMING) };
const log = createLog(settings.logLevel);
const running = await startServer(settings, log);
process.once("SIGTERM", () => running.stop(25_000).then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ listening: running.port })}\n`);
