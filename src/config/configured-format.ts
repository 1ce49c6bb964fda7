import type { Config } from "./config.js";
import { matchesGlob } from "./glob.js";

/**
 * The format that `formats:` names for a file; of several globs that match, the first. A glob without a slash
 * is about the file's bare name, in any folder.
 */
export function configuredFormat(formats: Config["formats"], path: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return Object.entries(formats ?? {}).find(([glob]) => matchesGlob(glob, glob.includes("/") ? path : name))?.[1];
}
