import { readFile, stat } from "node:fs/promises";
import type { Problem } from "../model/measurement.js";
import { type Text, text } from "../model/text.js";
import { limits } from "./yaml-scan.js";

const refused = (file: string, message: Text, remedy: Text): { readonly problem: Problem } => ({
  problem: { level: "error", code: "config-invalid", message, remedy, file },
});

const isText = (bytes: Uint8Array): boolean => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes) !== undefined;
  } catch {
    return false;
  }
};

/** Reads a configuration file from disk. What cannot be read is a problem, never an empty configuration. */
export async function loadConfigurationFile(path: string): Promise<{ readonly text: string } | { readonly problem: Problem }> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return refused(path, text`${path} is not a file`, text`name a YAML file`);
    if (found.size > limits.bytes) return refused(path, text`the configuration is larger than 64 KB`, text`shorten the file`);
    const bytes = await readFile(path);
    return isText(bytes)
      ? { text: bytes.toString("utf8") }
      : refused(path, text`the configuration is not valid UTF-8`, text`save the file as UTF-8`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refused(path, text`the configuration could not be read: ${reason}`, text`check the path, or write one with redline config init`);
  }
}
