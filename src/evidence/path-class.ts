import type { Config } from "../config/config.js";
import { matchesGlob } from "../config/glob.js";
import type { PathClass } from "../model/source.js";
import { isGenerated } from "../source/generated.js";
import { languageOf } from "../source/language.js";
import { isBundled, runtimeOf } from "../source/runtime.js";

/** How paths of one class usually look: folders by their name, files by theirs. */
interface Usual {
  readonly class: Exclude<PathClass, "server">;
  readonly folders: ReadonlySet<string>;
  /** Folders at the root of the repository. */
  readonly top?: ReadonlySet<string>;
  /** Several folders in a row. */
  readonly paths?: readonly string[];
  readonly folder?: RegExp;
  readonly file?: RegExp;
  /** Folders that say so of JavaScript and its heirs only. */
  readonly scriptFolders?: ReadonlySet<string>;
  /** A folder that says otherwise. */
  readonly unless?: ReadonlySet<string>;
  /** Several folders in a row that say otherwise. */
  readonly unlessPaths?: readonly string[];
  /** A folder that says otherwise where it lies above those of the class: `api/web`, but not `web/lib/api`. */
  readonly unlessWithin?: string;
}

const set = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** In this order: the first that matches is the file's class, and what matches none is a server's. */
const USUAL: readonly Usual[] = [
  {
    class: "generated",
    folders: set("gen generated __generated__"),
    file: /_pb2(?:_grpc)?\.pyi?$|\.pb(?:\.gw)?\.go$|\.g\.cs$|\.designer\.cs$/i,
  },
  { class: "vendor", folders: set("vendor node_modules third_party dist"), file: /\.min\.[cm]?js$/ },
  {
    class: "test",
    folders: set(
      "test tests __tests__ spec specs e2e __e2e__ fixture fixtures testdata mock mocks __mocks__ testing testhelper testhelpers factories test-utils",
    ),
    folder: /^test(?:-|_)?(?:containers?|utils?|suites?|support|kit|data|ing|lib)$|^(?:\w{1,40})?[-_]tests?$/,
    file: /_test\.(?:go|py|exs)$|\.(?:test|spec|e2e|stories)\.[cm]?[jt]sx?$|_spec\.rb$|^test_.*\.py$|^conftest\.py$|(?:Tests?|IT)\.(?:java|cs|php)$/,
  },
  {
    class: "bench",
    folders: set("bench benches benchmark benchmarks jmh"),
    file: /\.bench\.[cm]?[jt]sx?$|^bench_.*\.py$|Bench(?:mark)?\.(?:php|java|cs)$|^locustfile\.py$/,
  },
  {
    class: "migration",
    folders: set("migrations migration data-migrations data_migrations backfills install upgrade"),
    paths: ["db/migrate", "db/post_migrate"],
    folder: /background[_-]?migration/i,
    file: /background[_-]?migration|^(?:migrate_)?\d{4,}_|^migrations?\.\w{2,4}$/i,
  },
  {
    class: "script",
    folders: set(
      "scripts bin tools hack seeds seed seeders examples example samples docs docker contrib demo demos playground playgrounds sdks build codegen tooling devtools",
    ),
    paths: ["management/commands", "lib/tasks"],
    folder: /^cli(?:-.{1,20})?$|^.{1,40}-cli$|^demos?[_-]|[_-]demos?$|^kitchen-?sink$|^\.\w|^code-?gen(?:eration|erator)?$/,
    top: set("dev devenv ci"),
    file: /\.rake$|(?:^|[_-])seed(?:s|er|ing)?[_.-]|^populate[_.-]|^(?:random|dummy|fake|sample|demo)[_-]?data\.|^cli\.(?:py|[cm]?[jt]s)$/,
  },
  {
    class: "browser",
    folders: set("client client-only frontend web ui assets"),
    scriptFolders: set("components static public"),
    paths: ["app/javascript"],
    file: /\.[jt]sx$|\.vue$|^use[A-Z].*\.[cm]?[jt]s$/,
    unless: set("server backend"),
    unlessPaths: ["pages/api", "app/api"],
    unlessWithin: "api",
  },
];

/** Go and Java clients that generators write: `client/api_orders.go`. */
const isGeneratedClient = (folders: readonly string[], name: string): boolean =>
  /^api_.*\.go$/.test(name) && folders.some((folder) => /client/i.test(folder));

function isOtherwise({ folders, unless, unlessPaths = [], unlessWithin = "" }: Usual, parts: readonly string[]): boolean {
  const within = `/${parts.join("/")}/`;
  const own = parts.findIndex((part) => folders.has(part));
  const other = parts.indexOf(unlessWithin);
  if (other >= 0 && (own < 0 || other < own)) return true;
  return parts.some((part) => unless?.has(part)) || unlessPaths.some((path) => within.includes(`/${path}/`));
}

const SCRIPT = /\.[cm]?[jt]sx?$/;

function isUsual(usual: Usual, parts: readonly string[], name: string): boolean {
  const { folders, top, paths = [], folder, file } = usual;
  if (isOtherwise(usual, parts)) return false;
  const within = `/${parts.join("/")}/`;
  return (
    (SCRIPT.test(name) && parts.some((part) => usual.scriptFolders?.has(part))) ||
    parts.some((part) => folders.has(part) || folder?.test(part)) ||
    paths.some((path) => within.includes(`/${path}/`)) ||
    (top?.has(parts[0] ?? "") ?? false) ||
    (file?.test(name) ?? false)
  );
}

/** Folders and files that frameworks run on servers, whatever their text looks like. */
/** Commands of a program that somebody starts; where commands are messages, their files say so. */
const COMMANDS = /\/commands\/(?!.*(?:command|handler)\.[cm]?[jt]s$)(?:.{1,200}\/)?[^/]+\.[cm]?[jt]s$/;

/** A command by which a container asks itself whether it is well. */
const HEALTH_COMMAND = /\/cmd\/(?:health-?check|health|ping)(?:\/|\.go$)/;
/** Only tests and what helps them import these. */
const GO_TESTING = /^\s{0,8}(?:import )?"(?:testing|github\.com\/stretchr\/testify\/[a-z]{1,20})"\s*$/m;
const isGoTest = (path: string, source: string): boolean => path.endsWith(".go") && GO_TESTING.test(source.slice(0, 5000));

const SERVERS = /\/(?:server|backend)\/|\.server\.[cm]?[jt]sx?$|\/app\/(?:.{1,200}\/)?route\.[jt]s$|\/pages\/api\//;

/**
 * What a file is for. The configuration's `paths.classes` come first, in their order; then what generators write at
 * the top of a file, then where it lies and how it is called.
 */
export function pathClass(path: string, source: string, paths: Config["paths"]): PathClass {
  const configured = Object.entries(paths.classes).find(([glob]) => matchesGlob(glob, path));
  if (configured) return configured[1];
  const parts = path.split("/");
  const name = (parts.pop() ?? "").slice(-300);
  if (isGenerated(source) || isGeneratedClient(parts, name)) return "generated";
  if ([...paths.benchmarks, ...paths.loadTests].some((glob) => matchesGlob(glob, path))) return "bench";
  const usual = USUAL.find((one) => isUsual(one, parts, name))?.class ?? "server";
  return usual === "server" ? byText(path, source) : usual;
}

/** What neither a folder nor a name tells. */
function byText(path: string, source: string): PathClass {
  const whole = `/${path}`;
  if (isGoTest(path, source)) return "test";
  if (HEALTH_COMMAND.test(whole)) return "script";
  if (isBundled(source)) return "browser";
  // A page of a server framework is no browser's because of what it draws.
  if (SERVERS.test(whole)) return "server";
  return COMMANDS.test(whole) ? "script" : (runtimeOf(source, languageOf(path)) ?? "server");
}
