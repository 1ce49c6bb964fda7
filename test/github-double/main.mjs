// The local GitHub: `node test/github-double/main.mjs [--port N] [--seed TEXT] [--start ISO] [--clock real] [--attached]`.
// Prints one line of JSON with its three addresses and serves until SIGTERM or SIGINT; attached, until standard input ends as well. See README.md.
import { parseArgs } from "node:util";
import { createControl } from "./control/control.mjs";
import { createGate } from "./http/gate.mjs";
import { listen } from "./http/server.mjs";
import { routes } from "./routes/index.mjs";
import { createWorld } from "./world.mjs";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    seed: { type: "string", default: "redline" },
    start: { type: "string", default: "2026-01-05T09:00:00Z" },
    clock: { type: "string", default: "virtual" },
    attached: { type: "boolean", default: false },
  },
});

const world = createWorld(values);
const api = await listen(createGate(world, routes), Number(values.port));
const blobs = await listen(world.blobs.pass);
const control = await listen(createControl(world));
const origin = (server) => `http://127.0.0.1:${server.port}`;
Object.assign(world.origins, { web: origin(api), api: `${origin(api)}/api/v3`, blobs: origin(blobs) });
process.stdout.write(`${JSON.stringify({ api: origin(api), blobs: origin(blobs), control: origin(control) })}\n`);

async function stop() {
  await Promise.all([api, blobs, control].map((server) => server.close()));
  process.exit(0);
}
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
// Whoever started it may be killed: then nobody else would end it.
if (values.attached) process.stdin.resume().once("close", stop);
