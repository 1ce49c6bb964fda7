import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { text } from "../../model/text.js";
import { StoreError } from "../store-error.js";
import { type Holder, lives, parseHolder, thisProcess } from "./holder.js";

const BEAT_MS = 5_000;
/** Longer than the event loop is ever blocked: creating a database took 20 s on a loaded machine. */
const STALE_MS = 60_000;
const ATTEMPTS = 5;

/** Sole use of a directory, until released. */
export interface Lock {
  /** @throws StoreError once another process has taken the lock over. */
  readonly permit: () => void;
  readonly release: () => void;
}

interface Found {
  readonly content: string;
  readonly ageMs: number;
  readonly holder: Holder | null;
}

const code = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

/** The answer, or null when the operation fails with the given code. */
function unless<T>(expected: string, operation: () => T): T | null {
  try {
    return operation();
  } catch (error) {
    if (code(error) === expected) return null;
    throw error;
  }
}

const inspect = (path: string, now: number): Found | null =>
  unless("ENOENT", () => {
    const content = readFileSync(path, "utf8");
    return { content, ageMs: now - statSync(path).mtimeMs, holder: parseHolder(content) };
  });

const isHeld = ({ holder, ageMs }: Found): boolean => (holder === null ? null : lives(holder)) ?? ageMs < STALE_MS;

function refusal(path: string, { holder, ageMs }: Found): StoreError {
  const who = holder === null ? text`a process that cannot be named` : text`process ${holder.pid} on ${holder.host}`;
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  return new StoreError(
    text`The data directory is in use: ${path} is held by ${who}, last seen ${seconds} s ago. Two processes on one directory lose data: stop that one first, or use DATABASE_URL for several. A holder that vanished from another host or container is given up after ${STALE_MS / 1000} s.`,
  );
}

/** Removes a dead holder's file, and only that: a lock taken meanwhile by a rival is put back. */
function takeAway(path: string, dead: Found): void {
  const aside = `${path}.${randomUUID()}`;
  if (unless("ENOENT", () => renameSync(path, aside) ?? true) === null) return;
  if (readFileSync(aside, "utf8") !== dead.content) unless("EEXIST", () => linkSync(aside, path));
  unlinkSync(aside);
}

function hold(path: string, content: string): Lock {
  let lost = false;
  let beaten = Date.now();
  const mine = () => unless("ENOENT", () => readFileSync(path, "utf8")) === content;
  const beat = () => {
    beaten = Date.now();
    if (mine()) utimesSync(path, new Date(), new Date());
    else lost = true;
  };
  const timer = setInterval(beat, BEAT_MS).unref();
  return {
    permit() {
      // The timer may be late: after a long blocked event loop somebody else may hold the lock.
      if (Date.now() - beaten > 2 * BEAT_MS) beat();
      if (lost) throw new StoreError(text`The lock ${path} was taken over by another process; this one must not write any more.`);
    },
    release() {
      clearInterval(timer);
      if (mine()) unlinkSync(path);
    },
  };
}

/**
 * Takes the lock, or refuses at once. A dead holder of this boot is replaced at once; where pids mean nothing
 * (a shared volume), the heartbeat decides.
 * @throws StoreError naming the holder.
 */
export function acquireLock(path: string): Lock {
  const content = `${JSON.stringify(thisProcess())}\n`;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (unless("EEXIST", () => writeFileSync(path, content, { flag: "wx" }) ?? true) !== null) return hold(path, content);
    const found = inspect(path, Date.now());
    if (found === null) continue;
    if (isHeld(found)) throw refusal(path, found);
    takeAway(path, found);
  }
  throw new StoreError(text`The lock ${path} is being fought over: start only one process on a data directory.`);
}
