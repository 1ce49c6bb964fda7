import type { CallContext } from "./literal.js";

const CONDITION = /^(?:and|or|not|re)?_?(?:where|having)(?:_?not|_?raw)?$/i;
const QUERY =
  /quer(?:y|ies)|exec|prepare|sql|statement|^(?:raw|get|get_?context|fetch\w*|batch|queue|all|text|scalar|op|select(?:one|all|rows|values?|context|_one|_all|_rows|_values?)?)$/i;
const MESSAGE =
  /error|exception|^(?:new|wrapf?|with_?messagef?|fatalf?|panicf?|logf?|infof?|warnf?|warning|debugf?|tracef?|e?print(?:f|ln)?|fprint(?:f|ln)|bail|anyhow|expect|unwrap|(?:with_)?context|describe|it|test|message|annotatef?|info_span|debug_span|raise|fail|assert\w*|title|label|t|translate|has_?prefix|starts_?with|ends_?with|includes|contains|match|index_?of|replace(?:_?all)?|split)$/i;
const BUILDER = /^(?:write_?string|append\w*|push\w*|concat|add|write(?:_str)?|extend|insert|join)$/i;
const KEEPS = /^(?:l?strip\w*|r?strip|trim\w*|dedent|squish|freeze|chomp|to_?string|to_owned|to_s|into|as_str|html_safe|intern)$/i;
const WAY_BACK = /^(?:[Dd]own|[Dd]owngrade|[Rr]ollback|[Rr]evert|[Rr]everse)(?=$|[A-Z_\d])/;

/** `where("a = ?")`, `.Where(…)`, `whereRaw`: its first argument is a condition, not a statement. */
export const isConditionCall = ({ callee, argument }: CallContext): boolean => callee !== null && argument === 0 && CONDITION.test(callee);

/** True for a call that runs or prepares SQL. */
export const isQueryCall = ({ callee }: CallContext): boolean => callee !== null && QUERY.test(callee);

/** True for a call whose text is for people: an error, a log line, a label. */
export const isMessageCall = (call: CallContext): boolean => call.callee !== null && MESSAGE.test(call.callee) && !isQueryCall(call);

/** True for a call that takes the text as a piece of a longer one. */
export const isBuilderCall = ({ callee }: CallContext): boolean => callee !== null && BUILDER.test(callee);

/** True for a template's tag that means SQL: `sql`, `Prisma.sql`, `SQL`, `pgSql`. */
export const isSqlTag = (tag: string | null): boolean => tag !== null && /sql|^raw$|query/i.test(tag);

/** The way back of a migration: its function, or the argument that holds it. */
export const isWayBack = (place: string, { argument }: CallContext): boolean =>
  argument === "reverse_sql" || place.split(".").some((name) => WAY_BACK.test(name));

/** True for a method whose result says the same as the text itself: `trim`, not `join`. */
export const keepsText = (method: string): boolean => KEEPS.test(method);
