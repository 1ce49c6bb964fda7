import type { CallFact } from "../../model/source.js";
import { type FoundRoute, keyword, methodOf, positional, type RouteFamily, stringOf } from "./family.js";
import { joined } from "./path.js";

/** `:users`, `'users'`: a symbol or a string; null for anything else. */
const nameOf = (argument: CallFact["arguments"][number] | undefined): string | null =>
  stringOf(argument) ?? (argument && /^:\w+$/u.test(argument.text) ? argument.text.slice(1) : null);

const symbols = (argument: CallFact["arguments"][number] | undefined): readonly string[] | null =>
  argument ? [...argument.text.matchAll(/\w+/gu)].map(([word]) => word) : null;

const ACTIONS: readonly (readonly [string, string, string])[] = [
  ["index", "GET", ""],
  ["create", "POST", ""],
  ["new", "GET", "new"],
  ["show", "GET", ":id"],
  ["edit", "GET", ":id/edit"],
  ["update", "PATCH", ":id"],
  ["destroy", "DELETE", ":id"],
];

/** What the paths inside of a block begin with. Blocks of no path (`constraints`, `authenticate`) begin with nothing. */
function lead(call: CallFact, inner: string | undefined): string {
  const own = stringOf(keyword(call, "path")) ?? nameOf(positional(call)[0]) ?? "";
  if (call.method === "namespace" || call.method === "scope" || call.method === "resource") return own;
  if (call.method !== "resources") return "";
  return inner === "collection" ? own : joined(own, `:${nameOf(keyword(call, "param")) ?? "id"}`);
}

const at = ({ line, endLine }: CallFact) => ({ whole: true, line, endLine, handlers: [] });

function ofResources(call: CallFact, prefix: string): readonly FoundRoute[] {
  const name = stringOf(keyword(call, "path")) ?? nameOf(positional(call)[0]);
  if (name === null) return [];
  const [only, except] = [symbols(keyword(call, "only")), symbols(keyword(call, "except"))];
  const isOne = call.method === "resource";
  const kept = ACTIONS.filter(([action]) => (only ? only.includes(action) : !except?.includes(action)) && !(isOne && action === "index"));
  const place = { ...at(call), endLine: call.block ? call.line : call.endLine };
  return kept.map(([, method, rest]) => ({ method, path: joined(prefix, name, isOne ? rest.replace(":id", "") : rest), ...place }));
}

function methodsOf(call: CallFact): readonly (string | null)[] {
  const method = methodOf(call.method);
  if (method) return [method];
  const via = symbols(keyword(call, "via")) ?? [];
  return via.length === 0 || via.includes("all") ? [null] : via.map((name) => name.toUpperCase());
}

/** `get '/a', to: 'a#b'`, `get :preview`, `post 'a' => 'b#c'`, `root 'x#y'`. */
function ofVerb(call: CallFact, prefix: string): readonly FoundRoute[] {
  if (call.method === "root") return [{ method: "GET", path: joined(prefix), ...at(call) }];
  const isVerb = (methodOf(call.method) ?? null) !== null || call.method === "match";
  const arrow = call.arguments.find(
    (argument) => argument.keyword !== null && stringOf(argument)?.includes("#") && argument.keyword !== "to",
  );
  const path = isVerb ? (nameOf(positional(call)[0]) ?? arrow?.keyword ?? null) : null;
  return path === null ? [] : methodsOf(call).map((method) => ({ method, path: joined(prefix, path), ...at(call) }));
}

/** Blocks inside of blocks; nobody writes more. */
const DEPTH = 16;

function prefixOf(blocks: readonly CallFact[], call: CallFact): string {
  const around = blocks.filter((block) => block.start < call.start && call.end <= block.end);
  return joined(...around.slice(-DEPTH).map((block, index, inside) => lead(block, inside[index + 1]?.method ?? onOf(call))));
}

/** `get :search, on: :collection`. */
const onOf = (call: CallFact): string | undefined => nameOf(keyword(call, "on")) ?? undefined;

/** Rails: `config/routes.rb` and the files that it draws. */
export const railsRoutes: RouteFamily = (file) => {
  if (!/(?:^|\/)config\/routes(?:\.rb|\/.+\.rb)$/u.test(file.path)) return [];
  const blocks = file.calls.filter(({ block }) => block);
  return file.calls
    .filter(({ receiver }) => receiver.length === 0)
    .flatMap((call) => {
      const prefix = prefixOf(blocks, call);
      return call.method === "resources" || call.method === "resource" ? ofResources(call, prefix) : ofVerb(call, prefix);
    });
};
