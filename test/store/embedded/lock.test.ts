import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { thisProcess } from "../../../src/store/embedded/holder.js";
import { acquireLock } from "../../../src/store/embedded/lock.js";
import { openStore } from "../../../src/store/open.js";
import { Child } from "./child.js";

let folder: string;
let path: string;
const children: Child[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "redline-lock-"));
  path = join(folder, "redline.lock");
});

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(children.splice(0).map((child) => child.kill()));
  rmSync(folder, { recursive: true });
});

const holding = (): Child => {
  const child = new Child("holder.mjs", path);
  children.push(child);
  return child;
};

const answer = (child: Child) => child.line(() => true);

const age = (seconds: number) => utimesSync(path, new Date(), new Date(Date.now() - seconds * 1000));

test("a second process is refused with the holder's name, before anything is opened", async () => {
  const holder = holding();
  expect(await answer(holder)).toBe("held");
  const why = `held by process ${holder.process.pid} on `;
  expect(() => acquireLock(path)).toThrow(why);
  await expect(openStore({ dataDirectory: folder })).rejects.toThrow(why);
  expect(existsSync(join(folder, "postgres"))).toBe(false);
  expect(await answer(holding())).toContain(`refused The data directory is in use: ${path} is ${why}`);
});

test("a killed holder is taken over at once", async () => {
  const holder = holding();
  await answer(holder);
  await holder.kill();
  expect(existsSync(path)).toBe(true);
  acquireLock(path).release();
  expect(existsSync(path)).toBe(false);
});

test("of several that want a dead holder's lock exactly one gets it", async () => {
  const holder = holding();
  await answer(holder);
  await holder.kill();
  const answers = await Promise.all([holding(), holding(), holding(), holding()].map(answer));
  expect(answers.filter((line) => line === "held")).toHaveLength(1);
});

test("the same process is refused as well", () => {
  const lock = acquireLock(path);
  expect(() => acquireLock(path)).toThrow(`held by process ${process.pid}`);
  lock.release();
  acquireLock(path).release();
});

test("a living process that only has the dead holder's number does not hold the lock", () => {
  writeFileSync(path, JSON.stringify({ ...thisProcess(), startedAt: "1" }));
  acquireLock(path).release();
});

test("on a shared volume the heartbeat decides, for a process number means nothing there", () => {
  for (const machine of ["another boot", ""]) {
    writeFileSync(path, JSON.stringify({ ...thisProcess(), machine, host: "elsewhere" }));
    age(55);
    expect(() => acquireLock(path)).toThrow(/on elsewhere, last seen 5\d s ago/);
    age(61);
    acquireLock(path).release();
  }
});

test("a torn lock file is respected while it is fresh", () => {
  writeFileSync(path, '{"pid":1');
  expect(() => acquireLock(path)).toThrow("held by a process that cannot be named");
  age(61);
  acquireLock(path).release();
});

test("the heartbeat keeps the lock fresh", () => {
  vi.useFakeTimers();
  const lock = acquireLock(path);
  age(3_600);
  vi.advanceTimersByTime(5_000);
  expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(5_000);
  lock.release();
});

test("a holder whose lock was taken over may not go on, and does not remove the other's lock", () => {
  vi.useFakeTimers();
  const lock = acquireLock(path);
  expect(lock.permit()).toBeUndefined();
  writeFileSync(path, "another holder");
  vi.advanceTimersByTime(5_000);
  expect(lock.permit).toThrow("was taken over by another process");
  lock.release();
  expect(readFileSync(path, "utf8")).toBe("another holder");
});

test("a holder that slept through its heartbeats looks before it goes on", () => {
  vi.useFakeTimers();
  const lock = acquireLock(path);
  writeFileSync(path, "another holder");
  vi.setSystemTime(Date.now() + 61_000);
  expect(lock.permit).toThrow("was taken over by another process");
  lock.release();
});
