import { z } from "zod";
import type { EventHandler } from "./handler.js";
import { place } from "./payloads.js";
import { markHead, rerequested } from "./rerequest.js";

const payloadShape = place.extend({ action: z.string(), check_run: rerequested });

/** Somebody pressed "Re-run" or a button of ours. GitHub changes nothing by itself; the reconcile does. */
export const checkRunEvent: EventHandler = {
  event: "check_run",
  on: ["check_run.rerequested", "check_run.requested_action"],
  async handle(raw, dependencies) {
    const payload = payloadShape.parse(raw);
    await markHead(payload, payload.check_run, `check_run.${payload.action}`, dependencies);
  },
};
