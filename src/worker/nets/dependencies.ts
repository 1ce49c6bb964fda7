import type { GitHub } from "../../github/call.js";
import type { Store } from "../../store/store.js";
import type { Log } from "../dependencies.js";

/** What the nets need of the world. */
export interface NetDependencies {
  readonly store: Pick<Store, "nets" | "installations" | "pulls" | "dirty" | "gate">;
  /** Our own number: checks of our name by others are told apart. */
  readonly appId: number;
  /** A client with the App's own JWT. */
  app(): Promise<GitHub>;
  github(installation: number): Promise<GitHub>;
  /** Between two repositories: a look is spread out, and is nobody's thundering herd. */
  pause(): Promise<void>;
  /** Between 0 and 1. */
  random(): number;
  /** Something was marked dirty: the worker looks at once. */
  wake(): void;
  /** Which list of a repository was seen last, by installation and repository; forgotten at a restart. */
  readonly etags: Map<string, string>;
  readonly log: Log;
}
