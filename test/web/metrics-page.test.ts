import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { createMetricsServer } from "../../src/web/metrics-page.js";
import { type OpenDoor, openDoor } from "./door.js";

const token = "a-token-of-enough-length";
const read = async () => ({ contentType: "text/plain; version=0.0.4", text: "up 1\n" });

let closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  closing = [];
});

async function door(options: Parameters<typeof openDoor>[0] = {}): Promise<OpenDoor> {
  const opened = await openDoor(options);
  closing.push(opened.close);
  return opened;
}

const get = async (port: number, path: string, authorization?: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, authorization === undefined ? {} : { headers: { authorization } });
  return { status: answer.status, text: await answer.text() };
};

describe("the metrics on the port that others reach", () => {
  it("are shown to who has the token, and to nobody else (T04)", async () => {
    const { port, log } = await door({ metrics: { token, read } });
    expect(await get(port, "/metrics", `Bearer ${token}`)).toEqual({ status: 200, text: "up 1\n" });
    for (const wrong of [undefined, "", "Bearer", `Bearer ${token}x`, `Basic ${token}`, token]) {
      expect((await get(port, "/metrics", wrong)).status).toBe(401);
    }
    expect(log.join("")).not.toContain(token);
  });

  it("are not there without a token (T04)", async () => {
    const { port } = await door();
    expect((await get(port, "/metrics", `Bearer ${token}`)).status).toBe(404);
  });

  it("show a failure as one, without its words", async () => {
    const failing = async () => {
      throw new Error("canary");
    };
    const { port } = await door({ metrics: { token, read: failing } });
    const { status, text } = await get(port, "/metrics", `Bearer ${token}`);
    expect([status, text.includes("canary")]).toEqual([503, false]);
  });

  it("count every answer of the webhook's path", async () => {
    const statuses: number[] = [];
    const { port } = await door({ onAnswer: (status) => statuses.push(status) });
    await get(port, "/hook");
    await get(port, "/healthz");
    await expect.poll(() => statuses).toEqual([405]);
  });
});

describe("the metrics on a port of their own", () => {
  it("are the only page there, for GET only (T04)", async () => {
    const server = createMetricsServer(read).listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(async () => void server.close());
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await get(port, "/metrics")).toEqual({ status: 200, text: "up 1\n" });
    expect((await get(port, "/")).status).toBe(404);
    expect((await get(port, "/healthz")).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: "POST" })).status).toBe(405);
    server.closeAllConnections();
  });
});
