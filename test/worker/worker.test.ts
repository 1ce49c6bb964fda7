import { describe, expect, it } from "vitest";
import type { Dependencies } from "../../src/worker/dependencies.js";
import { startWorker } from "../../src/worker/worker.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
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
    const failing = new FakeGitHub({
      "POST /repos/{owner}/{repo}/check-runs": () => {
        throw new RequestError(502);
      },
    });
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

  it("leaves a loop to the others while one installation has more than it can do (R16)", async () => {
    const started: number[] = [];
    let release = (): void => undefined;
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const github = async (installation: number) => {
      started.push(installation);
      if (installation === 800) await blocked;
      return writable();
    };
    const dependencies = { ...stage.dependencies(writable()), github };
    for (let marks = 0; marks < 6; marks += 1) await mark(dependencies, await stage.pull({ installation: 800 }));
    const worker = startWorker(dependencies);
    await expect.poll(() => started.length).toBe(3);
    await mark(dependencies, await stage.pull({ installation: 801 }));
    worker.wake();
    await expect.poll(() => started).toEqual([800, 800, 800, 801]);
    release();
    await worker.idle();
    expect(started.filter((installation) => installation === 800)).toHaveLength(6);
    await worker.drain(1000);
    stage.errors.splice(0);
  });

  it.each([
    ["takes up what a process that died had in work (R01)", {}, 1],
    ["leaves it without that remedy", { takeOver: false }, 0],
  ])("%s", async (_, remedies, runs) => {
    const github = writable();
    const known = await stage.pull({ installation: 900 });
    await stage.store.dirty.mark(known, "pull_request.opened", stage.now);
    const left = await stage.store.dirty.claim(stage.now, "the one that died", 60_000);
    const worker = startWorker({ ...stage.dependencies(github), remedies });
    await worker.idle();
    await worker.drain(1000);
    expect(github.sent.filter(({ route }) => route.startsWith("POST")).length).toBe(runs);
    if (left) await stage.store.dirty.release(left, "the one that died", null);
    stage.errors.splice(0);
  });
});
