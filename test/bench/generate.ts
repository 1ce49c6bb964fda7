import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { Exact } from "./exact.js";

/** A kind of file that grows for as long as it is asked to; each piece is whole lines, all of them ASCII. */
export interface FileKind {
  readonly name: string;
  lines(seed: number, exact: Exact): Generator<string, never>;
}

const PIECE = 1_000_000;

/** Writes a file of at least `bytes` bytes; what it truly holds is returned. The same seed gives the same file. */
export async function generate(kind: FileKind, path: string, bytes: number, seed: number): Promise<Exact> {
  const exact = new Exact();
  const file = createWriteStream(path);
  let [written, pending] = [0, ""];
  for (const line of kind.lines(seed, exact)) {
    pending += line;
    if (pending.length < PIECE && written + pending.length < bytes) continue;
    written += pending.length;
    if (!file.write(pending)) await once(file, "drain");
    pending = "";
    if (written >= bytes) break;
  }
  file.end();
  await once(file, "finish");
  return exact;
}
