import { isBuilderCall, isConditionCall, isMessageCall, isQueryCall, isSqlTag, isWayBack, keepsText } from "./callees.js";
import { decode } from "./decode.js";
import type { Language } from "./language.js";
import type { Literal, Part, SourceLiterals } from "./literal.js";
import { type MappedText, type Segment, TextMapper } from "./mapped-text.js";
import { isCondition, sqlLikeness } from "./sql-words.js";
import { holeText, withVerbs } from "./verbs.js";

/** Why a text is only a piece of what runs. */
export type Openness = "extended" | "built" | "jpql";

/** SQL in a literal, with the way back to the file. Offsets are UTF-16 units. */
export interface SourceSql {
  /** The literal with its quotes. */
  readonly start: number;
  readonly end: number;
  /** What the literal stands for; values and expressions that are put in are `${name}` or `${}`. */
  readonly sql: string;
  readonly segments: readonly Segment[];
  /** A whole statement or several, or the condition of one that code puts together. */
  readonly kind: "statements" | "condition";
  /** False where plain English begins alike: what does not parse is no SQL then. */
  readonly certain: boolean;
  /** Set where it is not all of what runs. */
  readonly open: Openness | null;
  readonly place: string;
  /** Where the host language's own statement begins. */
  readonly anchor: number;
  /** Undoes a migration. */
  readonly wayBack: boolean;
}

/** A text made of constants that hold each other may grow without end. */
const LONGEST = 128 * 1024;
const DEPTH = 6;

const OWN_NAME = /^(?:(?:this|self|Self|cls|static|[A-Z]\w*)(?:\.|::))?(\w+)$/;

type Constants = ReadonlyMap<string, Literal | null>;

/** What a method makes of a literal (`", ".join(…)`) is another text. */
const isWhole = ({ call }: Literal): boolean => call.methods.every(keepsText);

/** Names that one literal of the file is the value of; null for those with several. */
function constantsOf({ literals, extended }: SourceLiterals): Constants {
  const constants = new Map<string, Literal | null>();
  for (const literal of literals) {
    const name = literal.declares;
    if (name === null) continue;
    const isOnly = !constants.has(name) && !extended.has(`${literal.place}:${name}`);
    constants.set(name, isOnly && isWhole(literal) ? literal : null);
  }
  return constants;
}

class Composer {
  private readonly mapper = new TextMapper();
  private left = LONGEST;
  private readonly source: string;
  private readonly constants: Constants;

  constructor(source: string, constants: Constants) {
    this.source = source;
    this.constants = constants;
  }

  compose(literal: Literal): MappedText {
    for (const part of literal.parts) {
      if (part.kind === "hole") this.put(this.holeOf(part, DEPTH), part.start);
      else decode(this.source.slice(part.start, part.end), part.start, part.writing, this.mapper);
    }
    return this.mapper.mapped();
  }

  private put(text: string, source: number): void {
    this.mapper.replace(text, source);
    this.left -= text.length;
  }

  private holeOf(hole: Extract<Part, { kind: "hole" }>, depth: number): string {
    const inner = hole.inner ?? this.constant(hole.name);
    return inner === null || depth === 0 || this.left <= 0 ? holeText(hole.name) : this.textOf(inner, depth - 1);
  }

  /** `COLUMNS`, `this.columns`, `Orders.COLUMNS`; `order.name` is a value. */
  private constant(name: string | null): readonly Part[] | null {
    const last = OWN_NAME.exec(name ?? "")?.[1];
    return (last !== undefined && this.constants.get(last)?.parts) || null;
  }

  private textOf(parts: readonly Part[], depth: number): string {
    const mapper = new TextMapper();
    for (const part of parts) {
      if (part.kind === "hole") mapper.replace(this.holeOf(part, depth), 0);
      else decode(this.source.slice(part.start, part.end), 0, part.writing, mapper);
    }
    const { text } = mapper.mapped();
    this.left -= text.length;
    return text;
  }
}

function kindOf(literal: Literal, text: string): Pick<SourceSql, "kind" | "certain"> | null {
  const likeness = sqlLikeness(text);
  if (likeness === "no") return isConditionCall(literal.call) && isCondition(text) ? { kind: "condition", certain: false } : null;
  if (isSqlTag(literal.tag) || isQueryCall(literal.call)) return { kind: "statements", certain: true };
  if (likeness === "unlikely" || isMessageCall(literal.call)) return null;
  return { kind: "statements", certain: likeness === "yes" };
}

/** Java's `createQuery` and `@Query` are over classes, unless they say that they are not. */
function isJpql({ call, anchor, start, end }: Literal, source: string, language: Language): boolean {
  if (language !== "java" || !/^(?:createQuery|Query|NamedQuery)$/.test(call.callee ?? "")) return false;
  const behind = /^[^;{]*/.exec(source.slice(end, end + 200))?.[0] ?? "";
  return !`${source.slice(anchor, start)}${behind}`.includes("nativeQuery");
}

function opennessOf(literal: Literal, { extended }: SourceLiterals, source: string, language: Language): Openness | null {
  const { place, declares, call } = literal;
  if (declares !== null && extended.has(`${place}:${declares}`)) return "extended";
  if (isJpql(literal, source, language)) return "jpql";
  return isBuilderCall(call) ? "built" : null;
}

/**
 * The SQL among a file's literals, in their order. Nested templates and constants of the same file are put
 * in where they stand; what else is put in stays a hole.
 */
export function composeSql(file: SourceLiterals, source: string, language: Language): readonly SourceSql[] {
  const constants = constantsOf(file);
  return file.literals.flatMap((literal) => {
    const { text: sql, segments } = withVerbs(new Composer(source, constants).compose(literal), language, literal.call);
    const kind = kindOf(literal, sql);
    if (!kind) return [];
    const { start, end, place, anchor, call } = literal;
    return [
      {
        start,
        end,
        sql,
        segments,
        ...kind,
        open: opennessOf(literal, file, source, language),
        place,
        anchor,
        wayBack: isWayBack(place, call),
      },
    ];
  });
}
