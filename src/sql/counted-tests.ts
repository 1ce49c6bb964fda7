import type { Expression, Query } from "./query.js";
import { expressions, parts } from "./query-walk.js";

/** Comparisons of a count that ask only whether there is any, with the number that they compare with. */
const TESTS: ReadonlySet<string> = new Set(["> 0", ">= 1", "<> 0", "= 0", "< 1", "<= 0"]);

/** A bare `count(*)` or `count(x)`: one with a FILTER or DISTINCT beside other results is not alone. */
const isCount = (expression: Expression | undefined): boolean =>
  expression?.kind === "call" &&
  expression.name === "count" &&
  !expression.over &&
  expression.operands.every((operand) => operand.kind === "column" || operand.kind === "constant");

const isWholeCount = ({ groupBy, outputs, from }: Query): boolean =>
  groupBy.length === 0 && outputs.length === 1 && from.length > 0 && isCount(outputs[0]?.expression);

function counts(expression: Expression | undefined, level: Query): boolean {
  if (expression?.kind === "query") return isWholeCount(expression.query);
  return isCount(expression) && level.groupBy.length === 0 && level.from.length > 0 && level.outputs.length <= 1;
}

function testIn(expression: Expression, level: Query): readonly string[] {
  if (expression.kind !== "operator") return [];
  const [left, right] = expression.operands;
  if (right?.kind !== "constant" || !counts(left, level)) return [];
  const test = `${expression.name} ${right.value}`;
  return TESTS.has(test) ? [test] : [];
}

/** The tests of a level that count rows to learn whether there is one: `> 0`, `= 0`, … */
export function countedTests(level: Query): readonly string[] {
  return expressions(level)
    .flatMap(parts)
    .flatMap((part) => testIn(part, level));
}
