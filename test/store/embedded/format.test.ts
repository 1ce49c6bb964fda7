import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkFormat, PGLITE_VERSION, writeFormat } from "../../../src/store/embedded/format.js";
import { openStore } from "../../../src/store/open.js";

const schemas = ["0001_initial", "0002_more"];
let directory: string;
const stamp = () => join(directory, "redline.format.json");

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "redline-format-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function database(version: string): void {
  mkdirSync(join(directory, "postgres"), { recursive: true });
  writeFileSync(join(directory, "postgres", "PG_VERSION"), `${version}\n`);
}

test("a new directory is stamped before anything is made in it", () => {
  checkFormat(directory, schemas);
  expect(JSON.parse(readFileSync(stamp(), "utf8"))).toEqual({ pglite: PGLITE_VERSION, postgres: "18", schema: "" });
});

test("a directory of this version opens, at every schema that is known", () => {
  database("18");
  for (const schema of ["", ...schemas]) {
    writeFormat(directory, schema);
    expect(checkFormat(directory, schemas)).toBeUndefined();
  }
});

test("a directory of another PostgreSQL is refused with what to do, and the lock is given back", async () => {
  database("17");
  writeFormat(directory, "0001_initial");
  const refusal =
    /its files are of PostgreSQL 17, this Redline reads 18\. To move it, .*redline store export .*redline store import redline\.ndjson/;
  await expect(openStore({ dataDirectory: directory })).rejects.toThrow(refusal);
  await expect(openStore({ dataDirectory: directory })).rejects.toThrow(refusal);
});

test("a directory of another PGlite line is refused, one of the same line opens", () => {
  database("18");
  const written = (pglite: string) => writeFileSync(stamp(), JSON.stringify({ pglite, postgres: "18", schema: "0001_initial" }));
  written("0.4.9");
  expect(() => checkFormat(directory, schemas)).toThrow("PGlite 0.4.9 wrote it");
  written(`${PGLITE_VERSION.replace(/\d+$/, "")}999`);
  expect(checkFormat(directory, schemas)).toBeUndefined();
});

test("a directory of a newer Redline is refused", () => {
  database("18");
  writeFormat(directory, "0003_future");
  expect(() => checkFormat(directory, schemas)).toThrow("its tables are at 0003_future, which only a newer Redline knows");
});

test("a stamp that is missing or cut off anywhere is refused, never replaced in silence", () => {
  database("18");
  expect(() => checkFormat(directory, schemas)).toThrow("redline.format.json is missing or cannot be read");
  writeFormat(directory, "0001_initial");
  const whole = readFileSync(stamp(), "utf8").trim();
  for (let length = 0; length < whole.length; length += 1) {
    writeFileSync(stamp(), whole.slice(0, length));
    expect(() => checkFormat(directory, schemas)).toThrow("cannot be read");
    expect(readFileSync(stamp(), "utf8")).toHaveLength(length);
  }
});

test("the stamped version is the one that is installed", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(manifest.dependencies["@electric-sql/pglite"]).toBe(PGLITE_VERSION);
});
