import { createExpectations } from "./faults/expectations.mjs";
import { createFaults } from "./faults/faults.mjs";
import { createPast } from "./faults/past.mjs";
import { createBlobs } from "./http/blobs.mjs";
import { createQuota } from "./http/quota.mjs";
import { createJournal } from "./journal.mjs";
import { createOracle } from "./oracle.mjs";
import { createClock, createRealClock, createSequence } from "./state/clock.mjs";
import { createWebhooks } from "./webhooks.mjs";

/** Everything this GitHub knows. One object, handed to every handler; the same seed and the same requests give the same world. */
export function createWorld({ seed, start, clock = "virtual" }) {
  const world = {
    clock: clock === "real" ? createRealClock() : createClock(start),
    sequence: createSequence(seed),
    origins: { web: "http://127.0.0.1", api: "http://127.0.0.1/api/v3", blobs: "http://127.0.0.1" },
    accounts: new Map(),
    apps: new Map(),
    installations: new Map(),
    repositories: new Map(),
    teams: new Map(),
    tokens: new Map(),
  };
  world.faults = createFaults();
  world.past = createPast(world);
  world.expectations = createExpectations(world);
  world.journal = createJournal(world);
  world.oracle = createOracle(world);
  world.webhooks = createWebhooks(world);
  world.quota = createQuota(world);
  world.blobs = createBlobs(world);
  return world;
}
