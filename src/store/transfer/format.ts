import { z } from "zod";
import { plain, type Text, text } from "../../model/text.js";
import { StoreError } from "../store-error.js";

/**
 * An export is NDJSON: one header; for each table its name and columns, one array of texts a row, and an end with the
 * number of rows and their SHA-256; the sequences; and a last line, without which the file is cut off. Values are
 * PostgreSQL's own texts, so that nothing is lost between versions and engines.
 */
export const VERSION = 1;

export const header = z.object({ redline: z.literal("store"), version: z.number(), schema: z.string(), tables: z.array(z.string()) });
export const tableLine = z.object({ table: z.string(), columns: z.array(z.string()) });
export const endLine = z.object({ end: z.string(), rows: z.number(), sha256: z.string() });
export const sequencesLine = z.object({ sequences: z.record(z.string(), z.number()) });
export const lastLine = z.object({ complete: z.literal(true) });

export type Header = z.infer<typeof header>;

/** A file that is not what an export wrote: where, why, and what to do. */
export class TransferError extends StoreError {
  constructor(file: string, line: number, why: Text, remedy: Text) {
    super(text`${file}:${line}: ${plain(why)}; ${plain(remedy)}`);
  }
}
