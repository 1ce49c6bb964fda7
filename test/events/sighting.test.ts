import { expect, test } from "vitest";
import { observeRepository, type SightingStore, seePull } from "../../src/events/sighting.js";
import { place } from "./stage.js";

const at = new Date("2026-01-05T09:00:00Z");

/** What was observed and touched. */
function stage() {
  const told: unknown[] = [];
  const store: SightingStore = {
    installations: {
      observe: async (repository) => {
        told.push(repository);
        return null;
      },
    },
    nets: { touch: async (...arguments_) => void told.push(arguments_) },
  };
  return { told, store };
}

const labels = [{ name: "slow" }, { name: "db" }];

test("every event of a repository tells its present name (R22)", async () => {
  const { told, store } = stage();
  await observeRepository({ ...place, action: "renamed" }, store);
  expect(told).toEqual([{ installation: 1, repository: 2, owner: "acme", name: "shop", defaultBranch: "main", archived: false }]);
});

test("a pull request's event shows its labels and makes it active, a comment's event only the latter", async () => {
  const { told, store } = stage();
  await seePull({ ...place, pull_request: { number: 5, updated_at: "2026-01-05T08:59:59Z", labels } }, store, at);
  await seePull({ ...place, issue: { number: 6, pull_request: {} } }, store, at);
  const key = { installation: 1, repository: 2 };
  expect(told).toEqual([
    [{ ...key, number: 5 }, at, { updatedAt: "2026-01-05T08:59:59Z", labels: ["db", "slow"] }],
    [{ ...key, number: 6 }, at],
  ]);
});

test.each([
  ["no installation", { repository: place.repository, pull_request: { number: 5, updated_at: "x", labels } }],
  ["no repository", { installation: { id: 1 }, zen: "y" }],
  ["an issue that is none", { ...place, issue: { number: 5 } }],
  ["nothing", null],
])("an event with %s tells nothing of a pull request, and does no harm", async (_, payload) => {
  const { told, store } = stage();
  await seePull(payload, store, at);
  expect(told).toEqual([]);
  await observeRepository(payload, store);
});
