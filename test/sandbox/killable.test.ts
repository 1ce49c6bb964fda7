import { afterEach, describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { type Answer, type Killable, killable } from "../../src/sandbox/killable.js";

const CHILD = new URL("../fixtures/sandbox/child.mjs", import.meta.url);
const LIMITS = { heapMb: 64, rssMb: 512 };
const LONG_MS = 20_000;

let child: Killable;

const messageOf = (answer: Answer): unknown => (answer.status === "answered" ? answer.message : plain(answer.reason));

describe("a killable child", () => {
  afterEach(() => child.retire());

  it("answers one question after the other from the same process, bytes as bytes", async () => {
    child = killable(CHILD, LIMITS);
    const pid = messageOf(await child.ask({ ask: "pid" }, LONG_MS));
    expect(messageOf(await child.ask({ ask: "echo", value: new Uint8Array([1, 2]) }, LONG_MS))).toEqual({ value: new Uint8Array([1, 2]) });
    expect(messageOf(await child.ask({ ask: "pid" }, LONG_MS))).toBe(pid);
  });

  it("holds nothing of our environment", async () => {
    process.env.REDLINE_TEST_SECRET = "x";
    child = killable(CHILD, LIMITS);
    const names = messageOf(await child.ask({ ask: "environment" }, LONG_MS));
    delete process.env.REDLINE_TEST_SECRET;
    expect(names).toEqual(expect.not.arrayContaining(["REDLINE_TEST_SECRET", "PATH", "HOME"]));
  });

  it("is killed in the middle of its work at the deadline, and replaced", async () => {
    child = killable(CHILD, LIMITS);
    const pid = messageOf(await child.ask({ ask: "pid" }, LONG_MS));
    expect(messageOf(await child.ask({ ask: "spin" }, 50))).toBe("it took longer than 0.05 s to read");
    const next = messageOf(await child.ask({ ask: "pid" }, LONG_MS));
    expect(next).toEqual(expect.any(Number));
    expect(next).not.toBe(pid);
    expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
  });

  it("is replaced after it died of itself", async () => {
    child = killable(CHILD, LIMITS);
    expect(messageOf(await child.ask({ ask: "leave" }, LONG_MS))).toBe("the process that read it ended unexpectedly");
    expect(messageOf(await child.ask({ ask: "echo", value: 1 }, LONG_MS))).toEqual({ value: 1 });
  });

  it("gives a reason when its script cannot start", async () => {
    child = killable(new URL("file:///nowhere/child.mjs"), LIMITS);
    expect(messageOf(await child.ask({ ask: "pid" }, LONG_MS))).toBe("the process that read it ended unexpectedly");
  });
});
