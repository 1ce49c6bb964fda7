import { expect, test } from "vitest";
import type { Snapshot } from "../../src/model/pull-request.js";
import { gatherPeople } from "../../src/review/gather-people.js";
import { collected } from "./facts.js";

const snapshot: Snapshot = {
  author: { id: 3, login: "dev" },
  draft: false,
  base: { ref: "main", sha: "b" },
  mergeBase: { sha: "b" },
  head: { sha: "h" },
  files: [],
};
const nobody = { attestations: async () => [] };

test("people are known by the head and the author's account", async () => {
  expect(await gatherPeople(nobody, snapshot, collected(), undefined)).toMatchObject({ attestations: [], headSha: "h", authorId: 3 });
});

test("without a digest, or without changes, no line can say what it is about", async () => {
  expect((await gatherPeople(nobody, snapshot, collected(), undefined)).basisOf).toBeUndefined();
  expect((await gatherPeople(nobody, snapshot, collected({ changes: null }), String)).basisOf).toBeUndefined();
  expect((await gatherPeople(nobody, snapshot, collected(), () => "0a")).basisOf?.("queries/explained")).toBe("0a");
});
