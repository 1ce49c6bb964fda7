import { matchesGlob } from "./glob.js";

/** A workflow file's path as GitHub tells it, without the reference that may follow it. */
export const workflowPath = (told: string): string => told.split("@", 1)[0] ?? told;

/** May results of this workflow be read? Any may where the configuration names none; one that is not known may not where it does. */
export function isNamedWorkflow(named: readonly string[], workflow: string | undefined): boolean {
  if (named.length === 0) return true;
  const path = workflowPath(workflow ?? "");
  const file = path.slice(path.lastIndexOf("/") + 1);
  return named.some((glob) => matchesGlob(glob, path) || matchesGlob(glob, file));
}
