// The App as its users run it, but for the settings that no environment variable has: `FAULTS_SETTINGS` is JSON.
import { createLog } from "../../dist/main/log.js";
import { startServer } from "../../dist/main/server.js";
import { readSettings } from "../../dist/main/settings.js";

const { FAULTS_SETTINGS = "{}", ...environment } = process.env;
const settings = { ...readSettings(environment), ...JSON.parse(FAULTS_SETTINGS) };
const log = createLog(settings.logLevel);
const running = await startServer(settings, log);
process.once("SIGTERM", () => running.stop(25_000).then(() => process.exit(0)));
process.stdout.write(`${JSON.stringify({ listening: running.port })}\n`);
