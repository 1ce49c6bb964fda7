import { describe, expect, it } from "vitest";
import { addedLines } from "../../src/evidence/added-lines.js";
import type { Snapshot } from "../../src/model/pull-request.js";
import { gatherCoverage } from "../../src/review/gather-coverage.js";
import { factsOf } from "../../src/sandbox/source-facts.js";
import { collected, configOf, nothing } from "./facts.js";

const snapshot: Snapshot = { draft: false, base: { ref: "main", sha: "b" }, mergeBase: { sha: "b" }, head: { sha: "h" }, files: [] };

/** A repository that remembers whether it was read. */
function repository() {
  const asked: string[] = [];
  const files = ["k6/shop.js", "src/shop.ts"].filter((path) => path !== "");
  return {
    asked,
    sources: {
      tree: async (_: Snapshot, wanted: (path: string) => boolean) => {
        const found = files.filter(wanted);
        asked.push(...found);
        return { status: "collected", value: { files: found.map((path) => ({ path, sha: path, text: "http.get('/a')" })) } } as const;
      },
    },
  };
}

async function changing(head: string) {
  const facts = await factsOf(head, "typescript", { path: "src/a.ts" });
  return collected({
    source: { files: [{ path: "src/a.ts", base: null, head: facts, added: addedLines("", head) }], skipped: [], left: {} },
  });
}

describe("what asks for a load test", () => {
  it("is held against the load tests of the repository, which alone are read of it", async () => {
    const { asked, sources } = repository();
    const found = await gatherCoverage(sources, snapshot, configOf(""), await changing("const app = express();\napp.get('/a', a);"));
    expect(asked).toEqual(["k6/shop.js"]);
    expect(found).toMatchObject({ value: { routes: { value: [{ route: { path: "/a" }, covers: [{ name: "k6/shop.js" }] }] } } });
  });

  it("costs no reading of the repository where no route changed", async () => {
    const { asked, sources } = repository();
    await gatherCoverage(sources, snapshot, configOf(""), await changing("const x = 1;"));
    await gatherCoverage(sources, snapshot, configOf(""), collected({ source: null }));
    expect(asked).toEqual([]);
  });

  it("is not known where the changes are not", async () => {
    expect((await gatherCoverage(repository().sources, snapshot, configOf(""), collected({ changes: null }))).status).toBe("absent");
    expect(nothing.coverage.critical).toEqual([]);
  });
});
