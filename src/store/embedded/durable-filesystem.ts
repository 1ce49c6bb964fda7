import { fdatasyncSync } from "node:fs";
import type { PGlite, postgresMod } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type PostgresMod = postgresMod.PostgresMod;
type StreamSync = (stream: { readonly nfd: number }) => number;

const hasOperations = (filesystem: object): filesystem is { stream_ops: { fsync?: StreamSync } } => "stream_ops" in filesystem;

/** WASI's number of EIO. PostgreSQL takes it as a failed commit; an exception it would take as success. */
const INPUT_OUTPUT_ERROR = 29;

/**
 * A directory whose commits reach the disk. PGlite's own NodeFS has no `fsync`: a commit is then only in the page
 * cache. `syncs` counts them.
 */
export class DurableFilesystem extends NodeFS {
  syncs = 0;
  /** PostgreSQL gave up inside: a full disk or a failed sync. */
  aborted = false;
  readonly #sync: (descriptor: number) => void;

  constructor(directory: string, sync: (descriptor: number) => void = fdatasyncSync) {
    super(directory);
    this.#sync = sync;
  }

  override async init(database: PGlite, options: Partial<PostgresMod>) {
    const { emscriptenOpts } = await super.init(database, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), (module: PostgresMod) => this.#install(module)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #install(module: PostgresMod): void {
    module.onAbort = () => {
      this.aborted = true;
    };
    const filesystem: object = module.NODEFS;
    if (!hasOperations(filesystem)) throw new Error("PGlite's file system has no stream operations: commits would not be durable.");
    filesystem.stream_ops.fsync = ({ nfd }) => {
      try {
        this.#sync(nfd);
      } catch {
        return INPUT_OUTPUT_ERROR;
      }
      this.syncs += 1;
      return 0;
    };
  }
}
