import type { ApplicationFunction } from "probot";
import type { EventDependencies } from "./events/handler.js";
import { handlers } from "./events/handlers.js";
import { observeRepository, type SightingStore, seePull } from "./events/sighting.js";

/** What the app needs of the world. */
export interface AppDependencies extends EventDependencies {
  readonly store: EventDependencies["store"] & SightingStore;
}

/** The Probot app: which events are listened to, and what each marks dirty. Handlers do no reviewing. */
export default function createApp(dependencies: AppDependencies): ApplicationFunction {
  const { store, now } = dependencies;
  return (app) => {
    for (const { on, handle } of handlers) {
      for (const name of on) {
        app.on(name, async ({ id, payload, octokit }) => {
          await observeRepository(payload, store);
          await handle(payload, { ...dependencies, delivery: id }, octokit);
          await seePull(payload, store, now());
        });
      }
    }
  };
}
