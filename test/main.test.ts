import { once } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../src/store/open.js";
import { pack } from "../src/store/packed.js";
import { type StartedDouble, startDouble } from "./github-double/client.mjs";
import { appId, keys, secret } from "./github-double/stage.js";
import { listening } from "./main/listening.js";
import { directory, environmentOf, run, type Server, start } from "./main/process.js";
import { plantStore } from "./store/data-directory.js";
import { headersOf, sign } from "./web/door.js";

const BODY = '{"zen":"Keep it logically awesome."}';

const send = (port: number, guid: string, event = "ping", body = BODY, key = secret) =>
  fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
    method: "POST",
    headers: Object.entries(
      headersOf(body, {
        "x-github-event": event,
        "x-github-delivery": guid,
        "x-hub-signature-256": sign(body, key),
        host: undefined,
        "content-length": undefined,
      }),
    ).flatMap(([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : [])),
    body,
  });

/** Which of these deliveries a stopped server's inbox has: done, or still to be done. */
async function kept(dataDirectory: string | undefined, guids: readonly string[]): Promise<readonly string[]> {
  const store = await openStore({ dataDirectory });
  const pending = new Set((await store.inbox.pending()).map(({ guid }) => guid));
  const found: string[] = [];
  for (const guid of guids) {
    const again = {
      guid,
      event: "ping",
      action: null,
      installation: null,
      repository: null,
      pull: null,
      body: pack(BODY),
      receivedAt: new Date(0),
    };
    if (pending.has(guid) || (await store.inbox.receive(again, null)) === "done") found.push(guid);
  }
  await store.close();
  return found;
}

test("without its settings the server does not start, says why in lines of its own, and exits 1 (S05)", async () => {
  const child = run({ WEBHOOK_SECRET: "development", NODE_ENV: "development" });
  const said: string[] = [];
  child.stderr?.on("data", (chunk) => said.push(String(chunk)));
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(said.join("").trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^redline: APP_ID is not set/),
    expect.stringMatching(/^redline: WEBHOOK_SECRET is shorter/),
    expect.stringMatching(/^redline: neither PRIVATE_KEY nor PRIVATE_KEY_PATH is set/),
  ]);
});

describe("a running server", () => {
  let github: StartedDouble;
  let environment: Record<string, string>;
  let servers: Server[];

  const boot = async (): Promise<Server> => {
    const server = await start(environment);
    servers.push(server);
    return server;
  };

  beforeAll(async () => {
    github = await startDouble();
    await github.registerApp({ id: appId, publicKey: keys.app.publicKey });
    for (const name of ["shop", "store"]) {
      await github.createRepository({ owner: "acme", name, organization: true, files: { "README.md": "shop\n" } });
    }
    await github.install({ app: appId, owner: "acme" });
  });

  afterAll(() => github.stop());

  beforeEach(async () => {
    servers = [];
    environment = environmentOf(directory(), github.api);
    await plantStore(environment.REDLINE_DATA ?? "");
  });

  afterEach(() => {
    for (const { child } of servers) child.kill("SIGKILL");
  });

  const listenAt = (port: number) => github.setWebhook({ app: appId, url: `http://127.0.0.1:${port}/api/github/webhooks`, secret });

  const openPull = async (repository: string): Promise<void> => {
    await github.push({ repository, branch: "feature", by: "alice", files: { "README.md": "changed\n" } });
    await github.openPull({ repository, head: "feature", user: "alice" });
  };

  const conclusions = async (repository: string): Promise<readonly (string | null)[]> =>
    (await github.checkRuns({ repository, number: 1 })).map(({ conclusion }) => conclusion);

  test("a signal ends it with 0 and loses nothing that was answered; a second signal changes nothing (R09, R10)", async () => {
    const server = await boot();
    const guids = Array.from({ length: 50 }, (_, index) => `guid-${index}`);
    const answers = guids.map(async (guid) => ({
      guid,
      status: await send(server.port, guid).then(
        ({ status }) => status,
        () => 0,
      ),
    }));
    await Promise.race(answers);
    for (const signal of ["SIGTERM", "SIGTERM", "SIGINT"] as const) server.child.kill(signal);
    expect(await server.exited).toBe(0);
    const log = server.output.join("\n");
    expect([log.match(/"msg":"stopping"/g)?.length, log.match(/"msg":"stopped"/g)?.length]).toEqual([1, 1]);
    const answered = (await Promise.all(answers)).filter(({ status }) => status === 202).map(({ guid }) => guid);
    expect(answered).not.toEqual([]);
    expect(await kept(environment.REDLINE_DATA, answered)).toEqual(answered);
  });

  test("killed in the middle of its drain it has lost nothing that it answered (R10)", async () => {
    const server = await boot();
    const guids = Array.from({ length: 50 }, (_, index) => `guid-${index}`);
    const answers = guids.map(async (guid) => ({
      guid,
      status: await send(server.port, guid).then(
        ({ status }) => status,
        () => 0,
      ),
    }));
    await Promise.race(answers);
    server.child.kill("SIGTERM");
    server.child.kill("SIGKILL");
    await server.exited;
    const answered = (await Promise.all(answers)).filter(({ status }) => status === 202).map(({ guid }) => guid);
    expect(answered).not.toEqual([]);
    expect(await kept(environment.REDLINE_DATA, answered)).toEqual(answered);
  });

  describe("whose log is read until it is gone", () => {
    let server: Server;
    const log = (): string => server.output.join("\n");

    beforeAll(async () => {
      const own = environmentOf(directory(), github.api);
      await plantStore(own.REDLINE_DATA ?? "");
      server = await start({ ...own, REDLINE_METRICS_PORT: "0", LOG_LEVEL: "trace" });
      await listenAt(server.port);
    });

    afterAll(() => server.child.kill("SIGKILL"));

    test("takes a pull request in, publishes its check, and writes no secret into its log (S08)", async () => {
      await openPull("acme/store");
      await expect.poll(() => conclusions("acme/store"), { timeout: 90_000 }).toEqual(["success"]);
      expect((await send(server.port, "forged", "ping", "{}", "another secret")).status).toBe(401);
      const opened = () => /"delivery":"([^"]+)","event":"pull_request","action":"opened","msg":"delivery accepted"/.exec(log())?.[1];
      const reconciled = () =>
        server.output.some((line) => line.includes(`"delivery":"${opened()}"`) && line.includes('"msg":"reconciled"'));
      await expect.poll(reconciled).toBe(true);
      expect(log()).not.toMatch(/ghs_|eyJ|sha256=[0-9a-f]{64}|BEGIN RSA/);
      expect(log()).not.toContain(secret);
      expect((await github.deliveries()).map(({ statusCode }) => statusCode)).not.toContain(500);
    });

    test("listens on its own port and, for the metrics, on one that only the machine reaches, and on no other (T04); it goes on, and ends with 0, when whoever read its log is gone", async () => {
      const metrics = Number(/"metricsPort":(\d+)/.exec(log())?.[1]);
      const ports = listening(server.child.pid ?? 0);
      if (ports !== null) {
        expect(ports.map(({ port }) => port).toSorted()).toEqual([server.port, metrics].toSorted());
        expect(ports.find(({ port }) => port === metrics)?.address).toBe("0100007F");
      }
      const get = async (port: number, path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
      expect([await get(server.port, "/metrics"), await get(metrics, "/metrics"), await get(metrics, "/readyz")]).toEqual([404, 200, 404]);
      for (const path of ["/", "/admin", "/probot", "/setup", "/debug", "/api/github/webhooks/replay"]) {
        expect(await get(server.port, path)).toBe(404);
      }
      const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
      expect(text).not.toMatch(/acme|shop/);

      server.child.stdout?.destroy();
      expect((await send(server.port, "forged", "ping", "{}", "another secret")).status).toBe(401);
      expect((await send(server.port, "guid-after")).status).toBe(202);
      server.child.kill("SIGTERM");
      expect(await server.exited).toBe(0);
    });
  });

  // Behind the others: their servers find no pull request to look at.
  test("killed after it had answered, it does the work at its next start (R01)", async () => {
    const first = await boot();
    await listenAt(first.port);
    await openPull("acme/shop");
    first.child.kill("SIGKILL");
    await first.exited;
    await boot();
    await expect.poll(() => conclusions("acme/shop"), { timeout: 90_000 }).toContain("success");
  });
});
