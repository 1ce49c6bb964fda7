import { describe, expect, it } from "vitest";
import { collectSource } from "../../src/evidence/source-facts.js";
import type { ReadFacts, SourceText } from "../../src/evidence/sources.js";
import type { ChangedFile } from "../../src/model/pull-request.js";
import { plain, text } from "../../src/model/text.js";
import { factsOf } from "../../src/sandbox/source-facts.js";
import { configOf } from "../config/reading.js";

const asked: SourceText[] = [];
/** Reads in this process; texts that hold `refuse` are refused. */
const readFacts: ReadFacts = async (texts) => {
  asked.push(...texts);
  return Promise.all(
    texts.map(async ({ text: source, language }) => {
      if (source.includes("refuse")) return { refused: text`skipped: parse deadline` };
      const { path: _, class: __, ...facts } = await factsOf(source, language);
      return { facts };
    }),
  );
};

async function collect(files: readonly ChangedFile[], configuration = "") {
  asked.length = 0;
  const snapshot = { draft: false, base: { sha: "b", ref: "main" }, mergeBase: { sha: "b" }, head: { sha: "h" }, files };
  const source = await collectSource(snapshot, readFacts, configOf(configuration));
  if (source.status === "absent") return plain(source.reason);
  const { files: read, skipped, left } = source.value;
  return {
    read: read.map(({ path, head, base, added }) => [path, head?.class ?? null, base?.calls.length ?? null, added.length]),
    skipped: skipped.map(({ path, reason }) => `${path}: ${plain(reason)}`),
    left,
  };
}

const modified = (path: string, base = "f();", head = "f();\ng();"): ChangedFile => ({ path, status: "modified", base, head });

describe("the changed source", () => {
  it("is read at head and base, what serves requests first", async () => {
    const files = [
      modified("scripts/a.ts"),
      modified("web/b.ts"),
      modified("src/c.ts"),
      { path: "d.go", status: "added", head: "package d" } as const,
    ];
    expect(await collect(files)).toEqual({
      read: [
        ["src/c.ts", "server", 1, 1],
        ["d.go", "server", null, 1],
        ["web/b.ts", "browser", 1, 1],
        ["scripts/a.ts", "script", 1, 1],
      ],
      skipped: [],
      left: {},
    });
    expect(asked.map(({ path }) => path)).toEqual(["src/c.ts", "src/c.ts", "d.go", "web/b.ts", "web/b.ts", "scripts/a.ts", "scripts/a.ts"]);
  });

  it("names what was not read, with the reason, and counts what no rule looks at", async () => {
    const files = [
      modified("src/refused.ts", "f();", "refuse();"),
      modified("src/base.ts", "refuse();", "f();"),
      modified("src/A.kt"),
      { path: "src/big.ts", status: "modified", unread: "larger than 512 KB" } as const,
      modified("src/a.test.ts"),
      modified("vendor/b.js"),
    ];
    expect(await collect(files)).toEqual({
      read: [],
      skipped: [
        "src/A.kt: language not supported",
        "src/big.ts: skipped: too large",
        "src/refused.ts: skipped: parse deadline",
        "src/base.ts: at the base: skipped: parse deadline",
      ],
      left: { test: 1, vendor: 1 },
    });
  });

  it("leaves out what did not change, what is no code, and what the configuration ignores", async () => {
    const files = [modified("README.md"), modified("src/a.ts", "f();", "f();"), modified("legacy/b.ts")];
    expect(await collect(files, "paths: { ignore: ['legacy/**'] }")).toBe("no source code was added or changed");
  });

  it("follows a rename, and reads a deleted file for what was moved out of it", async () => {
    const renamed = { ...modified("src/new.ts"), status: "renamed", previousPath: "src/old.ts" } as const;
    const files = [renamed, { path: "src/gone.ts", status: "removed", base: "f();" } as const];
    expect(await collect(files)).toMatchObject({
      read: [
        ["src/new.ts", "server", 1, 1],
        ["src/gone.ts", null, 1, 0],
      ],
    });
  });
});
