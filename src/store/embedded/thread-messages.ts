/** What the thread is told at its start. */
export interface ThreadData {
  /** The database's own directory. */
  readonly directory: string;
  readonly amcheck: boolean;
}

/** One statement, or the end. */
export type Question =
  | { readonly id: number; readonly sql: string; readonly parameters: unknown[] }
  | { readonly id: number; readonly close: true };

/** PostgreSQL's error, field by field: an Error that is cloned to another thread keeps its message alone. */
export interface ToldError {
  readonly message: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Rows are of any type: what they hold is the word of whoever wrote the statement, as with PGlite itself. */
export interface Answered {
  readonly rows: never[];
  readonly affectedRows: number | undefined;
}

export type Reply = (Answered & { readonly id: number }) | { readonly id: number; readonly error: ToldError };

/** The first message: open, or why not. */
export type Started = { readonly started: true } | { readonly started: false; readonly error: ToldError };

// Not the statement and its parameters, which PGlite's errors carry as well: they may be megabytes.
const FIELDS = ["name", "code", "severity", "detail", "hint", "position", "schema", "table", "column", "constraint", "where"] as const;

export function tell(error: unknown): ToldError {
  if (!(error instanceof Error)) return { message: String(error), fields: {} };
  const fields = FIELDS.flatMap((name) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return { message: error.message || error.name, fields: Object.fromEntries(fields) };
}

export const untell = ({ message, fields }: ToldError): Error => Object.assign(new Error(message), fields);
