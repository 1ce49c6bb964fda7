import type { Text } from "../model/text.js";
import { visible, visiblePart } from "./visible.js";

/** A sentence for places without markup (titles, annotations, terminals): foreign parts on one line, made visible. */
export function plainly(sentence: Text): string {
  return sentence.map((part) => (typeof part === "string" ? part : "foreign" in part ? visiblePart(part) : visible(part.label))).join("");
}

/** Clips our finished line to so many UTF-16 units without cutting a pair in two. */
export function clipped(line: string, units: number): string {
  if (line.length <= units) return line;
  return `${line.slice(0, units - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
