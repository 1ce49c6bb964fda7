import { hasSqlDetails, parseSync } from "libpg-query";
import { prepare } from "../../sql/prepare.js";
import { split } from "../../sql/split.js";
import { kindOf, refusal } from "./permitted.js";

/** One statement of a file, in UTF-16 offsets without the comments around it. */
export interface FileStatement {
  readonly start: number;
  readonly end: number;
  readonly sql: string;
  readonly tree: unknown;
  /** Why it is not run. */
  readonly refused: string | null;
}

export interface SchemaText {
  readonly statements: readonly FileStatement[];
  /** The whole text, with blanks in the place of what is refused. */
  readonly permitted: string;
  /** The parser's sentence when there is one statement that it does not read: then nothing of the file is run. */
  readonly error: string | null;
}

/** The parser's statements with the offsets of UTF-16; the library counts bytes of UTF-8. */
function parsed(sql: string): readonly { readonly start: number; readonly end: number; readonly tree: unknown }[] {
  const bytes = Buffer.from(sql, "utf8");
  let [byte, start] = [0, 0];
  return (parseSync(sql).stmts ?? []).map(({ stmt, stmt_location = 0, stmt_len }) => {
    start += bytes.toString("utf8", byte, stmt_location).length;
    byte = stmt_location;
    const end = start + bytes.toString("utf8", byte, stmt_len === undefined ? bytes.length : byte + stmt_len).length;
    return { start, end, tree: stmt };
  });
}

/** @throws Error when the parser refuses it */
export function statementsOf(sql: string, extensions: ReadonlySet<string> = new Set()): readonly FileStatement[] {
  return parsed(sql).map(({ start, end, tree }) => {
    // The parser counts the comments above a statement as part of it.
    const inner = split(sql.slice(start, end), "postgresql");
    const place = { start: start + (inner[0]?.start ?? 0), end: start + (inner.at(-1)?.end ?? end - start) };
    return { ...place, sql: sql.slice(place.start, place.end), tree, refused: refusal(tree, extensions) };
  });
}

/** A tool puts the same name into every hole of a file, however it is written: one name for all of them when it runs. */
export const runnable = (sql: string): string => sql.replace(/\bhole_{0,300}\b/g, "hole");

const blank = (sql: string): string => sql.replace(/[^\r\n]/g, " ");

/**
 * Takes a file apart; tool markers, template holes and the down part are gone.
 * @param extensions those that can be created here
 */
export function takeSchemaApart(sql: string, extensions: ReadonlySet<string>): SchemaText {
  const { filled } = prepare(sql, "postgresql");
  // The parser takes an empty text for an error.
  if (split(filled, "postgresql").length === 0) return { statements: [], permitted: "", error: null };
  try {
    const statements = statementsOf(filled, extensions);
    const permitted = statements
      .filter((statement) => statement.refused !== null)
      .reduce((text, { start, end, sql: source }) => text.slice(0, start) + blank(source) + text.slice(end), filled);
    return { statements, permitted: runnable(permitted), error: null };
  } catch (error) {
    // A trap in the parser's own WebAssembly has no position.
    return { statements: [], permitted: "", error: hasSqlDetails(error) ? error.message : "the parser failed on it" };
  }
}

const ALONE_IS_DIFFERENT: ReadonlySet<string> = new Set(["DeclareCursorStmt", "FetchStmt", "ConstraintsSetStmt", "PrepareStmt"]);
const PLAIN_TRANSACTION: ReadonlySet<string> = new Set(["TRANS_STMT_BEGIN", "TRANS_STMT_START", "TRANS_STMT_COMMIT"]);

/** The value behind a path of keys, as far as there is one. */
const at = (tree: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), tree);

const word = (tree: unknown, ...keys: readonly string[]): string => String(at(tree, ...keys) ?? "");

function needsItsNeighbours(tree: unknown): boolean {
  const kind = kindOf(tree);
  if (ALONE_IS_DIFFERENT.has(kind)) return true;
  if (kind === "TransactionStmt") return !PLAIN_TRANSACTION.has(word(tree, kind, "kind"));
  if (kind !== "CreateStmt" || word(tree, kind, "relation", "relpersistence") !== "t") return false;
  return !["", "ONCOMMIT_NOOP"].includes(word(tree, kind, "oncommit"));
}

/** False when a statement of the file would do something else, or fail, in a transaction of its own. */
export function canRunApart({ statements }: SchemaText): boolean {
  return statements.every(({ tree }) => !needsItsNeighbours(tree));
}

/** `SET LOCAL`, which is forgotten at the end of a transaction. */
export const isSetLocal = (tree: unknown): boolean => at(tree, "VariableSetStmt", "is_local") === true;

export const isTransaction = (tree: unknown): boolean => kindOf(tree) === "TransactionStmt";
