import { describe, expect, it } from "vitest";
import type { GitHub } from "../../src/github/call.js";
import { pack } from "../../src/store/packed.js";
import type { KnownPull } from "../../src/store/store.js";
import { createOnce } from "../../src/worker/create-once.js";
import type { Dependencies, Remedies } from "../../src/worker/dependencies.js";
import { fenced, fencedPublications } from "../../src/worker/fenced.js";
import { Lease } from "../../src/worker/lease.js";
import { TRIES } from "../../src/worker/tries.js";
import { Turn } from "../../src/worker/turn.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";
import { Conversation } from "./conversation.js";
import { useStage, writable } from "./stage.js";

const stage = useStage();
const MINUTE = 60_000;

const mark = (known: KnownPull, reason = "pull_request.opened") => stage.store.dirty.mark(known, reason, stage.now);

/** Takes the next turn as one worker; false when nothing is due. */
async function turn(dependencies: Dependencies, owner = "one"): Promise<boolean> {
  const dirty = await stage.store.dirty.claim(stage.now, owner, MINUTE);
  if (dirty) await new Turn(dirty, owner, dependencies).take();
  return dirty !== null;
}

const wait = (ms: number): void => {
  stage.now = new Date(stage.now.getTime() + ms);
};

describe("a pull request that fails whatever is tried (R15)", () => {
  const poison = { "GET /repos/{owner}/{repo}/compare/{basehead}": () => ({ nonsense: true }) };

  it("is given up at the eighth try: its check fails with a number and asks for a re-run; the others are reviewed", async () => {
    const [known, other] = [await stage.pull(), await stage.pull({ open: false })];
    const github = writable(poison);
    const dependencies = stage.dependencies(github);
    await mark(known);
    let tries = 0;
    while (await turn(dependencies)) {
      tries += 1;
      wait(2 * MINUTE);
    }
    expect(tries).toBe(TRIES);
    const { output, conclusion } = (github.sent.at(-1)?.parameters ?? {}) as { output: { title: string }; conclusion: string };
    expect(conclusion).toBe("failure");
    expect(output.title).toMatch(/^Internal error [0-9a-f]{12}: re-run this check$/);
    const incident = output.title.slice("Internal error ".length, "Internal error ".length + 12);
    expect(await stage.store.dirty.dead()).toMatchObject([{ key: { number: known.number }, message: expect.stringContaining(incident) }]);
    expect(stage.errors.some((fields) => JSON.stringify(fields).includes(incident))).toBe(true);
    await mark(other);
    expect(await turn(dependencies)).toBe(true);
    stage.errors.splice(0);
  });

  it("is tried again when somebody re-runs its check, or pushes", async () => {
    const [dead] = await stage.store.dirty.dead();
    const known = (dead && (await stage.store.pulls.get(dead.key))) ?? (await stage.pull());
    const github = writable(poison);
    await mark(known, "check_run.rerequested");
    expect(await stage.store.dirty.dead()).toEqual([]);
    expect(await turn(stage.dependencies(github))).toBe(true);
    expect(github.sent.length).toBeGreaterThan(0);
    await mark({ ...known, number: known.number });
    await stage.store.pulls.observe({ ...known, open: false });
    await turn(stage.dependencies(github));
    stage.errors.splice(0);
  });

  it("is not tried once more when the process died of it eight times", async () => {
    const known = await stage.pull();
    await mark(known);
    for (let crash = 0; crash <= TRIES; crash += 1) await stage.store.dirty.claim(stage.now, "crashed", -1);
    const github = writable(poison);
    await turn(stage.dependencies(github));
    expect(github.sent.map(({ parameters }) => parameters.conclusion)).toEqual([undefined, "failure"]);
    stage.errors.splice(0);
  });

  it("stays marked while not even that can be said", async () => {
    const known = await stage.pull();
    await mark(known);
    for (let crash = 0; crash <= TRIES; crash += 1) await stage.store.dirty.claim(stage.now, "crashed", -1);
    await turn(stage.dependencies(new FakeGitHub()));
    expect(await stage.store.dirty.dead()).not.toContainEqual(
      expect.objectContaining({ key: expect.objectContaining({ number: known.number }) }),
    );
    wait(2 * MINUTE);
    await turn(stage.dependencies(writable(poison)));
    expect(await stage.store.dirty.dead()).toContainEqual(
      expect.objectContaining({ key: expect.objectContaining({ number: known.number }) }),
    );
    stage.errors.splice(0);
  });
});

describe("a rate limit (R17)", () => {
  it.each([
    ["secondary, with a time to wait", new RequestError(403, "You have exceeded a secondary rate limit", { "retry-after": "120" }), 120],
    ["secondary, without one", new RequestError(403, "You have exceeded a secondary rate limit"), 60],
    ["429", new RequestError(429, "slow down", { "retry-after": "30" }), 30],
    [
      "primary",
      new RequestError(403, "API rate limit exceeded", {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": "1000090",
        date: new Date(1_000_000_000).toUTCString(),
      }),
      90,
    ],
  ])("holds that installation and nobody else, and goes on in time: %s", async (_, error, seconds) => {
    const limited = await stage.pull({ installation: 500 + seconds });
    const quiet = await stage.pull({ installation: 400, open: false });
    await mark(limited);
    const github = new FakeGitHub({
      "POST /repos/{owner}/{repo}/check-runs": () => {
        throw error;
      },
    });
    await turn(stage.dependencies(github));
    await mark({ ...limited, number: 9_999 });
    await mark(quiet);
    expect((await stage.store.dirty.claim(stage.now, "w", MINUTE))?.key.installation).toBe(400);
    expect(await stage.store.dirty.claim(new Date(stage.now.getTime() + seconds * 1_000 - 1), "w", MINUTE)).toBeNull();
    expect(github.sent).toHaveLength(1);
    wait(seconds * 1_000);
    const again = [await stage.store.dirty.claim(stage.now, "w", MINUTE), await stage.store.dirty.claim(stage.now, "w", MINUTE)];
    expect(again.map((dirty) => [dirty?.key.installation, dirty?.attempt])).toEqual([
      [500 + seconds, 0],
      [500 + seconds, 0],
    ]);
    expect(stage.errors).toEqual([]);
    for (const dirty of again) if (dirty) await stage.store.dirty.release(dirty, "w", null);
  });
});

describe("a delivery that was given up", () => {
  it("closes the gate of its pull request, with its id; any event gives it another life, and the gate waits for it (R15)", async () => {
    const known = await stage.pull();
    const { inbox } = stage.store;
    const delivery = { guid: "lost-unlabel", event: "pull_request", action: "unlabeled", body: pack("{}"), receivedAt: stage.now };
    await inbox.receive({ ...delivery, installation: 1, repository: 2, pull: known.number }, null);
    await inbox.failed("lost-unlabel", "a bug", 1);
    const conversation = new Conversation();
    const dependencies = stage.dependencies(conversation.github);
    await mark(known, "delivery given up");
    await turn(dependencies);
    expect(conversation.runs).toMatchObject([{ state: "failure" }]);
    expect(conversation.github.sent.at(-1)?.parameters).toMatchObject({
      output: { title: "Internal error lost-unlabel: re-run this check" },
    });
    await mark(known, "check_run.rerequested");
    await turn(dependencies);
    expect(await inbox.troubled(known)).toEqual([{ guid: "lost-unlabel", dead: false }]);
    expect(await inbox.takeOver({ owner: "me", leaseMs: MINUTE }, 9)).toMatchObject([{ guid: "lost-unlabel" }]);
    await inbox.done("lost-unlabel");
    expect(await inbox.troubled(known)).toEqual([]);
  });
});

/**
 * Two workers and one pull request: the first is frozen while it reads, the second takes over and ends its work,
 * and the first comes back. Resolves with how often that one still wrote.
 */
async function frozenThenNext(remedies: Partial<Remedies>): Promise<number> {
  const known = await stage.pull();
  await mark(known);
  const github = writable({
    "query PullRequestFacts": () => {
      throw new RequestError(403, "Resource not accessible by integration");
    },
  });
  const dependencies = { ...stage.dependencies(github), remedies };
  const frozen = await stage.store.dirty.claim(stage.now, "frozen", MINUTE);
  if (!frozen) throw new Error("nothing was due");
  let before = -1;
  const freezing: GitHub = {
    graphql: (query, variables) => github.graphql(query, variables),
    request: async (route, parameters) => {
      if (route.includes("/compare/") && before < 0) {
        before = 0;
        await stage.store.dirty.renew(frozen, "frozen", -1);
        await turn(dependencies, "next");
        before = github.sent.length;
      }
      return github.request(route, parameters);
    },
  };
  await new Turn(frozen, "frozen", { ...dependencies, github: async () => freezing }).take();
  return github.sent.slice(before).filter(({ route }) => /^(?:POST|PATCH)/.test(route)).length;
}

describe("a worker that was frozen and comes back", () => {
  it("writes nothing once another one has its pull request (R04, R14)", async () => {
    expect(await frozenThenNext({})).toBe(0);
  });

  it("says that a creation of its own was under way, so that the pull request is looked at anew (R04, R14)", async () => {
    const known = await stage.pull();
    await mark(known);
    const dirty = await stage.store.dirty.claim(stage.now, "frozen", MINUTE);
    if (!dirty) throw new Error("nothing was due");
    let ms = 0;
    const dirtySet = stage.store.dirty;
    const lease = new Lease({ dirtySet, dirty, owner: "frozen", leaseMs: MINUTE, monotonic: () => ms });
    const github: GitHub = {
      graphql: async () => null,
      request: async () => {
        ms += 2 * MINUTE;
        await dirtySet.renew(dirty, "frozen", -1);
        await dirtySet.claim(stage.now, "next", MINUTE);
        throw new RequestError(502, "Bad Gateway");
      },
    };
    const publications = fencedPublications(stage.store.publications, lease);
    const place = { known, dependencies: { ...stage.dependencies(new FakeGitHub()), store: { ...stage.store, publications } } };
    const creation = {
      object: "check",
      find: async () => null,
      create: async () => Number((await fenced(github, lease).request("POST /repos/{owner}/{repo}/check-runs")).data),
      keep: async () => undefined,
    };
    await expect(createOnce(place, creation)).rejects.toMatchObject({ name: "LeaseLostError", sent: true });
  });

  it("writes late without its remedy, the fence (R04)", async () => {
    expect(await frozenThenNext({ fence: false })).toBeGreaterThan(0);
  });
});

describe("five events of one pull request at once (R03)", () => {
  /** How many of four workers work on it at the same time. */
  async function workers(remedies: Partial<Remedies>): Promise<number> {
    const known = await stage.pull();
    await Promise.all(Array.from({ length: 5 }, () => mark(known)));
    const dependencies = { ...stage.dependencies(new Conversation().github), remedies };
    const turns: Promise<void>[] = [];
    for (const owner of ["a", "b", "c", "d"]) {
      const dirty = await stage.store.dirty.claim(stage.now, owner, MINUTE);
      if (dirty) turns.push(new Turn(dirty, owner, dependencies).take());
    }
    await Promise.all(turns);
    stage.errors.splice(0);
    return turns.length;
  }

  it("are one worker's", async () => {
    expect(await workers({})).toBe(1);
  });

  it("are everybody's without its remedy, where a claim keeps nobody out (R03)", async () => {
    expect(await workers({ exclusion: false })).toBe(4);
  });
});
