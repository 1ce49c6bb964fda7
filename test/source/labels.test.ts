import { describe, expect, it } from "vitest";
import { addedLines } from "../../src/evidence/added-lines.js";
import type { FileFacts } from "../../src/model/source.js";
import { factsOf } from "../../src/sandbox/source-facts.js";
import { labelled, type SightedFile, sightingOf } from "../../src/source/labels.js";

/** A rule that objects to every call of `db` in a loop, and to `open`. */
const sightings = (file: FileFacts) =>
  file.calls
    .filter(({ receiver, loop, method }) => (receiver[0] === "db" && loop !== null) || method === "open")
    .map((call) => sightingOf(file, call));

async function sides(base: string, head: string): Promise<SightedFile> {
  const [before, after] = [await factsOf(base, "typescript"), await factsOf(head, "typescript")];
  return { base: sightings(before), head: sightings(after), added: addedLines(base, head) };
}

const labels = async (...files: readonly (readonly [base: string, head: string])[]) =>
  labelled(await Promise.all(files.map(([base, head]) => sides(base, head))));

const LOOP = "for (const o of orders) {\n  await db.find(o);\n}\n";

describe("a sighting at the head", () => {
  it("is new on an added line, where the base had nothing like it", async () => {
    expect(await labels(["a();\n", `a();\n${LOOP}`])).toEqual([["new"]]);
  });

  it("is old where its line did not change", async () => {
    expect(await labels([LOOP, `a();\n${LOOP}`])).toEqual([["old"]]);
  });

  it("is touched where the base had the same call, or another one in the same loop", async () => {
    expect(await labels([LOOP, LOOP.replace("find(o)", "find(o, { lock: true })")])).toEqual([["touched"]]);
    expect(await labels([LOOP, LOOP.replace("db.find(o)", "db.get(o)")])).toEqual([["touched"]]);
    expect(await labels([LOOP, LOOP.replace("}", "await db.save(o);\n}")])).toEqual([["old", "touched"]]);
  });

  it("is new in a loop of its own, though another loop of the file does the same", async () => {
    expect(await labels([LOOP, `${LOOP}f();\n${LOOP}`])).toEqual([["old", "new"]]);
  });

  it("is new in another function, though the one that had it before was edited as well", async () => {
    const inside = (name: string, code: string) => `function ${name}() {\n${code}}\n`;
    const base = inside("list", LOOP);
    const head = `${inside("show", `start();\n${LOOP.replace("await db.find(o)", "out.push(await db.find(o))")}`)}${inside("list", LOOP.replace("find(o)", "find(o, { lock: true })"))}`;
    expect(await labels([base, head])).toEqual([["new", "touched"]]);
    expect(await labels([base, inside("renamed", LOOP.replace("find(o)", "find(o.id)"))])).toEqual([["touched"]]);
  });

  it("is new when a loop was put around an old call", async () => {
    const call = "  await db.find(o);\n";
    expect(await labels([call, `for (const o of orders) {\n${call}}\n`])).toEqual([["new"]]);
  });

  it("is touched when the header of its loop was edited", async () => {
    expect(await labels([LOOP, LOOP.replace("of orders", "of paid")])).toEqual([["touched"]]);
  });

  it("is moved when it vanished from another file", async () => {
    expect(await labels([LOOP, "a();\n"], ["", LOOP])).toEqual([[], ["moved"]]);
    expect(await labels([LOOP, "a();\n"], ["", `${LOOP}f();\n${LOOP}`])).toEqual([[], ["moved", "new"]]);
  });

  it("outside of loops is told from others by what the base has no more", async () => {
    expect(await labels(["open('a');\n", "open('a');\nopen('b');\n"])).toEqual([["old", "new"]]);
    expect(await labels(["open('a');\n", "open('b');\n"])).toEqual([["touched"]]);
  });
});
