import { Refusal } from "../http/refusal.mjs";
import { parseJson } from "../http/server.mjs";
import { checkCommands } from "./checks.mjs";
import { expectOf, faultCommands } from "./faults.mjs";
import { gitCommands } from "./git.mjs";
import { observeCommands } from "./observe.mjs";
import { pullCommands } from "./pulls.mjs";
import { setupCommands } from "./setup.mjs";
import { workflowCommands } from "./workflows.mjs";

const looks = { ...observeCommands, ...faultCommands };
const acts = { ...setupCommands, ...gitCommands, ...pullCommands, ...checkCommands, ...workflowCommands };

/**
 * The control port: `POST /<command>` with a JSON body. Commands that act tick the clock, ask the oracle, wait until the
 * webhooks they caused are answered (unless `wait` is false) and list those under `deliveries`. `GET /` names them all.
 */
export function createControl(world) {
  return async function pass(incoming, outgoing, bytes) {
    const { status, body } = await answerOf(world, incoming, bytes);
    outgoing.writeHead(status, { "content-type": "application/json; charset=utf-8" });
    outgoing.end(JSON.stringify(body ?? null));
  };
}

async function answerOf(world, incoming, bytes) {
  const name = incoming.url.slice(1);
  if (name === "") return { status: 200, body: { acts: Object.keys(acts), observations: Object.keys(looks) } };
  try {
    if (Object.hasOwn(looks, name)) return { status: 200, body: await looks[name](world, parseJson(bytes) ?? {}) };
    if (Object.hasOwn(acts, name)) return { status: 200, body: await act(world, name, parseJson(bytes) ?? {}) };
    return { status: 404, body: { error: `there is no command "${name}"` } };
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: { error: error.message, errors: error.errors } };
    return { status: 500, body: { error: `${name}: ${error.stack}` } };
  }
}

async function act(world, name, args) {
  world.clock.tick();
  const before = world.webhooks.deliveries.length;
  const result = await acts[name](world, args);
  const caused = world.webhooks.deliveries.slice(before);
  if (args.expect !== undefined) expectOf(world, args, result, caused);
  world.oracle.record(`control/${name}`);
  if (args.wait !== false) await world.webhooks.settle();
  return {
    ...result,
    deliveries: caused.map(({ guid, event, action, status, statusCode, faults }) => ({ guid, event, action, status, statusCode, faults })),
  };
}
