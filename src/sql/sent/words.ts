const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Behind these stands an expression, not an operator. */
export const EXPECTS_VALUE = words(
  "all and any as between by case distinct do else escape except first from having if ilike in intersect into is join like limit next not offset on or returning select set similar some then top union using values value when where with",
);

/** Of these, the ones behind which `null`, `true` and `false` are no values. */
export const NO_VALUE_BEHIND = words("is not set distinct do on");

/** Behind these an opening bracket is no call's. */
export const BEFORE_BRACKET = new Set([
  ...EXPECTS_VALUE,
  "exists",
  "over",
  "filter",
  "within",
  "group",
  "key",
  "references",
  "table",
  "lateral",
  "materialized",
]);

/** In front of these literals the type's name stands as a word: `interval '1 day'`. */
export const TYPED_LITERALS = words("interval date time timestamp timestamptz timetz");

/** Types that take figures in brackets: `varchar(20)`. */
export const SIZED_TYPES = words(
  "varchar char character varying numeric decimal dec bit float time timestamp timestamptz timetz interval bpchar nvarchar nchar varbinary",
);

/** Behind these a figure says how many rows. */
export const ROW_COUNTS = words("limit offset first next top");
