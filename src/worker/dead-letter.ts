import { text } from "../model/text.js";
import { markdown } from "../report/markdown.js";
import type { Dirty, KnownPull, TroubledDelivery } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";
import { type CheckState, digest, openGateCheck } from "./gate-check.js";

/** What a person reads, and what an operator looks for in the log. */
export const incidentOf = (parts: readonly unknown[]): string => digest(parts).slice(0, 12);

/** The closed check of something that was given up. Never neutral: that would open the gate. */
export const internalError = (incident: string): CheckState => ({
  state: "failure",
  output: {
    title: `Internal error ${incident}: re-run this check`,
    summary: markdown(
      text`Redline could not finish this review, and gave it up: internal error ${incident}. The gate stays closed. Re-run this check to try again; a push does the same. Whoever runs Redline finds the cause under that number in its log.`,
    ),
  },
});

/**
 * Makes visible that a pull request or merge group was given up: its check is closed. Work that is neither
 * has no check to close. @throws GitHubError when even that is not possible
 */
export async function bury({ key }: Dirty, incident: string, dependencies: Dependencies): Promise<void> {
  if (key.group?.includes(":")) return;
  const known = await dependencies.store.pulls.get(key);
  if (!known?.open) return;
  const github = await dependencies.github(known.installation);
  const check = await openGateCheck({ github, known, dependencies }, true);
  await check.publish(internalError(incident));
}

/** The reason of the mark that a delivery leaves which was given up. */
export const GIVEN_UP = "delivery given up";

/** Until a delivery that failed is tried again, in milliseconds. */
const TROUBLED_MS = 2_000;

/**
 * Something was told of the pull request and could not be taken in, such as a label taken off: without it
 * there is no verdict, and the gate is closed. Any event gives a delivery that was given up another life.
 * Resolves with when to look again, or null.
 */
export async function standStill(
  known: KnownPull,
  reason: string,
  troubled: readonly TroubledDelivery[],
  dependencies: Dependencies,
): Promise<Date | null> {
  const { store, now } = dependencies;
  const dead = troubled.find((delivery) => delivery.dead);
  const check = await openGateCheck({ github: await dependencies.github(known.installation), known, dependencies }, true);
  if (dead && reason === GIVEN_UP) {
    await check.publish(internalError(dead.guid));
    return null;
  }
  if (dead) await store.inbox.revive(known);
  return new Date(now().getTime() + TROUBLED_MS);
}
