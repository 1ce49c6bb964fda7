import { afterEach, describe, expect, it } from "vitest";
import { LEASE_MS } from "../../src/worker/lease.js";
import { lookAtAll } from "../../src/worker/nets/full-look.js";
import { startWorker } from "../../src/worker/worker.js";
import { gate, told, useWorkshop } from "./workshop.js";

const workshop = useWorkshop();
afterEach(() => workshop.github.setFaults({}));

/** Each remedy on, and off: without it the fault is there to be seen. Those of R03 and R04 are in test/worker/turn.test.ts. */
const switched = [[true], [false]] as const;
const soon = { timeout: 30_000 };

describe("with the remedy, and without", () => {
  it.each(switched)(
    "what a killed process had claimed is taken up at the next start, and is not without its remedy: %s (R01)",
    async (takeOver) => {
      const known = await workshop.pull();
      await workshop.mark(known);
      const claimed = await workshop.store.dirty.claim(new Date(), "killed/0", LEASE_MS);
      const worker = startWorker(workshop.dependencies({ takeOver }));
      await worker.idle();
      expect((await workshop.states(known)).length).toBe(takeOver ? 1 : 0);
      await worker.drain(10_000);
      if (claimed) await workshop.store.dirty.release(claimed, "killed/0", null);
    },
  );

  it.each(switched)(
    "a comment that GitHub made and answered with 502 is found instead of made again, and is not without its remedy: %s (R02)",
    async (settle) => {
      const known = await workshop.pull();
      await workshop.github.setFaults({ rules: [{ mode: "applied-then-502", route: "issues/create-comment", nth: 1 }] });
      await workshop.mark(known);
      const worker = startWorker(workshop.dependencies({ settle }));
      await expect.poll(async () => (await workshop.store.publications.comment(known))?.digest ?? "", soon).not.toBe("");
      await worker.drain(10_000);
      expect(await workshop.comments(known)).toBe(settle ? 1 : 2);
    },
  );

  it.each(switched)("a pull request whose every delivery was lost is found, and is not without its remedy: %s (R06)", async (nets) => {
    const known = await workshop.pull(false);
    const worker = startWorker(workshop.dependencies({}));
    if (nets)
      await lookAtAll(
        new Date(),
        workshop.nets(() => worker.wake()),
      );
    await worker.idle();
    expect(await workshop.states(known)).toEqual(nets ? ["success"] : []);
    await worker.drain(10_000);
  });

  it.each(switched)(
    "a head that GitHub's reads still show is not judged after a newer one was told, and is not without its remedy: %s (R05)",
    async (freshness) => {
      const known = await workshop.pull();
      await workshop.github.setFaults({ rules: [{ mode: "stale-read", ms: 60_000 }] });
      const moved = await workshop.push(known);
      await workshop.mark(moved, "pull_request.synchronize");
      const worker = startWorker(workshop.dependencies({ freshness }, { staleMs: 60_000 }));
      await worker.idle();
      await worker.drain(10_000);
      expect((await workshop.states(known)).length).toBe(freshness ? 0 : 1);
      await workshop.store.pulls.observe({ ...moved, open: false });
    },
  );

  it.each(switched)(
    "a head that was judged open is closed before anything is read again, and is not without its remedy: %s (R24)",
    async (firstWrite) => {
      const known = await workshop.pull();
      await workshop.mark(known);
      const worker = startWorker(workshop.dependencies({}));
      await worker.idle();
      await worker.drain(10_000);
      expect(await workshop.states(known)).toEqual(["success"]);
      const reading = gate();
      const open = gate();
      const tell = async (route: string): Promise<void> => {
        if (!route.startsWith("query") && !route.startsWith("GET")) return;
        reading.open();
        await open.opened;
      };
      await workshop.mark(known, "push");
      const again = startWorker(workshop.dependencies({ firstWrite }, { github: async () => told(workshop.client(), tell) }));
      await reading.opened;
      const { mergeable } = await workshop.github.oracle({ repository: `acme/${known.name}`, number: known.number });
      open.open();
      await again.drain(20_000);
      expect(mergeable).toBe(!firstWrite);
    },
  );
});
