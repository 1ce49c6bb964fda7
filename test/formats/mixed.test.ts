import { describe, expect, test } from "vitest";
import { alsoIn } from "../../src/formats/mixed.js";
import { formats } from "../../src/formats/registry.js";
import { plain } from "../../src/model/text.js";
import { bytesOf, fixture, read, runOf } from "./reading.js";

const textOf = (path: string) => new TextDecoder().decode(fixture(path));
const AB = textOf("ab/own-base.txt");

describe("results of two tools in one file", () => {
  test("text with another tool's JSON behind it is not read, and both are named", async () => {
    const result = await read(`${AB}\n${textOf("autocannon/some-503.json")}`);
    const message = "unrecognized" in result ? plain(result.unrecognized.message) : "";
    expect(message).toBe("not read: the file could be any of ApacheBench text, autocannon --json");
  });

  test("other JSON behind it is output of the build, as before", async () => {
    expect((await runOf(`${AB}\n{"level":"info"}\n`)).format).toBe("ab");
  });

  test("JSON is not looked for inside JSON", () => {
    for (const json of ["[\n{", " \n[\n{"]) expect(alsoIn(bytesOf(json), formats)).toEqual([]);
  });
});
