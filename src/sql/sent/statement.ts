import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { LONGEST_STATEMENT, type RuntimeStatement } from "../../model/runtime.js";
import type { Dialect } from "../../model/statements.js";
import { dialectNamed } from "../dialect.js";
import { whyCut } from "./cut.js";
import { tablesOf, verbOf } from "./facts.js";
import { isNoise } from "./noise.js";
import { normalizedText } from "./normalized.js";
import { parameterizedText } from "./parameterized.js";
import { batchOf, type SentToken, sentTokens } from "./tokens.js";

/** A statement of a record, and whether it is counted apart. */
export interface Sent {
  readonly statement: RuntimeStatement;
  readonly noise: boolean;
}

/** In characters: what is shown of a statement is cut much shorter. */
const SHOWN = 2_000;

/** 64 bits: of a million statements, two are alike by chance once in 37 million. */
const DIGITS = 16;

const fingerprintOf = (...parts: readonly string[]): string => bytesToHex(sha256(utf8ToBytes(parts.join("\0")))).slice(0, DIGITS);

/** Names that OpenTelemetry has for what speaks one of our dialects, or is read as PostgreSQL's for want of another. */
const SYSTEMS: ReadonlyMap<string, Dialect> = new Map([
  ["microsoft.sql_server", "transactsql"],
  ["aws.redshift", "redshift"],
  ["gcp.bigquery", "bigquery"],
]);

/** Databases whose statements are SQL; others are counted by system. */
const OTHER_SQL = new Set(
  "cockroachdb clickhouse oracle oracle.db db2 ibm.db2 other_sql h2 h2database hsqldb derby edb firebirdsql trino presto gcp.spanner sybase vertica hana sap.hana cassandra".split(
    " ",
  ),
);

/** The dialect that a system's statements are read in; null for a system that speaks no SQL. */
export function dialectOfSystem(system: string): Dialect | null {
  return (
    SYSTEMS.get(system) ??
    dialectNamed(system) ??
    (OTHER_SQL.has(system.toLowerCase()) || dialectNamed(system) === null ? "postgresql" : null)
  );
}

function complete(tokens: readonly SentToken[], system: string): Sent {
  const normalized = normalizedText(tokens);
  const [verb, tables] = [verbOf(tokens), tablesOf(tokens)];
  return {
    statement: {
      fingerprint: fingerprintOf(normalized),
      normalized: normalized.slice(0, SHOWN),
      sql: parameterizedText(tokens),
      system,
      verb,
      tables,
    },
    noise: isNoise(tokens, verb, tables),
  };
}

/**
 * The statements of one text as it was sent, several where it is a batch; never none. Linear in its length.
 *
 * @param sql undefined where the record has no text
 * @param name of the span or whatever stands for it: the identity of a statement whose text cannot be trusted
 */
export function sentStatements(sql: string | undefined, system: string, name: string): readonly Sent[] {
  const dialect = dialectOfSystem(system) ?? "postgresql";
  const tokens = sentTokens((sql ?? "").slice(0, LONGEST_STATEMENT), dialect);
  const incomplete = whyCut(sql, tokens, dialect);
  if (incomplete === undefined) return batchOf(tokens).map((statement) => complete(statement, system));
  const verb = verbOf(tokens);
  const statement = {
    fingerprint: fingerprintOf(system, name),
    normalized: name.slice(0, SHOWN),
    system,
    verb: "",
    tables: [],
    incomplete,
  };
  return [{ statement, noise: isNoise(tokens, verb, []) && verb !== "SELECT" }];
}
