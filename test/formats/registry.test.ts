import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { formats } from "../../src/formats/registry.js";
import { claimants, fixture } from "./reading.js";

const root = fileURLToPath(new URL("../fixtures/formats", import.meta.url));
/** How fixtures were made, and the input files that made them. */
const isAbout = (path: string): boolean => /\.(?:md|sh|mjs|js|ts|py|rs|go|cc|prisma)$/.test(path);
const files = formats
  .flatMap(({ id }) => readdirSync(`${root}/${id}`, { recursive: true, encoding: "utf8" }).map((name) => ({ id, path: `${id}/${name}` })))
  .filter(({ path }) => statSync(`${root}/${path}`).isFile() && !isAbout(path) && fixture(path).length > 0);
/** Files that lie beside a result or are mistaken for one, in folders called `nobody`; criterion's name and samples. */
const isNobodys = (path: string): boolean => /\/nobody\/|\/(?:benchmark|sample)\.json$/.test(path);
const results = files.filter(({ path }) => !isNobodys(path));
const json = results.filter(({ path }) => path.endsWith(".json"));

describe("the registry of formats", () => {
  test("has ids in order, each once", () => {
    const ids = formats.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test.each(results)("$path is $id's and nobody else's", ({ id, path }) => {
    expect(claimants(formats, fixture(path))).toEqual([id]);
  });

  test.each(files.filter(({ path }) => isNobodys(path)))("$path is nobody's", ({ path }) => {
    expect(claimants(formats, fixture(path))).toEqual([]);
  });

  test.each(json)("$path is still $id's when only its first third was written", ({ id, path }) => {
    expect(claimants(formats, fixture(path).subarray(0, fixture(path).length / 3))).toEqual([id]);
  });
});
