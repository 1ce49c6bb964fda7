import type { LoopKind } from "../../model/source.js";

/**
 * A kind of node that calls something. What is called stands in `target` (else it is the first child), or apart as
 * `receiver` and `name`. Arguments are the child in `arguments`, else the one that is a list of arguments by its kind.
 */
export interface CallShape {
  readonly target?: string;
  readonly receiver?: string;
  readonly name?: string;
  readonly arguments?: string;
  readonly constructs?: true;
  readonly decorates?: true;
  /** Only where the target is one of these kinds. */
  readonly only?: ReadonlySet<string>;
}

/** A kind of node that reads something off a value; without `name` it reads an element. */
export interface MemberShape {
  readonly object: string;
  readonly name?: string;
}

/** A kind of loop, by the fields of its parts. */
export interface LoopShape {
  readonly kind: LoopKind;
  /** Variables, in a field; else the child at a position. */
  readonly left?: string | number;
  /** What is gone through, evaluated once. */
  readonly right?: string | number;
  /** Runs once before the first round. */
  readonly once?: string;
  readonly condition?: string;
  /** Absent where the loop's own text is its header. */
  readonly body?: string;
  /** The parts stand in a child of one of these kinds. */
  readonly inside?: Readonly<Record<string, LoopShape>>;
}

/** Methods whose callback runs once for each element. */
export interface Iterators {
  readonly methods: ReadonlySet<string>;
  /** Free functions that are given the elements as another argument. */
  readonly functions?: ReadonlySet<string>;
  /** What has to be there: a function among the arguments, or a block. */
  readonly by: "function" | "block";
  /** Blocks of these methods run without end. */
  readonly endless?: ReadonlySet<string>;
}

/** What one language calls the parts of a program. Adding one means writing this, and a line in the registry. */
export interface LanguageTable {
  /** Functions; `callback` for those that are always taken for one. */
  readonly functions: Readonly<Record<string, { readonly callback?: true }>>;
  /** Classes and the like, whose names are a part of a function's path. */
  readonly classes: ReadonlySet<string>;
  readonly loops: Readonly<Record<string, LoopShape>>;
  readonly iterators?: Iterators;
  readonly calls: Readonly<Record<string, CallShape>>;
  readonly members: Readonly<Record<string, MemberShape>>;
  /** What gives a value a name: the fields of the name and of the value; without them the first and the last child. */
  readonly assignments: Readonly<Record<string, { readonly left?: string; readonly right?: string }>>;
  /** What closes the value in it when it is left. */
  readonly scopes: ReadonlySet<string>;
  /** Imports; how they are read is one of a few ways. */
  readonly imports: Readonly<Record<string, ImportShape>>;
  /** A name that is one of a channel, where the language has them. */
  readonly channels?: RegExp;
}

/** `script`: clauses of JavaScript; `names`: each child in a field `name`, `from` a module where it is told; `path`: the whole text, with an alias. */
export type ImportShape = "script" | "names" | "path";
