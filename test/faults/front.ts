import type { ServerResponse } from "node:http";
import type { Armed } from "./points.js";
import { forward, give, listen, type Passing } from "./relay.js";
import type { Slot } from "./slot.js";

const nobody = { status: 502, headers: { "content-type": "text/plain" }, body: Buffer.from("nobody is there\n") };

/** What stands before the processes, as a load balancer does: in turn, and past whoever is dead. */
export async function openFront(slots: readonly Slot[], armed: Armed): Promise<{ port: number; close(): void }> {
  let turn = 0;

  const inTurn = (): readonly Slot[] => {
    turn += 1;
    return slots.map((_, index) => slots[(index + turn) % slots.length]).filter((slot): slot is Slot => slot?.port !== null);
  };

  return listen(async (passing, response) => {
    const slot = inTurn()[0];
    if (!slot || slot.port === null) give(response, nobody);
    else await hand(slot, slot.port, passing, response, armed);
  });
}

/** A process that dies meanwhile leaves GitHub with 502: GitHub does not ask another one. */
async function hand(slot: Slot, port: number, passing: Passing, response: ServerResponse, armed: Armed): Promise<void> {
  const sent = (): void => {
    if (armed.strikes("inbox, before 202")) slot.kill();
  };
  try {
    const answer = await forward(port, passing, { sent });
    if (answer.status < 300 && armed.strikes("inbox, after 202")) slot.kill();
    give(response, answer);
  } catch {
    give(response, nobody);
  }
}
