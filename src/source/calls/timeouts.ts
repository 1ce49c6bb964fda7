import type { ArgumentFact, CallFact, FileFacts, Language } from "../../model/source.js";
import { hasKeyword, holderOf, isOpaque, names } from "./names.js";
import { perFile } from "./per-file.js";

type Waits = (call: CallFact, file: FileFacts) => boolean;

const LIMITS = names("timeout signal Timeout timeoutMs");
const AXIOS_WITH_DATA = names("post put patch postForm putForm patchForm");
const AXIOS_WITHOUT = names("get delete head options request");
const GO_FUNCTIONS = names("Get Post Head PostForm");
const GO_DEADLINES = names("WithTimeout WithDeadline WithTimeoutCause WithDeadlineCause");
const GO_SERVER_LIMITS = names("ReadTimeout ReadHeaderTimeout");
const PYTHON_LIMITS = names("timeout socket_timeout");
const PYTHON_VERBS = names("get post put patch delete head options request");
const PYTHON_MAILERS = names("SMTP SMTP_SSL IMAP4 IMAP4_SSL FTP FTP_TLS POP3 POP3_SSL HTTPConnection HTTPSConnection");
const PYTHON_MODULES = names("smtplib imaplib ftplib poplib http.client");
const RUBY_VERBS = names("get get_response get_print post post_form");
const RUBY_LIMITS = names("open_timeout read_timeout timeout");
/** Functions within functions that are looked through; nobody writes more. */
const DEPTH = 12;
const CURL_LIMITS = /CURLOPT_TIMEOUT/;

/** Only browsers know what an address without a host belongs to. */
const RELATIVE = /^[`'"]\/(?!\/)/;
/** Only browsers send cookies of their own. */
const BROWSER_OPTIONS = names("withCredentials credentials");

/** `new URL("./font.ttf", import.meta.url)` is a file that is bundled with the code. */
const isOwnFile = ({ arguments: [address] }: CallFact, { calls }: FileFacts): boolean =>
  calls[address?.call ?? -1]?.arguments.some(({ text }) => text === "import.meta.url") ?? false;

/** Whether it is told by the call itself that a browser runs it. */
function isOfBrowser({ arguments: [address, ...options] }: CallFact, { calls }: FileFacts): boolean {
  const made = calls[address?.call ?? -1]?.arguments[0]?.text ?? "";
  return (
    RELATIVE.test(address?.text ?? "") || RELATIVE.test(made) || [address, ...options].some((given) => given?.keys.some(BROWSER_OPTIONS))
  );
}

/** A module of ours under a client's name may have a time-out of its own. */
const ownNames = perFile(
  ({ imports }) =>
    new Set(imports.flatMap(({ local, module }) => (local !== null && /^(?:\.|@\/|~\/|#|src\/)/.test(module) ? [local] : []))),
);

const isParameter = (name: string, call: CallFact, { functions }: FileFacts): boolean => {
  for (let at = call.function, depth = 0; at !== null && depth < DEPTH; at = functions[at]?.function ?? null, depth += 1)
    if (functions[at]?.parameters.includes(name)) return true;
  return false;
};

/** Options that are there to be read and have no limit, or are not there at all. */
const unlimited = (options: ArgumentFact | undefined): boolean =>
  options === undefined || (options.kind === "object" && !options.keys.some((key) => key === "..." || LIMITS(key)));

function isFetchWaiting(call: CallFact, file: FileFacts): boolean {
  const [request, options] = call.arguments;
  if (call.receiver.length > 1 || (call.receiver.length === 1 && call.receiver[0] !== "globalThis")) return false;
  if (ownNames(file).has(call.method) || isParameter(call.method, call, file) || isOpaque(call)) return false;
  if (!request || /req(?:uest)?$/i.test(request.text) || request.kind === "object") return false;
  return unlimited(options);
}

function isAxiosWaiting(call: CallFact, file: FileFacts): boolean {
  const { receiver, method, arguments: given } = call;
  if (ownNames(file).has("axios") || isOpaque(call)) return false;
  if (receiver.length === 0) return given[0]?.kind === "object" ? unlimited(given[0]) : given.length > 0 && unlimited(given[1]);
  if (method === "create" || method === "request") return unlimited(given[0]);
  return AXIOS_WITH_DATA(method) ? unlimited(given[2]) : AXIOS_WITHOUT(method) && unlimited(given[1]);
}

function isScriptWaiting(call: CallFact, file: FileFacts): boolean {
  if (isOfBrowser(call, file) || isOwnFile(call, file)) return false;
  if (call.method === "fetch") return isFetchWaiting(call, file);
  return (call.receiver.length === 0 ? call.method : holderOf(call)) === "axios" && call.receiver.length < 2 && isAxiosWaiting(call, file);
}

/** A client that is made where the caller gave none: who calls may well give one. */
const isFallback = (call: CallFact, { functions }: FileFacts): boolean =>
  call.use.how === "assigned" && call.use.names.some((name) => functions[call.function ?? -1]?.parameters.includes(name));

const givesContext = ({ method, arguments: [context] }: CallFact): boolean =>
  (method === "NewRequestWithContext" || method === "WithContext") && !/^context\./.test(context?.text ?? "");

const contextual = perFile(({ calls }) => new Set(calls.filter(givesContext).map((call) => call.function)));

const limited = perFile(({ calls }) => new Set(calls.filter(({ method }) => GO_DEADLINES(method)).map((call) => call.function)));

/**
 * Whether a deadline may come from elsewhere: `http.NewRequestWithContext(ctx, …)` in the same function takes the caller's,
 * and a client's requests may get theirs, or take the caller's, in another function of the file.
 */
export const mayHaveDeadline = (call: CallFact, file: FileFacts): boolean =>
  contextual(file).has(call.function) || (call.constructs && limited(file).size + contextual(file).size > 0);

/** Whether something in the same function puts a deadline on what its requests may take. */
const hasDeadline = (call: CallFact, file: FileFacts): boolean => limited(file).has(call.function);

function isGoWaiting(call: CallFact, file: FileFacts): boolean {
  const { receiver, method } = call;
  if (receiver[0] !== "http") return false;
  if (receiver.length === 2) return receiver[1] === "DefaultClient" && method !== "CloseIdleConnections" && !hasDeadline(call, file);
  if (receiver.length > 2) return false;
  if (call.constructs) return method === "Client" && !hasKeyword(call, LIMITS) && !isFallback(call, file) && !hasDeadline(call, file);
  return GO_FUNCTIONS(method);
}

function isPythonWaiting(call: CallFact): boolean {
  const { receiver, method, arguments: given } = call;
  if (isOpaque(call) || hasKeyword(call, PYTHON_LIMITS)) return false;
  const [module = ""] = receiver;
  if (method === "urlopen") return given.length < 3 && (receiver.length === 0 || receiver.includes("request"));
  if (receiver.length === 1 && module === "requests") return PYTHON_VERBS(method);
  if (method === "create_connection") return module === "socket" && given.length < 2;
  if (module === "redis") return receiver.length === 1 && (method === "Redis" || method === "StrictRedis");
  return PYTHON_MODULES(receiver.join(".")) && PYTHON_MAILERS(method);
}

const isRubyWaiting = (call: CallFact): boolean =>
  call.receiver.join("::") === "Net::HTTP" &&
  (RUBY_VERBS(call.method) || (call.method === "start" && !isOpaque(call) && !hasKeyword(call, RUBY_LIMITS)));

const limitsCurl = perFile(({ calls }) =>
  calls.some(({ arguments: given }) => given.some(({ text, keys }) => [text, ...keys].some((written) => CURL_LIMITS.test(written)))),
);

const WAITING: Readonly<Partial<Record<Language, Waits>>> = {
  typescript: isScriptWaiting,
  tsx: isScriptWaiting,
  javascript: isScriptWaiting,
  go: isGoWaiting,
  python: isPythonWaiting,
  java: ({ constructs, method, arguments: given }) => constructs && method === "RestTemplate" && given.length === 0,
  ruby: isRubyWaiting,
  "c-sharp": (call) =>
    call.constructs && call.method === "HttpClient" && call.arguments.every(({ keyword }) => keyword !== null) && !hasKeyword(call, LIMITS),
  php: (call, file) => call.method === "curl_exec" && !limitsCurl(file),
};

/** Whether a request, or the client that is made here, may wait for its answer for ever. */
export const waitsForEver = (call: CallFact, file: FileFacts): boolean => WAITING[file.language]?.(call, file) ?? false;

/** `WithDefaults(&http.Server{…})`: whoever is given it sets what is missing. */
const isCompleted = ({ use }: CallFact): boolean => use.how === "argument";

/** Whether a server of Go's is made that waits for a request's header for ever. */
export const listensForEver = (call: CallFact): boolean =>
  call.constructs &&
  call.method === "Server" &&
  call.receiver.join(".") === "http" &&
  !hasKeyword(call, GO_SERVER_LIMITS) &&
  !isCompleted(call);
