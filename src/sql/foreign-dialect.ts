import type { Dialect } from "../model/statements.js";
import { isTrivia, type Token, tokenize } from "./lexer.js";

export type ForeignDialect = "ClickHouse" | "CockroachDB";

const CLICKHOUSE =
  /\{ \w+ : \w+|\bFROM (?:(?!WHERE\b)[\w.{}$]+ ){1,8}FINAL\b|\bON CLUSTER\b|\bENGINE = \w*MergeTree\b|\bPREWHERE\b|\bARRAY JOIN\b|\bLIMIT \d+ BY\b|\bSETTINGS \w+ =|\b(?:argMax|argMin|groupArray|groupUniqArray|uniqExact|uniqIf|countIf|sumIf|avgIf|anyLast|toDateTime64|toUnixTimestamp\w*|toStartOf\w+|toInt64|toUInt64|toFloat64|arrayJoin|arrayMap|JSONExtract\w*|mapFilter) \(/;
const COCKROACH = /\bUPSERT INTO\b|\bAS OF SYSTEM TIME\b|\bSTORING \(|\bINTERLEAVE IN PARENT\b/i;

const MYSQL =
  /`|\bUPDATE (?:(?!SET\b)[^;]){1,2000} JOIN\b|\bON DUPLICATE KEY UPDATE\b|\bAUTO_INCREMENT\b|\bENGINE = InnoDB\b|^(?:INSERT IGNORE|REPLACE) INTO\b|\b(?:MODIFY|CHANGE) COLUMN\b/i;

// A word of each of the above: a text without any is not read token by token.
const OF_CLICKHOUSE =
  /[{@]|FINAL|CLUSTER|MergeTree|PREWHERE|ARRAY|LIMIT|SETTINGS|argM|group[AU]|uniq|countIf|sumIf|avgIf|anyLast|to[DUSIF]|array[JM]|JSONExtract|mapFilter/;
const OF_COCKROACH = /UPSERT|SYSTEM|STORING|INTERLEAVE/i;

const isName = (token: Token | undefined): boolean => token?.kind === "word" || token?.kind === "quoted";

/** `table@index`: three tokens without a gap. */
function hasIndexHint(tokens: readonly Token[], sql: string): boolean {
  return tokens.some((token, index) => {
    const [before, after] = [tokens[index - 1], tokens[index + 1]];
    const isAt = token.kind === "punctuation" && sql[token.start] === "@";
    return isAt && isName(before) && isName(after) && before?.end === token.start && after?.start === token.end;
  });
}

const wordsOf = (tokens: readonly Token[], sql: string): string =>
  tokens.map(({ kind, start, end }) => (kind === "quoted" ? "''" : sql.slice(start, end))).join(" ");

const meaningful = (sql: string, dialect: Dialect): readonly Token[] => [...tokenize(sql, dialect)].filter((token) => !isTrivia(token));

/** The database that a statement's own words name, when it is one that no parser of ours reads; else null. */
export function foreignDialect(sql: string, dialect: Dialect): ForeignDialect | null {
  if (!OF_CLICKHOUSE.test(sql) && !OF_COCKROACH.test(sql)) return null;
  const tokens = meaningful(sql, dialect);
  const words = wordsOf(tokens, sql);
  if (CLICKHOUSE.test(words)) return "ClickHouse";
  return COCKROACH.test(words) || (dialect === "postgresql" && hasIndexHint(tokens, sql)) ? "CockroachDB" : null;
}

/** True for text that PostgreSQL's parser refused and MySQL's would not: code for several databases holds both. */
export function isForMysql(sql: string, dialect: Dialect): boolean {
  return dialect === "postgresql" && MYSQL.test(wordsOf(meaningful(sql, dialect), sql));
}
