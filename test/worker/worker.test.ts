import { describe, expect, it } from "vitest";
import type { Dependencies } from "../../src/worker/dependencies.js";
import { startWorker } from "../../src/worker/worker.js";
import { FakeGitHub } from "../github/fake-github.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const mark = async (dependencies: Dependencies, key: Awaited<ReturnType<typeof stage.pull>>): Promise<void> => {
  await dependencies.store.dirty.mark(key, "pull_request.opened", stage.now);
};

describe("the worker", () => {
  it("reconciles what is dirty when it starts and when it is woken, and is idle then", async () => {
    const github = writable();
    const dependencies = stage.dependencies(github);
    await mark(dependencies, await stage.pull());
    const worker = startWorker(dependencies);
    await worker.idle();
    const first = github.sent.length;
    expect(first).toBeGreaterThan(0);
    await mark(dependencies, await stage.pull());
    worker.wake();
    await worker.idle();
    expect(github.sent.length).toBe(2 * first);
    await worker.drain(1000);
  });

  it("tries what failed again later, and goes on with the others", async () => {
    const failing = new FakeGitHub();
    const dependencies = stage.dependencies(failing);
    await mark(dependencies, await stage.pull());
    await mark(dependencies, await stage.pull());
    const worker = startWorker(dependencies);
    await worker.idle();
    await worker.drain(1000);
    expect(failing.sent).toHaveLength(2);
    expect(stage.errors).toHaveLength(2);
    const next = await stage.store.dirty.next();
    expect(next?.getTime()).toBeGreaterThan(stage.now.getTime());
  });
});
