import { setTimeout as sleep } from "node:timers/promises";
import type { Double } from "../github-double/client.mjs";
import type { Hand } from "./acts.js";
import { compare, type Fault } from "./compare.js";
import type { RunOptions } from "./options.js";
import type { Subject } from "./subject.js";

/** Between two looks, in milliseconds. */
const LOOK_MS = 3_000;

/** Longer than anything that Redline waits for before it looks again by itself; the plain App never does. */
const STILL_MS = { redline: 75_000, plain: 15_000 } as const;

interface World {
  readonly github: Double;
  readonly hand: Hand;
  readonly subjects: readonly Subject[];
}

/** Label events that GitHub did not deliver at once need not have been believed. */
async function doubt({ github, hand }: World): Promise<void> {
  for (const { guid, redelivery, statusCode, faults } of await github.deliveries({ payloads: false })) {
    const head = hand.requests.get(guid);
    if (head?.override === "valid" && !redelivery && (statusCode < 200 || statusCode >= 300 || faults)) head.override = "maybe";
  }
}

/** Tells whether anything was written since the last time it was asked. */
async function writes(github: Double): Promise<() => Promise<boolean>> {
  let { mark } = await github.mark();
  return async () => {
    const since = await github.journal({ since: mark });
    mark = since.at(-1)?.n ?? mark;
    return since.some(({ method, path }) => method !== "GET" && !path.endsWith("/graphql") && !path.endsWith("/access_tokens"));
  };
}

/**
 * Looks until everything is right and stays so. What is wrong is at rest only when nothing was written for as long as the
 * App may wait, however slow the machine is: a check that is being written anew is no verdict yet.
 */
export async function rest(world: World, { kind, restSeconds }: RunOptions): Promise<readonly Fault[]> {
  const { github, subjects } = world;
  const until = Date.now() + restSeconds * 1000;
  const wrote = await writes(github);
  let faults: readonly Fault[] = [];
  let lastWrite = Date.now();
  for (let right = 0; right < 2 && Date.now() < until && Date.now() - lastWrite < STILL_MS[kind]; ) {
    await sleep(LOOK_MS);
    if (await wrote()) lastWrite = Date.now();
    await doubt(world);
    faults = await compare(github, kind, subjects);
    right = faults.length === 0 ? right + 1 : 0;
  }
  return faults;
}
