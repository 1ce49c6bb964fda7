import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SnapshotCache } from "../../../src/sandbox/planner/snapshot-cache.js";

let folder: string;
const LARGE = { bytes: 1e9, entries: 100 };
const entry = (text: string) => ({ meta: text, snapshot: new TextEncoder().encode(text) });

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "redline-cache-")), "cache");
});

afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

describe("the cache of snapshots", () => {
  it("gives back what was put in, to another process as well, from a folder that only its user reads", async () => {
    await new SnapshotCache(folder, LARGE).set("a", entry("one"));
    const other = new SnapshotCache(folder, LARGE);
    expect(await other.get("a")).toEqual(entry("one"));
    expect([...(await other.keys())]).toEqual(["a"]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it("holds a damaged or cut entry for none, and removes it", async () => {
    const cache = new SnapshotCache(folder, LARGE);
    await cache.set("a", entry("one"));
    await cache.set("b", entry("two"));
    const path = join(folder, "a.snapshot");
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = 255 - (bytes.at(-1) ?? 0);
    writeFileSync(path, bytes);
    writeFileSync(join(folder, "b.snapshot"), "x");
    expect(await cache.get("a")).toBeNull();
    expect(await cache.get("b")).toBeNull();
    expect(await cache.get("c")).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps what was used last when there are too many, or too many bytes", async () => {
    const cache = new SnapshotCache(folder, { bytes: 1e9, entries: 2 });
    await cache.set("a", entry("one"));
    await cache.set("b", entry("two"));
    utimesSync(join(folder, "a.snapshot"), 1000, 1000);
    utimesSync(join(folder, "b.snapshot"), 500, 500);
    await cache.set("c", entry("three"));
    expect([...(await cache.keys())].sort()).toEqual(["a", "c"]);
    await new SnapshotCache(folder, { bytes: 1, entries: 2 }).set("d", entry("four"));
    expect(await cache.keys()).toEqual(new Set());
  });

  it("removes what a killed process left half-written, once it is old", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, "old.part"), "x");
    writeFileSync(join(folder, "new.part"), "x");
    utimesSync(join(folder, "old.part"), 1000, 1000);
    await new SnapshotCache(folder, LARGE).set("a", entry("one"));
    expect(readdirSync(folder).sort()).toEqual(["a.snapshot", "new.part"]);
  });

  it("is not used when its name is a link, and does without when it cannot be written", async () => {
    mkdirSync(`${folder}-of-another`, { recursive: true });
    symlinkSync(`${folder}-of-another`, folder);
    const linked = new SnapshotCache(folder, LARGE);
    await linked.set("a", entry("one"));
    expect(await linked.get("a")).toBeNull();
    expect(readdirSync(`${folder}-of-another`)).toEqual([]);
    writeFileSync(`${folder}-file`, "");
    chmodSync(`${folder}-file`, 0o400);
    const none = new SnapshotCache(join(`${folder}-file`, "cache"), LARGE);
    await none.set("a", entry("one"));
    expect(await none.get("a")).toBeNull();
  });
});
