import { describe, expect, it } from "vitest";
import { LeaseLostError } from "../../src/github/errors.js";
import { fenced, fencedPublications } from "../../src/worker/fenced.js";
import { Lease } from "../../src/worker/lease.js";
import { FakeGitHub } from "../github/fake-github.js";

const dirty = { key: { installation: 1, repository: 2, number: 3 }, sequence: 1, reason: "test", fence: 9, attempt: 0, failingSince: null };
const POST = "POST /repos/{owner}/{repo}/check-runs";

/** A store that says who holds the lease, and a clock that only the test moves. */
function stage(reply: () => unknown = () => ({ id: 1 })) {
  const world = { held: true, asked: 0, ms: 0, tookMs: 0 };
  const renew = async () => {
    world.asked += 1;
    world.ms += world.tookMs;
    world.tookMs = 0;
    return world.held;
  };
  const github = new FakeGitHub({ [POST]: reply, "GET /repos/{owner}/{repo}": () => ({}) });
  const lease = new Lease({ dirtySet: { renew }, dirty, owner: "me", leaseMs: 15_000, monotonic: () => world.ms });
  const saved: unknown[] = [];
  const save = async (...given: readonly unknown[]): Promise<void> => void saved.push(given);
  const none = async () => null;
  const publications = fencedPublications(
    {
      get: none,
      save,
      isShared: async () => false,
      left: async () => [],
      leftOn: async () => [],
      comment: none,
      saveComment: save,
      commentEdited: save,
      doubt: save,
      intents: async () => new Map(),
      saveIntent: save,
    },
    lease,
  );
  return { world, github, client: fenced(github, lease), publications, saved };
}

describe("a write", () => {
  it("is sent by the holder of the lease, who is asked right before it", async () => {
    const { world, github, client } = stage();
    await client.request(POST);
    await client.request(POST);
    expect([world.asked, github.sent.length]).toEqual([2, 2]);
  });

  it("is not sent by a worker that was frozen and resumed after another one had taken over (R04, R14)", async () => {
    const { world, github, client } = stage();
    world.held = false;
    await expect(client.request(POST)).rejects.toMatchObject({ name: "LeaseLostError", sent: false });
    expect(github.sent).toEqual([]);
  });

  it("is asked for again when the process froze between the answer and the send (R14)", async () => {
    const { world, github, client } = stage();
    world.tookMs = 60_000;
    await client.request(POST);
    expect([world.asked, github.sent.length]).toEqual([2, 1]);
  });

  it("is not sent when the lease was lost while it waited in its installation's queue (R14)", async () => {
    const { world, client, github } = stage();
    const last = github.request.bind(github);
    github.request = async (route, parameters = {}) => {
      Object.assign(world, { ms: 20_000, held: false });
      const { fetch: own } = parameters.request as { fetch: typeof fetch };
      // Octokit wraps what a fetch throws.
      await own("http://nowhere.test/").catch((error: Error) => {
        throw Object.assign(new Error(error.message), { status: 500 });
      });
      return last(route, parameters);
    };
    await expect(client.request(POST)).rejects.toMatchObject({ name: "LeaseLostError", sent: false });
    expect(github.sent).toEqual([]);
  });

  it("whose lease was lost under way has a result that is nobody's (R04)", async () => {
    const { world, client } = stage(() => {
      Object.assign(world, { ms: world.ms + 20_000, held: false });
      return { id: 1 };
    });
    await expect(client.request(POST)).rejects.toEqual(new LeaseLostError(true));
  });

  it("keeps GitHub's own refusal", async () => {
    const { client } = stage(() => {
      throw new Error("422");
    });
    await expect(client.request(POST)).rejects.toThrow("422");
  });
});

it("a read needs no lease", async () => {
  const { world, client } = stage();
  world.held = false;
  await client.request("GET /repos/{owner}/{repo}");
  expect(world.asked).toBe(0);
});

it("what is stored of GitHub's objects is changed by the holder only: a late id would hide a newer one (R04)", async () => {
  const { world, publications, saved } = stage();
  await publications.saveComment(dirty.key, { id: 1, digest: "a" });
  Object.assign(world, { ms: 20_000, held: false });
  await expect(publications.saveComment(dirty.key, { id: 2, digest: "b" })).rejects.toThrow("lost");
  await expect(publications.saveIntent(dirty.key, "comment", null)).rejects.toThrow("lost");
  expect(saved).toEqual([[dirty.key, { id: 1, digest: "a" }]]);
});
