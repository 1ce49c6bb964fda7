import pg from "pg";
import { UsageError } from "../usage.js";

const CONNECT_MS = 15_000;
const UNREACHABLE: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ECONNRESET",
  "ENOENT",
]);

const NO_ADDRESS = "this is no address of a PostgreSQL database; write postgres://user@host:5432/database, the password in PGPASSWORD";

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Where it was tried, without user and password. */
const placeOf = ({ host, port, database }: pg.Client): string => `${host}:${port}/${database ?? ""}`;

/** By SQLSTATE: what to do about it. */
const REMEDIES: Readonly<Record<string, string>> = {
  "28P01": "check the user and the password (PGPASSWORD or ~/.pgpass)",
  "28000": "check the user, and whether the server wants encryption: add ?sslmode=require",
  "3D000": "check the name behind the last slash",
  "42501": "the role needs CONNECT on the database and USAGE on its schemas; sizes need nothing more",
  "57014": "a statement took longer than 60 s; try again when the server is less busy",
};

/** A sentence for what pg throws: it names host, port and database, and never the user's password. */
export function databaseError(error: unknown, client: pg.Client): Error {
  const code = codeOf(error);
  const place = placeOf(client);
  if (UNREACHABLE.has(code) || messageOf(error).includes("timeout expired"))
    return new Error(`the database at ${place} could not be reached (${code || "no answer in 15 s"}); check host, port and firewall`);
  const remedy = Object.hasOwn(REMEDIES, code) ? `; ${REMEDIES[code]}` : "";
  return new Error(`the database at ${place} refused: ${messageOf(error)}${remedy}`);
}

function clientFor(url: string): pg.Client {
  try {
    if (!/^postgres(?:ql)?:\/\//.test(url)) throw new Error(NO_ADDRESS);
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, application_name: "redline stats export" });
  } catch {
    // What URL parsers throw quotes the address, and with it the password.
    throw new UsageError(NO_ADDRESS);
  }
}

/** Opens one connection, hands it out and closes it. @throws Error with a sentence for a person */
export async function withDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientFor(url);
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw databaseError(error, client);
  } finally {
    await client.end().catch(() => {});
  }
}
