import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Double } from "../github-double/client.mjs";
import type { Subject } from "./subject.js";

/** Writes what GitHub saw of a run into a folder, for whoever looks for the cause of a fault. */
export async function writeTrace(folder: string, github: Double, subjects: readonly Subject[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, lines: readonly unknown[]): void =>
    writeFileSync(join(folder, `${name}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  write("journal", await github.journal());
  write("oracle", await github.oracleLog());
  write("deliveries", await github.deliveries());
  write("subjects", subjects);
}
