import type { GitHub } from "../github/call.js";
import type { KnownPull } from "../store/store.js";
import type { Dependencies } from "./dependencies.js";

/** One pull request and the means to work on it. */
export interface PullPlace {
  readonly github: GitHub;
  readonly known: KnownPull;
  readonly dependencies: Dependencies;
}
