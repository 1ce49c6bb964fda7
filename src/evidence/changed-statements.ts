import type { Dialect } from "../model/statements.js";
import { canonical } from "../sql/lexer.js";
import type { ParsedStatement } from "./sources.js";

interface TakenText {
  readonly sql: string;
  readonly statements: readonly ParsedStatement[];
}

// A statement may stand twice in a list: once with its tree, once with what of it cannot be read.
const identities = ({ sql, statements }: TakenText, dialect: Dialect): readonly string[] =>
  statements.map((statement) => `${"tree" in statement} ${canonical(sql.slice(statement.start, statement.end), dialect)}`);

/**
 * Which of the head's statements are new or differ from the base's in more than layout and comments, in
 * their order. Texts are compared, not fingerprints: `OFFSET 10` made `OFFSET 5000` is a change. A
 * statement that the base holds once hides one at the head, not two.
 */
export function changedStatements(head: TakenText, base: TakenText, dialect: Dialect): readonly boolean[] {
  const known = new Map<string, number>();
  for (const identity of identities(base, dialect)) known.set(identity, (known.get(identity) ?? 0) + 1);
  return identities(head, dialect).map((identity) => {
    const left = known.get(identity) ?? 0;
    known.set(identity, left - 1);
    return left <= 0;
  });
}
