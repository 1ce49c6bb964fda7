import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("main.mjs", import.meta.url));

/**
 * Starts the double as a process of its own on free ports and gives a client for its control port: its addresses,
 * one method for each command, `pid`, and `stop()`.
 */
export async function startDouble({ port = 0, seed, start, clock } = {}) {
  const options = [
    ["port", port],
    ["seed", seed],
    ["start", start],
    ["clock", clock],
  ].filter(([, value]) => value !== undefined);
  const child = spawn(process.execPath, [program, "--attached", ...options.flatMap(([name, value]) => [`--${name}`, `${value}`])], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const kill = () => child.kill("SIGTERM");
  process.once("exit", kill);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const addresses = await firstLine(child);
  const client = await connectDouble(addresses);
  const stop = async () => {
    process.off("exit", kill);
    kill();
    await exited;
  };
  return { ...client, pid: child.pid, stop };
}

async function firstLine(child) {
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  throw new Error("the local GitHub ended before it said where it listens");
}

/** A client for a double that runs already; `addresses` is the line it printed. */
export async function connectDouble(addresses) {
  const call = (command, args = {}) => post(addresses.control, command, args);
  const { acts, observations } = await (await fetch(addresses.control)).json();
  const commands = [...acts, ...observations].map((command) => [command, (args) => call(command, args)]);
  return { ...addresses, ...Object.fromEntries(commands) };
}

const agent = new Agent({ keepAlive: true });

async function post(control, command, args) {
  const { ok, status, answer } = await exchange(`${control}/${command}`, JSON.stringify(args));
  if (ok) return answer;
  throw Object.assign(new Error(`${command}: ${answer.error}`), { status, errors: answer.errors });
}

/** A test file says thousands of things to its double: for each, `fetch` takes several times as long. */
async function exchange(url, body) {
  const asking = request(url, { method: "POST", agent, headers: { "content-length": Buffer.byteLength(body) } });
  asking.end(body);
  const [response] = await once(asking, "response");
  const chunks = await response.toArray();
  const status = response.statusCode;
  return { ok: status >= 200 && status < 300, status, answer: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
}
