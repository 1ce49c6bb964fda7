import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Killable, killable } from "../../../src/sandbox/killable.js";
import { canHaveOwnNetwork } from "../../../src/sandbox/own-network.js";
import { readable } from "../../../src/sandbox/planner/process.js";

const OUTSIDE = new URL("../../fixtures/sandbox/outside.mjs", import.meta.url);
const PROBE = new URL("../../fixtures/sandbox/probe.mjs", import.meta.url);

let server: Server;
let folder: string;
let child: Killable;
let port = 0;
let connections = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "redline-probe-"));
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
  // The same options as the planner's own child, and leave to read the probe itself.
  child = killable(PROBE, { heapMb: 128, rssMb: 512 }, { task: "run", mayRead: [...readable(), fileURLToPath(PROBE)], ownNetwork: true });
});

afterAll(() => {
  child.retire();
  server.close();
  rmSync(folder, { recursive: true });
});

const tried = async (attempt: string): Promise<unknown> => {
  const answer = await child.ask({ attempt, port, folder }, 20_000);
  return answer.status === "answered" ? answer.message : answer;
};

describe("the planner's process", () => {
  it("can do what is not forbidden", async () => {
    expect(await tried("nothing")).toEqual({ got: true });
  });

  it.each(["file", "write", "spawn", "worker", "inspector"])("is refused by Node's permission model: %s", async (attempt) => {
    expect(await tried(attempt)).toEqual({ refused: "ERR_ACCESS_DENIED" });
  });

  it.each(["socket", "rawSocket", "listen", "fetch", "http", "httpClass", "udp", "dns", "binding", "require"])(
    "has no network: %s",
    async (attempt) => {
      expect(await tried(attempt)).toEqual({ refused: "this process has no network" });
      expect(connections).toBe(0);
    },
  );

  it("loses its network before anything but Node is loaded", () => {
    const program = readFileSync(new URL("../../../dist/sandbox/planner-child.js", import.meta.url), "utf8");
    const imports = [...program.matchAll(/^import\b[^"]*"([^"]+)"/gm)].map(([, from]) => from);
    expect(imports.filter((from) => !from?.startsWith("node:"))).toEqual(["../chunks/cut-off.js"]);
    expect(program).toContain('await import("');
  });

  it("has an empty environment, and left nothing behind", async () => {
    expect(await tried("environment")).toEqual({ refused: "there is nothing in the environment" });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("has no way out by the kernel's word where that needs no privilege, and else by our own alone", async () => {
    const outside = killable(OUTSIDE, { heapMb: 128, rssMb: 512 }, { ownNetwork: true });
    const answer = await outside.ask({ port }, 20_000);
    outside.retire();
    const expected = canHaveOwnNetwork(fileURLToPath(OUTSIDE)) ? { refused: "ENETUNREACH" } : { got: true };
    expect(answer).toEqual({ status: "answered", message: expected });
  });
});
