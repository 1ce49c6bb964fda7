import type { CallFact, FileFacts } from "../../model/source.js";
import { holderOf, names } from "./names.js";

const PYTHON_HOLDERS = names(
  "cursor *_cursor txn cur session *_session conn *_conn connection *_connection db *_db db_pool *_pool store engine async_session",
);
const PYTHON_VERBS = names(
  "execute run_interaction query scalars scalar fetch fetchrow fetchval fetch_one fetch_all fetch_val simple_select* simple_update* simple_insert*",
);
/** A cursor's rows: they are of a query that ran already. */
const PYTHON_ROWS = names("cursor *_cursor txn cur");
/** `session` is a browser's or an HTTP client's as well. */
const PYTHON_SESSIONS = names("session *_session async_session");
const PYTHON_SESSION_VERBS = names("execute query scalars scalar");
const JAVA_VERBS = names(
  "prepareStatement prepareCall createStatement getConnection executeQuery executeUpdate createQuery createNativeQuery",
);
const JAVA_NOT_HOLDERS = names("urlConnection httpConnection *HttpConnection url driverManager");

function isPythonSql(call: CallFact): boolean {
  const holder = holderOf(call);
  const { method, chain } = call;
  if (!PYTHON_HOLDERS(holder) || chain.length > 1 || !PYTHON_VERBS(method)) return false;
  if (PYTHON_SESSIONS(holder)) return PYTHON_SESSION_VERBS(method);
  return !(PYTHON_ROWS(holder) && method.startsWith("fetch"));
}

/** Whether a call executes or prepares a statement on a cursor, a session or a connection. */
export function isSqlCall(call: CallFact, { language }: FileFacts): boolean {
  if (call.constructs || call.receiver.length === 0) return false;
  if (language === "python") return isPythonSql(call);
  return language === "java" && JAVA_VERBS(call.method) && !JAVA_NOT_HOLDERS(holderOf(call));
}
