/** How the characters of a literal's source are written; doubled braces stand for themselves in an interpolated one. */
export interface Writing {
  /** `backslash`: the escapes of C and its heirs; `quote`: only `\\` and `\'`; `trimmed`: as `backslash`, and an escaped newline takes the indent with it. */
  readonly escapes: "none" | "quote" | "backslash" | "trimmed";
  /** A quote that is written twice to stand once. */
  readonly doubled: string;
  readonly braces: boolean;
}

/** A part of a literal by its place in the file: text, or an expression that is put in at run time. UTF-16 offsets. */
export type Part =
  | { readonly kind: "text"; readonly start: number; readonly end: number; readonly writing: Writing }
  | {
      readonly kind: "hole";
      readonly start: number;
      readonly end: number;
      /** The expression where it is a plain name or a path of names. */
      readonly name: string | null;
      /** Of the literal that the expression is, or may be. */
      readonly inner: readonly Part[] | null;
    };

/** The call that a literal is an argument of. */
export interface CallContext {
  /** The last name of what is called: `query` of `this.db.query`. */
  readonly callee: string | null;
  /** Position of the argument, or its name. */
  readonly argument: number | string;
  /** Methods called on the literal itself: `format`, `squish`. */
  readonly methods: readonly string[];
}

/** A string literal, or a concatenation with at least one in it. */
export interface Literal {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly Part[];
  /** `sql` of a tagged template. */
  readonly tag: string | null;
  readonly call: CallContext;
  /** The name that it is the value of. */
  readonly declares: string | null;
  /** Names of the functions and classes around it: `Repo.find`. */
  readonly place: string;
  /** Where the statement of the host language begins that it stands in. */
  readonly anchor: number;
}

/** What the syntax tree of one file says. */
export interface SourceLiterals {
  readonly literals: readonly Literal[];
  /** `place:name` of variables that text is appended to. */
  readonly extended: ReadonlySet<string>;
  /** Ranges of comments that hold `redline-ignore`. */
  readonly comments: readonly { readonly start: number; readonly end: number }[];
}
