import type { Dialect, Statement, StatementFile } from "../model/statements.js";
import type { Text } from "../model/text.js";
import type { ParsedSql, SqlText } from "./sources.js";

/** A statement with what it is recognised by at the base. */
export interface Found {
  readonly statement: Statement;
  /** Its text without comments and layout: constants count. */
  readonly identity: string;
  /** Equal for statements that differ in constants only; null where it was not parsed or the dialect has none. */
  readonly fingerprint: string | null;
  /** `-- name: GetUser`. */
  readonly name: string | null;
  /** The functions and classes of source code around it. */
  readonly place: string | null;
}

/** One text to parse, and what becomes of the answer. */
export interface Question {
  readonly text: SqlText;
  readonly answered: (answer: ParsedSql) => readonly Found[] | { readonly unread: Text };
}

/** A file to be taken apart. */
export interface GivenFile {
  readonly path: string;
  readonly kind: StatementFile["kind"];
  readonly dialect: Dialect;
  readonly text: string;
  /** Its statements are to be paired with those of its other side. */
  readonly paired?: true;
}

export type FoundFile = { readonly found: readonly Found[]; readonly unread?: Text };

const NAME = /--[ \t]{0,9}name:[ \t]{0,9}(\w{1,100})/g;

/** The last `-- name:` of a text: sqlc's, and of others after it. */
export const nameIn = (sql: string): string | null => [...sql.matchAll(NAME)].at(-1)?.[1] ?? null;
