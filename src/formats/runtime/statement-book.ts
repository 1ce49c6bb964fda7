import type { RuntimeStatement } from "../../model/runtime.js";
import { type Sent, sentStatements } from "../../sql/sent/statement.js";

/** Texts that are remembered, and the longest of them: a program sends a few hundred, each many times. */
const REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 4_000;
/** Distinct statements that are kept with their texts, and characters of all these texts. */
const MOST_STATEMENTS = 20_000;
/** Characters that are taken apart: with literals in it each text is another, and must be looked at. */
const MOST_TEXT = 16_000_000;
const MOST_CHARACTERS = 10_000_000;

/** The statements of one record: each text is taken apart once, each statement kept once. */
export class StatementBook {
  private readonly known = new Map<string, readonly Sent[]>();
  private readonly single = new Map<string, readonly Sent[]>();
  private readonly kept = new Map<string, RuntimeStatement>();
  private characters = 0;
  private looked = 0;
  private readonly mostText: number;
  /** Statements were left out of {@link statements}: there were too many. */
  overflowed = false;

  constructor(mostText = MOST_TEXT) {
    this.mostText = mostText;
  }

  sent(sql: string | undefined, system: string, name: string): readonly Sent[] {
    const key = sql === undefined ? `\0${system}\0${name}` : `${system}\0${sql}`;
    const known = this.known.get(key);
    if (known) return known;
    const found = this.shared(this.takenApart(sql, system, name));
    if (key.length > LONGEST_REMEMBERED) return found;
    if (this.known.size >= REMEMBERED) this.known.clear();
    this.known.set(key, found);
    return found;
  }

  private takenApart(sql: string | undefined, system: string, name: string): readonly Sent[] {
    this.looked += sql?.length ?? 0;
    if (this.looked <= this.mostText) return sentStatements(sql, system, name);
    this.overflowed = true;
    return sentStatements(undefined, system, name);
  }

  /** One list for all that send the same single statement: with literals in its text, each span has a text of its own. */
  private shared(found: readonly Sent[]): readonly Sent[] {
    const [first] = found;
    if (!first || found.length > 1) return found;
    const { fingerprint, system } = first.statement;
    const key = `${system} ${fingerprint}`;
    const known = this.single.get(key);
    if (!known && this.single.size < MOST_STATEMENTS) this.single.set(key, found);
    return known ?? found;
  }

  /** A statement was counted. */
  keep(statement: RuntimeStatement): void {
    if (this.kept.has(statement.fingerprint)) return;
    this.characters += statement.normalized.length + (statement.sql?.length ?? 0);
    if (this.kept.size >= MOST_STATEMENTS || this.characters > MOST_CHARACTERS) this.overflowed = true;
    else this.kept.set(statement.fingerprint, statement);
  }

  statements(): readonly RuntimeStatement[] {
    return [...this.kept.values()];
  }
}
