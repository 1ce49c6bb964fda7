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

describe("profiles of the base", () => {
  const hot = [{ name: "cartTotal", path: "/srv/src/a.ts", self: 0.2, total: 0.4 }];
  const file = { file: "main.cpuprofile", run: { format: "cpuprofile", measurements: [], problems: [], profile: { samples: 9, hot } } };
  const asking = async (head: string | null) => {
    let asked = 0;
    const baseResults = async () => {
      asked++;
      return [file];
    };
    const facts = head === null ? collected({ source: null }) : await changing(head);
    const changes = { ...nothing.changes, files: [{ path: "src/a.ts", status: "added", head: head ?? "" } as const] };
    const given = { ...facts, changes: { status: "collected", value: changes } as const };
    return { found: await gatherCoverage({ ...repository().sources, baseResults }, snapshot, configOf(""), given), asked };
  };

  it("make a changed function critical, and are asked for where there is code alone", async () => {
    expect(await asking("function cartTotal() {}")).toMatchObject({
      asked: 1,
      found: { value: { critical: [{ name: "cartTotal", heat: { profile: "main.cpuprofile", share: 0.4 } }] } },
    });
    expect(await asking(null)).toMatchObject({ asked: 0, found: { value: { critical: [] } } });
  });
});

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
