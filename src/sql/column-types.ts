import { constant, names, type TypeName } from "./postgres-tree.js";

// The grammar's names where SQL has another one, as format_type shows them.
const SQL_NAMES: Readonly<Record<string, string>> = {
  int2: "smallint",
  int4: "integer",
  int8: "bigint",
  float4: "real",
  float8: "double precision",
  bool: "boolean",
  bpchar: "character",
  varchar: "character varying",
  varbit: "bit varying",
  decimal: "numeric",
};

// The precision stands before these words: `timestamp(3) with time zone`.
const ZONED: Readonly<Record<string, readonly [string, string]>> = {
  timestamp: ["timestamp", " without time zone"],
  timestamptz: ["timestamp", " with time zone"],
  time: ["time", " without time zone"],
  timetz: ["time", " with time zone"],
};

// INTERVAL's first modifier is a mask of fields; this one means all of them.
const ALL_FIELDS = 0x7fff;

/** A type as PostgreSQL's format_type shows it (`character varying(20)`), as far as its name alone tells. */
export function formattedType(type: TypeName | undefined): string {
  const name = names(type?.names).at(-1) ?? "";
  const written = (type?.typmods ?? []).map(constant);
  const modifiers = name === "interval" && written[0] === ALL_FIELDS ? written.slice(1) : written;
  const [before, after] = ZONED[name] ?? [SQL_NAMES[name] ?? name, ""];
  const inner = modifiers.length === 0 ? "" : `(${modifiers.join(",")})`;
  return `${before}${inner}${after}${type?.arrayBounds ? "[]" : ""}`;
}

/** The same as people write it: `varchar(20)`, `timestamp(3)`. */
export function briefType(formatted: string): string {
  return formatted
    .replace("character varying", "varchar")
    .replace(/^character\b/, "char")
    .replace("bit varying", "varbit")
    .replace(" without time zone", "")
    .replace(/^(time|timestamp)(\(\d+\))? with time zone/, "$1tz$2");
}

interface Type {
  readonly name: string;
  readonly modifiers: readonly number[];
}

/** A shown type without its modifiers, and these. */
function taken(shown: string): Type {
  const open = shown.indexOf("(");
  const close = shown.indexOf(")", open);
  if (open < 0 || close < 0) return { name: shown, modifiers: [] };
  return {
    name: shown.slice(0, open) + shown.slice(close + 1),
    modifiers: shown
      .slice(open + 1, close)
      .split(",")
      .map(Number),
  };
}

/** Types whose one modifier is a limit: raising or lifting it leaves every value as it is. */
const LIMITED: ReadonlySet<string> = new Set([
  "character varying",
  "bit varying",
  "timestamp without time zone",
  "timestamp with time zone",
  "time without time zone",
  "time with time zone",
  "interval",
]);

const isWider = (from: readonly number[], to: readonly number[]): boolean =>
  to.length === 0 || (from.length > 0 && (to[0] ?? 0) >= (from[0] ?? 0));

const isWiderNumeric = (from: readonly number[], to: readonly number[]): boolean =>
  to.length === 0 || (from.length > 0 && (to[0] ?? 0) >= (from[0] ?? 0) && (to[1] ?? 0) === (from[1] ?? 0));

const isUnlimited = ({ name, modifiers }: Type): boolean => name === "text" || (name === "character varying" && modifiers.length === 0);
const isString = ({ name }: Type): boolean => name === "text" || name === "character varying";

/**
 * Whether a change between two types, as format_type shows them, writes every row anew. Measured on
 * PostgreSQL 15 and 18. `in UTC` is none where the session's time zone is UTC, else a rewrite.
 */
export function typeChange(from: string, to: string): "none" | "in UTC" | "rewrite" {
  if (from === to) return "none";
  const [old, new_] = [taken(from), taken(to)];
  if (isString(old) && isUnlimited(new_)) return "none";
  if (old.name === "cidr" && new_.name === "inet") return "none";
  if (old.name === "timestamp without time zone" && new_.name === "timestamp with time zone")
    return isWider(old.modifiers, new_.modifiers) ? "in UTC" : "rewrite";
  if (old.name !== new_.name) return "rewrite";
  if (new_.name === "numeric") return isWiderNumeric(old.modifiers, new_.modifiers) ? "none" : "rewrite";
  return LIMITED.has(new_.name) && isWider(old.modifiers, new_.modifiers) ? "none" : "rewrite";
}
