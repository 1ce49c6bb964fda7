import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandLine } from "../../src/formats/command-line.js";

describe("a command as one line", () => {
  it.each([
    [["npm", "run", "bench"], "npm run bench"],
    [["go", "test", "-bench=.", "./..."], "go test -bench=. ./..."],
    [["make bench | tee out.txt"], "'make bench | tee out.txt'"],
    [["echo", "it's", ""], "echo 'it'\\''s' ''"],
    [["größe"], "'größe'"],
  ])("is %j as a shell takes it apart again", (words, line) => expect(commandLine(words)).toEqual({ command: line }));

  it.each(["a\nb", "a\tb", "a\u001b[31mb", "a\u202eb", "a\u2028b", "a\u200bb", "\ud800"])("is nothing for %j", (word) => {
    expect(commandLine(["sh", word])).toEqual({});
  });

  it("is cut at 200 characters, never inside of one", () => {
    expect(commandLine(["x".repeat(300)]).command).toBe(`${"x".repeat(200)}…`);
    expect(commandLine([`${"x".repeat(198)}${"😀".repeat(9)}`]).command).toBe(`'${"x".repeat(198)}…`);
  });

  it("never has a line break and is never long, whatever the words", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), (words) => {
        const { command = "" } = commandLine(words);
        expect(command).toMatch(/^\P{C}*$/u);
        expect(command.length).toBeLessThanOrEqual(201);
      }),
    );
  });
});
