import { findAll, names } from "./postgres-tree.js";

// pg_proc.provolatile of PostgreSQL 18 and of the extensions that make identifiers.
const VOLATILE: ReadonlySet<string> = new Set([
  "random",
  "random_normal",
  "setseed",
  "gen_random_uuid",
  "gen_random_bytes",
  "gen_salt",
  "uuidv4",
  "uuidv7",
  "uuid_generate_v1",
  "uuid_generate_v1mc",
  "uuid_generate_v4",
  "clock_timestamp",
  "timeofday",
  "nextval",
  "currval",
  "lastval",
  "setval",
]);

// What else real defaults call: stable or immutable, so that one value serves all rows.
const STEADY: ReadonlySet<string> = new Set([
  "now",
  "statement_timestamp",
  "transaction_timestamp",
  "timezone",
  "date_trunc",
  "to_timestamp",
  "make_interval",
  "current_setting",
  "current_database",
  "current_schema",
  "md5",
  "sha256",
  "encode",
  "decode",
  "convert_to",
  "lower",
  "upper",
  "concat",
  "format",
  "to_json",
  "to_jsonb",
  "json_build_object",
  "jsonb_build_object",
  "json_build_array",
  "jsonb_build_array",
  "to_tsvector",
  "extract",
  "date_part",
]);

/** A function that an expression calls and that gives, or for all we know may give, another value for every row. */
export interface VolatileCall {
  readonly name: string;
  /** False for a function that the expression alone tells nothing of. */
  readonly certain: boolean;
}

/** The call that makes an expression volatile, a known one before an unknown one; null when every row gets the same. */
export function volatileCall(expression: unknown): VolatileCall | null {
  const called = findAll(expression, "FuncCall").map(({ funcname }) => names(funcname).at(-1) ?? "");
  const known = called.find((name) => VOLATILE.has(name));
  const unknown = called.find((name) => !STEADY.has(name));
  if (known !== undefined) return { name: known, certain: true };
  return unknown === undefined ? null : { name: unknown, certain: false };
}
