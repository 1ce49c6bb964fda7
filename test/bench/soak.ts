import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { soak } from "../store/embedded/soak.js";
import { seeded } from "./random.js";

/** The embedded store under load, errors, maintenance and rivals, killed so many times at random. */
export async function soakRow(kills: number, seed: number): Promise<Readonly<Record<string, string | number>>> {
  const directory = mkdtempSync(join(tmpdir(), "redline-soak-"));
  try {
    return { seed, ...(await soak(directory, kills, seeded(seed))) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
