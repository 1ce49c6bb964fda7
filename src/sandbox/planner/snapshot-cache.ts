import { createHash, randomUUID } from "node:crypto";
import { chmod, lstat, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { deserialize, serialize } from "node:v8";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";

const storedShape = z.object({ meta: z.instanceof(Uint8Array), snapshot: z.instanceof(Uint8Array) });

/** A database after some files: what was found out about it, as JSON, and its data directory, packed already. */
export interface Entry {
  readonly meta: string;
  readonly snapshot: Uint8Array;
}

export interface CacheLimits {
  readonly bytes: number;
  readonly entries: number;
}

const ENDING = ".snapshot";
const DIGEST_BYTES = 32;
const packed = promisify(gzip);
const unpacked = promisify(gunzip);
const digest = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/**
 * Snapshots in a folder that only this user reads. Two processes may use it at once: an entry appears whole, by a
 * rename. One that is damaged is no entry. Nothing here throws: without a cache everything is only slower.
 */
export class SnapshotCache {
  private readonly folder: string;
  private readonly limits: CacheLimits;
  private usable: Promise<boolean> | undefined;

  constructor(folder: string, limits: CacheLimits) {
    this.folder = folder;
    this.limits = limits;
  }

  /** The keys that there are entries for. */
  async keys(): Promise<ReadonlySet<string>> {
    if (!(await this.ready())) return new Set();
    const names = await readdir(this.folder).catch(() => []);
    return new Set(names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length)));
  }

  async get(key: string): Promise<Entry | null> {
    if (!(await this.ready())) return null;
    const path = this.path(key);
    try {
      const bytes = await readFile(path);
      const body = bytes.subarray(DIGEST_BYTES);
      if (!digest(body).equals(bytes.subarray(0, DIGEST_BYTES))) throw new Error("damaged");
      const { meta, snapshot } = storedShape.parse(deserialize(body));
      const entry = { meta: (await unpacked(meta)).toString(), snapshot };
      await utimes(path, new Date(), new Date());
      return entry;
    } catch {
      await rm(path, { force: true }).catch(() => {});
      return null;
    }
  }

  async set(key: string, entry: Entry): Promise<void> {
    if (!(await this.ready())) return;
    const temporary = join(this.folder, `${randomUUID()}.part`);
    try {
      const body = serialize({ meta: await packed(entry.meta, { level: 1 }), snapshot: entry.snapshot });
      await writeFile(temporary, Buffer.concat([digest(body), body]), { mode: 0o600 });
      await rename(temporary, this.path(key));
      await this.prune();
    } catch {
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  private path(key: string): string {
    return join(this.folder, key + ENDING);
  }

  private ready(): Promise<boolean> {
    this.usable ??= this.prepare().catch(() => false);
    return this.usable;
  }

  /** A folder of that name that somebody else made could hold somebody else's databases. */
  private async prepare(): Promise<boolean> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const found = await lstat(this.folder);
    if (!found.isDirectory()) return false;
    const { uid } = userInfo();
    if (uid >= 0 && found.uid !== uid) return false;
    await chmod(this.folder, 0o700);
    return true;
  }

  /** Removes what was not used for longest, and what a process that was killed left half-written. */
  private async prune(): Promise<void> {
    const names = await readdir(this.folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.folder, name);
        const { size, mtimeMs } = await lstat(path).catch(() => ({ size: 0, mtimeMs: 0 }));
        return { path, size, mtimeMs, whole: name.endsWith(ENDING) };
      }),
    );
    const stale = files.filter(({ whole, mtimeMs }) => !whole && mtimeMs < Date.now() - 3_600_000);
    let [bytes, entries] = [0, 0];
    const over = files
      .filter(({ whole }) => whole)
      .sort((a, b) => b.mtimeMs - a.mtimeMs)
      .filter(({ size }) => {
        bytes += size;
        entries += 1;
        return bytes > this.limits.bytes || entries > this.limits.entries;
      });
    for (const { path } of [...stale, ...over]) await rm(path, { force: true });
  }
}
