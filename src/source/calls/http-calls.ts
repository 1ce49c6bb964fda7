import type { CallFact, FileFacts, Language } from "../../model/source.js";
import { holderOf, names } from "./names.js";

const VERBS = names("get post put patch delete head options request getUri");
const SCRIPT_FUNCTIONS = names("fetch $fetch axios got ky nodeFetch");
const SCRIPT_CLIENTS = names("axios got ky superagent $http axiosInstance *Axios httpService");
const GLOBALS = names("globalThis window self global");
const GO_FUNCTIONS = names("Get Post Head PostForm");
const PYTHON_CLIENTS = names("requests httpx");
const RUBY_CLIENTS = names("Net::HTTP Faraday HTTP HTTParty RestClient Excon Typhoeus");
const RUBY_VERBS = names("get get_response get_print post post_form put patch delete head start request");
const JAVA_HOLDERS = names("restTemplate *RestTemplate");
const JAVA_VERBS = names("getFor* postFor* put delete patchFor* exchange execute headForHeaders");

function isScriptRequest(call: CallFact, { functions }: FileFacts): boolean {
  const { receiver, method } = call;
  if (!call.awaited) return false;
  const isParameter = call.function !== null && functions[call.function]?.parameters.includes(method);
  if (SCRIPT_FUNCTIONS(method) && (receiver.length === 0 || (receiver.length === 1 && GLOBALS(receiver[0] ?? ""))))
    return !isParameter || method === "fetch";
  return SCRIPT_CLIENTS(holderOf(call)) && VERBS(method);
}

/** `http.Get(…)`, `http.DefaultClient.Do(…)`, `s.client.Do(request)`: a client of another kind is given a context first. */
export function isGoRequest(call: CallFact): boolean {
  const { receiver, method, arguments: given } = call;
  if (receiver.length === 1 && receiver[0] === "http") return !call.constructs && GO_FUNCTIONS(method);
  return method === "Do" && /client$/i.test(holderOf(call)) && given.length === 1 && !/c(?:on)?te?xt\b/i.test(given[0]?.text ?? "");
}

function isPythonRequest({ receiver, method }: CallFact): boolean {
  return (receiver.length === 1 && PYTHON_CLIENTS(receiver[0] ?? "") && VERBS(method)) || method === "urlopen";
}

const isRubyRequest = ({ receiver, method }: CallFact): boolean => RUBY_CLIENTS(receiver.join("::")) && RUBY_VERBS(method);

const REQUESTS: Readonly<Partial<Record<Language, (call: CallFact, file: FileFacts) => boolean>>> = {
  typescript: isScriptRequest,
  tsx: isScriptRequest,
  javascript: isScriptRequest,
  go: isGoRequest,
  python: isPythonRequest,
  ruby: isRubyRequest,
  java: (call) => JAVA_HOLDERS(holderOf(call)) && JAVA_VERBS(call.method),
};

/** Whether a call sends a request to another service, by the names of its language's HTTP clients. */
export const isHttpCall = (call: CallFact, file: FileFacts): boolean => REQUESTS[file.language]?.(call, file) ?? false;
