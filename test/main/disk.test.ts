import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import { pack } from "../../src/store/packed.js";
import { secret } from "../github-double/stage.js";
import { plantStore } from "../store/data-directory.js";
import { headersOf, sign } from "../web/door.js";
import { directory, environmentOf, type Server, start } from "./process.js";

const home = directory();
const fault = join(home, "fault");
let server: Server | undefined;

afterAll(() => {
  server?.child.kill("SIGKILL");
  rmSync(home, { recursive: true });
});

const BODY = '{"zen":"Keep it logically awesome."}';

async function send(port: number, guid: string): Promise<number> {
  const signed = { "x-github-event": "ping", "x-github-delivery": guid, "x-hub-signature-256": sign(BODY, secret) };
  const headers = Object.entries(headersOf(BODY, { ...signed, host: undefined, "content-length": undefined }));
  const texts = headers.flatMap(([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : []));
  return (await fetch(`http://127.0.0.1:${port}/api/github/webhooks`, { method: "POST", headers: texts, body: BODY })).status;
}

const probe = async (port: number, name: string) => (await fetch(`http://127.0.0.1:${port}/${name}`)).status;

async function until(port: number, status: number): Promise<void> {
  while ((await probe(port, "readyz")) !== status) await wait(100);
}

test("a disk that is full or read-only refuses deliveries and readiness, never acknowledges, and is left behind without a restart (R11)", async () => {
  const preload = fileURLToPath(new URL("../store/embedded/faulty-disk.mjs", import.meta.url));
  const environment = environmentOf(home, "http://127.0.0.1:9");
  await plantStore(environment.REDLINE_DATA ?? "");
  server = await start({ ...environment, NODE_OPTIONS: `--import ${preload}`, DISK_FAULT: fault });
  const { port } = server;
  const accepted: string[] = [];
  const deliver = async (guid: string) => {
    const status = await send(port, guid);
    if (status === 202) accepted.push(guid);
    return status;
  };
  expect(await deliver("before")).toBe(202);
  for (const why of ["ENOSPC", "EROFS"]) {
    writeFileSync(fault, why);
    expect(await deliver(`during-${why}`)).toBe(503);
    await until(port, 503);
    expect(await probe(port, "healthz")).toBe(200);
    rmSync(fault);
    await until(port, 200);
    expect(await deliver(`after-${why}`)).toBe(202);
  }
  server.child.kill("SIGKILL");
  await server.exited;

  const store = await openStore({ dataDirectory: environment.REDLINE_DATA });
  const again = { event: "ping", action: null, installation: null, repository: null, pull: null, body: pack(BODY), receivedAt: new Date() };
  const pending = new Set((await store.inbox.pending()).map(({ guid }) => guid));
  for (const guid of accepted) expect(pending.has(guid) || (await store.inbox.receive({ ...again, guid }, null)) === "done").toBe(true);
  await store.close();
});
