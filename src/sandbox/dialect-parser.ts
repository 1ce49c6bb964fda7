/** What a statement's source parses into, and what of it stays unknown although it parsed. */
export interface ParsedSource {
  readonly tree: unknown;
  readonly gap?: string;
  /** Equal for statements that differ in constants and layout only. */
  readonly fingerprint?: () => string;
}

/** One statement with the place that the parser itself gave it: UTF-16 offsets. */
export interface PlacedSource extends ParsedSource {
  readonly start: number;
  readonly end: number;
}

/** A parser as the child process uses it. Both methods throw what {@link DialectParser.syntaxError} explains, or worse. */
export interface DialectParser {
  /** Splits and parses a whole text; null when the parser does not say where statements stand. */
  readonly whole: ((sql: string) => readonly PlacedSource[]) | null;
  one(sql: string): ParsedSource;
  /** The parser's sentence for text that is not SQL; null for any other failure, after which nothing it says can be trusted. */
  syntaxError(error: unknown): string | null;
}
