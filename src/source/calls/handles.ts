import type { CallFact, FileFacts } from "../../model/source.js";
import { isGoRequest } from "./http-calls.js";
import { holderOf, names } from "./names.js";
import { perFile } from "./per-file.js";

const PYTHON_OPENING = names(
  "gzip.open bz2.open lzma.open tarfile.open io.open codecs.open zipfile.ZipFile ZipFile socket.socket sqlite3.connect requests.Session psycopg.connect psycopg2.connect open",
);
const JAVA_OPENING = names(
  `FileInputStream FileOutputStream FileReader FileWriter RandomAccessFile Socket ServerSocket DatagramSocket ZipFile JarFile ZipInputStream
   ZipOutputStream GZIPInputStream GZIPOutputStream BufferedReader BufferedWriter BufferedInputStream BufferedOutputStream Scanner`,
);
const JAVA_FILES = names(
  "newInputStream newOutputStream newBufferedReader newBufferedWriter newByteChannel lines list walk find newDirectoryStream",
);
/** A reader or writer over one of these has nothing to close. */
const JAVA_MEMORY =
  /String(?:Reader|Writer)|ByteArray|System\.in|\bnew (?:InputStreamReader|OutputStreamWriter|PrintWriter)\((?![^)]*\bnew )/;
const GO_ROW_QUERIES = names("Query QueryContext Queryx QueryxContext NamedQuery NamedQueryContext");
const GO_ROW_HOLDERS = names("db DB tx Tx pool Pool conn Conn stmt *DB *Db *Tx *Pool *Conn *Stmt");
/** Functions that close the rows they are given. */
const GO_COLLECTING = names("CollectRows CollectOneRow CollectExactlyOneRow AppendRows ForEachRow ScanAll ScanOne StructScan");

const importsHttp = perFile(({ imports }) => imports.some(({ module }) => module === "net/http"));

/** Whether a call gives a response of Go's net/http, with a body to close. */
export const opensResponse = (call: CallFact, file: FileFacts): boolean => file.language === "go" && isGoRequest(call) && importsHttp(file);

/** Whether a call gives rows of Go's database/sql, pgx or sqlx, which hold a connection until they are closed. */
export const opensRows = (call: CallFact, { calls }: FileFacts): boolean =>
  GO_ROW_QUERIES(call.method) && GO_ROW_HOLDERS(holderOf(call)) && !GO_COLLECTING(calls[call.use.of ?? -1]?.method ?? "");

function opensInJava(call: CallFact): boolean {
  if (call.receiver[0] === "Files") return JAVA_FILES(call.method);
  if (!call.constructs || !JAVA_OPENING(call.method)) return false;
  const [first] = call.arguments;
  const isOverVariable = first?.kind === "identifier" && /^(?:Buffered|Scanner|(?!File)\w*(?:Input|Output)Stream$)/.test(call.method);
  return !isOverVariable && !JAVA_MEMORY.test(first?.text ?? "");
}

/** Whether a call opens a file, a socket or a connection that has to be closed. */
export function opensHandle(call: CallFact, { language }: FileFacts): boolean {
  if (language === "python") return PYTHON_OPENING([...call.receiver, call.method].join("."));
  return language === "java" && opensInJava(call);
}
