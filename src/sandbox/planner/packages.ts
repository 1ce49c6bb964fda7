import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds src/ and dist/. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Where a package really lies: a permission is checked after links are followed. */
export function packageFolder(name: string): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      return realpathSync(join(folder, name));
    } catch {
      // It is further up.
    }
  }
  return join(ROOT, "node_modules", name);
}
