import type { RelationName } from "../../model/catalogue.js";
import type { Statistics } from "../../sql/statistics-file.js";

/** What the parent asks of the planner's child, one after the other. Each has one answer of the same name. */
export type PlannerQuestion =
  /** Starts a database: an empty one, made from nothing, or the one of a snapshot. */
  | { readonly ask: "open"; readonly snapshot: Uint8Array | null; readonly extensions: readonly string[] }
  /** Takes a file apart; answers how many steps it has. */
  | { readonly ask: "file"; readonly sql: string; readonly observe: boolean }
  /** Runs one step of that file. */
  | { readonly ask: "step"; readonly index: number }
  | { readonly ask: "catalogue" }
  | { readonly ask: "snapshot" }
  /** Gives tables their sizes, and builds the candidates. */
  | { readonly ask: "sizes"; readonly statistics: Statistics; readonly candidates: readonly string[] }
  | { readonly ask: "explain"; readonly sql: string; readonly without: readonly RelationName[] };
