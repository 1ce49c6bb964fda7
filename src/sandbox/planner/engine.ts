import { readFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";
import { MemoryFS, PGlite } from "@electric-sql/pglite";

/** PostgreSQL's sentence and its SQLSTATE. */
export class QueryError extends Error {
  readonly code: string;
  /** 1-based character in the SQL text. */
  readonly position: number | null;

  constructor(message: string, code: string, position: number | null) {
    super(message);
    this.code = code;
    this.position = position;
  }
}

/** The engine no longer answers: nothing of this process is to be trusted any more. */
export class EngineDead extends Error {}

interface Snapshot {
  readonly folders: readonly string[];
  readonly files: readonly (readonly [path: string, length: number])[];
  /** Of all files, one after the other. */
  readonly bytes: Uint8Array;
}

/** What Emscripten's file system in memory keeps of a file: its length stands apart from its contents. */
export interface MemoryFile {
  usedBytes: number;
}

const DATA = PGlite.paths.PGDATA;

const START = [
  ...PGlite.defaultStartParams,
  ...["shared_buffers=16MB", "wal_recycle=off", "min_wal_size=2MB", "max_wal_size=64MB", "jit=off"].flatMap((setting) => ["-c", setting]),
];

/** Fills the data directory before PostgreSQL looks for it. */
class SnapshotFS extends MemoryFS {
  private readonly snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    super();
    this.snapshot = snapshot;
  }

  override async initialSyncFs(): Promise<void> {
    const files = this.pg?.Module.FS;
    files?.mkdirTree(DATA, 0o700);
    for (const folder of this.snapshot.folders) files?.mkdirTree(DATA + folder, 0o700);
    let at = 0;
    for (const [path, length] of this.snapshot.files) {
      files?.writeFile(DATA + path, this.snapshot.bytes.subarray(at, at + length), { canOwn: true });
      at += length;
    }
  }
}

const isMemoryFile = (node: object): node is MemoryFile => "usedBytes" in node;

const field = (value: object, name: string): string => (name in value ? String(Reflect.get(value, name) ?? "") : "");

/** A database in this process's memory. Every call ends with proof that the engine still lives. */
export class Engine {
  private readonly database: PGlite;

  constructor(database: PGlite) {
    this.database = database;
  }

  /**
   * Rows of one statement of the text, of the last unless told, which the simple protocol runs.
   * @throws QueryError for what PostgreSQL refuses, EngineDead when it does not answer the canary afterwards
   */
  async run(sql: string, result = -1): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const results = await this.guarded(() => this.database.exec(sql));
    return results.at(result)?.rows ?? [];
  }

  /** The same with parameters, for our own queries. */
  async query(sql: string, parameters: unknown[] = []): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { rows } = await this.guarded(() => this.database.query<Readonly<Record<string, unknown>>>(sql, parameters));
    return rows;
  }

  /** The file behind a path of the data directory, made when missing. */
  file(path: string): MemoryFile {
    const files = this.database.Module.FS;
    const full = `${DATA}/${path}`;
    if (!files.analyzePath(full).exists) files.writeFile(full, new Uint8Array(0));
    const { node } = files.lookupPath(full, {});
    if (!isMemoryFile(node)) throw new EngineDead(`${path} is no file`);
    return node;
  }

  /** Everything that it holds, packed: a seventh of it is on its way to the parent. To be opened again; not after sizes were changed. */
  async snapshot(): Promise<Uint8Array> {
    await this.run("CHECKPOINT");
    const [wal] = await this.run(
      "SELECT redo_wal_file AS first, pg_walfile_name(pg_current_wal_insert_lsn()) AS last FROM pg_control_checkpoint()",
    );
    const isIdle = (name: string): boolean => /^[0-9A-F]{24}$/.test(name) && (name < String(wal?.first) || name > String(wal?.last));
    const folders: string[] = [];
    const files: [string, number][] = [];
    const contents: Uint8Array[] = [];
    const walk = (folder: string): void => {
      for (const name of this.database.Module.FS.readdir(DATA + folder)) {
        if (name === "." || name === ".." || name === "postmaster.pid" || isIdle(name)) continue;
        const path = `${folder}/${name}`;
        if (this.isFolder(path)) {
          folders.push(path);
          walk(path);
        } else {
          const bytes = this.database.Module.FS.readFile(DATA + path);
          files.push([path, bytes.length]);
          contents.push(bytes);
        }
      }
    };
    walk("");
    return gzipSync(serialize({ folders, files, bytes: Buffer.concat(contents) }), { level: 1 });
  }

  private isFolder(path: string): boolean {
    const files = this.database.Module.FS;
    return files.isDir(files.stat(DATA + path).mode);
  }

  private async guarded<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Error) || !/^[0-9A-Z]{5}$/.test(field(error, "code"))) throw new EngineDead(String(error));
      throw new QueryError(error.message, field(error, "code"), Number(field(error, "position")) || null);
    } finally {
      await this.canary();
    }
  }

  /** After a crash inside, exec() resolves with no rows for ever. */
  private async canary(): Promise<void> {
    const rows = await this.database.exec("select 41+1 as canary").then(
      (results) => results[0]?.rows ?? [],
      (error: unknown) => (error instanceof Error && field(error, "code") === "25P02" ? [{ canary: 42 }] : []),
    );
    if (rows[0]?.canary !== 42) throw new EngineDead("the database engine ended");
  }
}

/** A compiled program; Node's own types do not have it. */
export type Compiled = object;
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<Compiled> };

const PACKAGE = import.meta.resolve("@electric-sql/pglite");

/** PostgreSQL's program, which takes a sixth of a second to compile. */
export const compileEngine = async (): Promise<Compiled> => WebAssembly.compile(await readFile(new URL("pglite.wasm", PACKAGE)));

const bundle = (name: string): URL => new URL(`${name}.tar.gz`, PACKAGE);

async function empty(pgliteWasmModule: Compiled): Promise<PGlite> {
  const database = await PGlite.create({ pgliteWasmModule, initDbStartParams: ["--wal-segsize=1", "--no-sync"], startParams: START });
  // Two copies of the same catalogue that nobody opens: half of every snapshot.
  for (const sql of ["UPDATE pg_database SET datistemplate = false", "DROP DATABASE template0", "DROP DATABASE template1"]) {
    await database.exec(sql);
  }
  return database;
}

/** Starts PostgreSQL in memory, on a snapshot or on nothing (which takes seconds). */
export async function openEngine(pgliteWasmModule: Compiled, snapshot: Uint8Array | null, extensions: readonly string[]): Promise<Engine> {
  if (snapshot === null) return new Engine(await empty(pgliteWasmModule));
  const stored: Snapshot = deserialize(gunzipSync(snapshot));
  const fs = new SnapshotFS(stored);
  const bundles = Object.fromEntries(extensions.map((name) => [name, bundle(name)]));
  return new Engine(await PGlite.create({ pgliteWasmModule, fs, extensions: bundles, startParams: START }));
}
