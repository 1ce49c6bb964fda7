import { createHash } from "node:crypto";

/** Virtual time in milliseconds. It stands still except for `tick` (one second for each write) and `advance`. */
export function createClock(start) {
  let now = Date.parse(start);
  return {
    now: () => now,
    iso: () => isoSeconds(now),
    tick: () => {
      now += 1000;
    },
    advance: (seconds) => {
      now += seconds * 1000;
    },
  };
}

/** The machine's time, moved by `advance` only: for several real processes, whose own clocks must agree with GitHub's. */
export function createRealClock() {
  let ahead = 0;
  const now = () => Date.now() + ahead;
  return {
    now,
    iso: () => isoSeconds(now()),
    tick: () => undefined,
    advance: (seconds) => {
      ahead += seconds * 1000;
    },
  };
}

/** GitHub's timestamps have whole seconds. */
export const isoSeconds = (milliseconds) => new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, "Z");

/** Ids and secrets that depend on the seed and on the order of requests only. */
export function createSequence(seed) {
  let last = 0;
  let draws = 0;
  const hex = () => createHash("sha256").update(`${seed}/${++draws}`).digest("hex");
  return {
    id: () => 40_000_000 + ++last,
    hex,
    guid: () => hex().replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, "$1-$2-4$3-a$4-$5"),
  };
}

/** GraphQL's global node id, in GitHub's older readable form. */
export const nodeId = (kind, id) => Buffer.from(`0${kind.length}:${kind}${id}`).toString("base64");
