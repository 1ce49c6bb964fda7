import type { Artifacts } from "../github-double/client.mjs";

export function filesOf(folder: string): Record<string, string>;
export function artifactsOf(run: string): Artifacts;
