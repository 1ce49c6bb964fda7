import type { Suppression } from "./statements.js";
import type { Text } from "./text.js";

/** A language whose source is read: for SQL in all of them, for facts in all but Rust. */
export type Language = "typescript" | "tsx" | "javascript" | "python" | "go" | "java" | "ruby" | "rust" | "c-sharp" | "php";

/** What a file is for, by its path and its first lines. It decides which source rules look at it. */
export const pathClasses = ["generated", "vendor", "test", "bench", "migration", "script", "browser", "server"] as const;
export type PathClass = (typeof pathClasses)[number];

/** 1-based lines, both included. */
export interface LineRange {
  readonly line: number;
  readonly endLine: number;
}

/** Functions, loops and calls name each other by their positions in the lists of their file. */
export interface FunctionFact extends LineRange {
  /** Its own name, or that of the variable, field or key that it is the value of; null for a nameless one. */
  readonly name: string | null;
  /** With the classes and functions around it: `OrderService.list`. Empty where nothing around it has a name. */
  readonly path: string;
  readonly parameters: readonly string[];
  /** It is an argument of a call (in Go any function literal): it may run where it stands, so it does not cut a loop. */
  readonly callback: boolean;
  readonly async: boolean;
  /** The function around it. */
  readonly function: number | null;
}

export type LoopKind = "for-each" | "counted" | "endless" | "while" | "channel" | "callback" | "comprehension";

export interface LoopFact extends LineRange {
  readonly kind: LoopKind;
  /** From its beginning to its body, on one line, at most 110 characters. Foreign. */
  readonly header: string;
  /** What is gone through, or the condition; at most 110 characters, empty where there is none. Foreign. */
  readonly iterable: string;
  readonly iterableKind: ValueKind;
  /** The call that makes the iterable, where it is one. */
  readonly iterableCall: number | null;
  /** Variables that the loop gives a value in each round. */
  readonly variables: readonly string[];
  /** `for await`, `async for`. */
  readonly awaited: boolean;
  /** It goes through a list of this file that was written out by hand, and that nothing is added to. */
  readonly writtenOut: boolean;
  /** It stands where something has failed: in `catch`, `except` or `rescue`, or behind `if err != nil`. */
  readonly afterFailure: boolean;
  readonly function: number | null;
  /** The loop around it, as for a call. */
  readonly loop: number | null;
}

/** `identifier` is a plain name, `member` a path of names (`a.b.c`), `object` also a dictionary, hash or composite literal. */
export type ValueKind =
  | "string"
  | "number"
  | "boolean"
  | "null"
  | "identifier"
  | "member"
  | "object"
  | "array"
  | "spread"
  | "function"
  | "call"
  | "other";

export interface ArgumentFact {
  /** `timeout` of `timeout=3`, `timeout: 3` or `Timeout: 3`; null for a positional one. */
  readonly keyword: string | null;
  readonly kind: ValueKind;
  /** As written, on one line, at most 80 characters. Foreign. */
  readonly text: string;
  /** Of an object: the keys that can be read, `...` for each spread. */
  readonly keys: readonly string[];
  /** The call that it is, or that it awaits. */
  readonly call: number | null;
}

/** What becomes of a call's value. */
export interface CallUse {
  /**
   * `assigned`: to the variables in `names`; `field`: to what is not a variable, as written in `names`; `scope`: a
   * `with`, `using` or try-with-resources that closes it, under `names`; `deferred`: Go's `defer`; `chained`: something
   * is called on or read off it; `argument`: of the call `of`; `iterated`: a loop goes through it; `decorator`: an
   * annotation or attribute; `nested`: it is a part of another value, such as an object or a condition.
   */
  readonly how:
    | "discarded"
    | "assigned"
    | "field"
    | "scope"
    | "deferred"
    | "returned"
    | "yielded"
    | "argument"
    | "chained"
    | "iterated"
    | "decorator"
    | "nested";
  readonly names: readonly string[];
  readonly of: number | null;
}

/** A call, the construction of an object, or a composite literal with a type (Go). */
export interface CallFact extends LineRange {
  /** UTF-16 offsets of the whole call. */
  readonly start: number;
  readonly end: number;
  /** The text before the first parenthesis of its arguments, without `await` and `new`, on one line, at most 160 characters. Foreign. */
  readonly callee: string;
  /** Names before the method, calls among them by their method: `this, db, table, where` of `this.db.table(x).where(y).first()`. At most the last 24. */
  readonly receiver: readonly string[];
  /** What the chain begins with. */
  readonly root: "name" | "call" | "construction" | "literal" | "other";
  /** The last name: `first`; of a construction the type's. Empty where a value without a name is called. */
  readonly method: string;
  /** The methods called along the chain, this one last: `table, where, first`. */
  readonly chain: readonly string[];
  readonly constructs: boolean;
  readonly awaited: boolean;
  /** No other call follows in its chain. */
  readonly outermost: boolean;
  readonly arguments: readonly ArgumentFact[];
  /** It runs only where a look-up in memory found nothing: `if key not in known:`. Told of what stands in a loop. */
  readonly whenMissing: boolean;
  /** It is given a block (Ruby) or a class body or initializer. */
  readonly block: boolean;
  readonly use: CallUse;
  readonly function: number | null;
  /**
   * The innermost loop that runs it once a round. A loop's iterable is evaluated once and is not in it; a named function
   * cuts the loops around it; a callback of an iterator method (`map`, `each`) is in the loop that the method makes.
   */
  readonly loop: number | null;
}

/** What a function does with the value of a variable beside calling and passing it, which its calls tell. */
export interface FlowFact {
  readonly name: string;
  readonly line: number;
  readonly function: number | null;
  /** `stored`: put into a field, an element or an object; `scope`: opened by `with`, `using` or try-with-resources. */
  readonly how: "returned" | "yielded" | "stored" | "scope";
}

/** A local name for something of another module. */
export interface ImportFact {
  /** The name in this file; null where only the module's effect is wanted, or all its names. */
  readonly local: string | null;
  /** The name in the module; null for the module itself or its default. */
  readonly imported: string | null;
  readonly module: string;
}

/** What the syntax tree of one file says; everything in it is foreign. */
export interface FileFacts {
  readonly path: string;
  readonly language: Language;
  readonly class: PathClass;
  readonly lines: number;
  readonly functions: readonly FunctionFact[];
  readonly loops: readonly LoopFact[];
  /** In the order of the tree: outer ones before inner ones, the last of a chain before the first. */
  readonly calls: readonly CallFact[];
  readonly flows: readonly FlowFact[];
  readonly imports: readonly ImportFact[];
  /** Ranges that the parser did not understand (UTF-16 offsets): what is enclosed by one is less certain. */
  readonly errors: readonly { readonly start: number; readonly end: number }[];
  /** `redline-ignore` comments by the line that they end on. */
  readonly suppressions: readonly (Suppression & { readonly line: number })[];
}

/** What a tree tells without its path. */
export type CodeFacts = Omit<FileFacts, "path" | "class">;

/** One changed file on both sides. */
export interface SourceFile {
  readonly path: string;
  /** Null for a deleted file. */
  readonly head: FileFacts | null;
  /** The same file at the merge base, under its old path if it was renamed; null for an added one. */
  readonly base: FileFacts | null;
  /** Lines of the head that are not in the base. */
  readonly added: readonly LineRange[];
}

/** The changed source code as far as it was read. */
export interface Source {
  readonly files: readonly SourceFile[];
  /** Changed source files that were not read, each with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: Text }[];
  /** Files of classes that no source rule looks at (tests, generated code), by class. */
  readonly left: Readonly<Partial<Record<PathClass, number>>>;
}
