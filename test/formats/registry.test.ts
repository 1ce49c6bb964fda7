import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { formats } from "../../src/formats/registry.js";
import { claimants, fixture } from "./reading.js";

const root = fileURLToPath(new URL("../fixtures/formats", import.meta.url));
const files = formats.flatMap(({ id }) => readdirSync(`${root}/${id}`).map((name) => ({ id, path: `${id}/${name}` })));
const results = files.filter(({ path }) => path.endsWith(".json") && fixture(path).length > 0);

describe("the registry of formats", () => {
  test("has ids in order, each once", () => {
    const ids = formats.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test.each(results)("$path is $id's and nobody else's", ({ id, path }) => {
    expect(claimants(formats, fixture(path))).toEqual([id]);
  });

  test.each(results)("$path is still $id's when only its first third was written", ({ id, path }) => {
    expect(claimants(formats, fixture(path).subarray(0, fixture(path).length / 3))).toEqual([id]);
  });
});
