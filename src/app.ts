import type { ApplicationFunction } from "probot";
import type { EventDependencies } from "./events/handler.js";
import { handlers } from "./events/handlers.js";

/** The Probot app: which events are listened to, and what each marks dirty. Handlers do no reviewing. */
export default function createApp(dependencies: EventDependencies): ApplicationFunction {
  return (app) => {
    for (const { on, handle } of handlers) {
      for (const name of on) app.on(name, ({ payload, octokit }) => handle(payload, dependencies, octokit));
    }
  };
}
