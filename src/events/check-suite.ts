import type { EventHandler } from "./handler.js";
import { place } from "./payloads.js";
import { markHead, rerequested } from "./rerequest.js";

const payloadShape = place.extend({ check_suite: rerequested });

/** Somebody pressed "Re-run all checks". */
export const checkSuiteEvent: EventHandler = {
  event: "check_suite",
  on: ["check_suite.rerequested"],
  async handle(raw, dependencies) {
    const payload = payloadShape.parse(raw);
    await markHead(payload, payload.check_suite, "check_suite.rerequested", dependencies);
  },
};
