import { fdatasyncSync } from "node:fs";
import type { PGlite, postgresMod } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

type PostgresMod = postgresMod.PostgresMod;
type Sync = (stream: { readonly nfd: number }) => number;

const hasOperations = (filesystem: object): filesystem is { stream_ops: { fsync?: Sync } } => "stream_ops" in filesystem;

/**
 * A directory whose commits reach the disk. PGlite's own NodeFS has no `fsync`: a commit is then only in the page
 * cache. `syncs` counts them.
 */
export class DurableFilesystem extends NodeFS {
  syncs = 0;

  override async init(database: PGlite, options: Partial<PostgresMod>) {
    const { emscriptenOpts } = await super.init(database, options);
    const preRun = [...(emscriptenOpts.preRun ?? []), (module: PostgresMod) => this.#install(module.NODEFS)];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #install(filesystem: object): void {
    if (!hasOperations(filesystem)) throw new Error("PGlite's file system has no stream operations: commits would not be durable.");
    filesystem.stream_ops.fsync = ({ nfd }) => {
      fdatasyncSync(nfd);
      this.syncs += 1;
      return 0;
    };
  }
}
