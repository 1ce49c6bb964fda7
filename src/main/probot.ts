import type { Logger } from "pino";
import { Probot } from "probot";
import { knownEvents } from "../events/handlers.js";
import { createAppJwt } from "../github/app-jwt.js";
import { createAppOctokit } from "../github/client.js";
import { createFetch } from "../github/deadline.js";
import type { Meter } from "../worker/meter.js";
import type { Settings } from "./settings.js";

type Registration = Pick<Settings, "appId" | "privateKey" | "apiUrl" | "paced" | "secrets">;

/** Probot as a dispatcher of events and a source of clients; its own server is not used. */
export function createProbot(
  { appId, privateKey, apiUrl, paced, secrets }: Registration,
  log: Logger,
  { called }: Pick<Meter, "called">,
): Probot {
  return new Probot({
    appId,
    privateKey,
    log,
    baseUrl: apiUrl,
    // Probot never verifies anything here; without a secret it would fall back to a public one.
    secret: secrets[0],
    Octokit: createAppOctokit({ throttled: paced, called }),
    request: { fetch: createAppJwt({ appId, privateKey, now: Date.now }).signing(createFetch()) },
  });
}

type WebhookEvent = Parameters<Probot["receive"]>[0];

interface Event {
  readonly id: string;
  readonly name: string;
  readonly payload: object;
}

/** The front door lets no other name in; what a payload holds, its handler looks at. */
const isWebhookEvent = (event: Event): event is Event & WebhookEvent => knownEvents.has(event.name);

/** Runs the handlers of an event. @throws what they throw, as an AggregateError */
export async function receive(probot: Probot, event: Event): Promise<void> {
  if (isWebhookEvent(event)) await probot.receive(event);
}
