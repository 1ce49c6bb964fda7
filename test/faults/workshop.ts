import { afterAll, beforeAll } from "vitest";
import type { GitHub } from "../../src/github/call.js";
import type { KnownPull, Store } from "../../src/store/store.js";
import { type Dependencies, TIMES } from "../../src/worker/dependencies.js";
import type { NetDependencies } from "../../src/worker/nets/dependencies.js";
import { TreeCache } from "../../src/worker/tree-cache.js";
import { type StartedDouble, startDouble } from "../github-double/client.mjs";
import { appClient, appId, keys } from "../github-double/stage.js";
import { openMemoryStore } from "../store/memory.js";

/** The worker on a store in memory and the local GitHub, without processes and webhooks: a test marks, and says what is dead or slow. */
export interface Workshop {
  github: StartedDouble;
  store: Store;
  /** A pull request in a repository of its own, as its event told, or one of which nobody told. Its base branch requires the check. */
  pull(observed?: boolean): Promise<KnownPull>;
  /** The pull request after one more push. */
  push(known: KnownPull): Promise<KnownPull>;
  mark(known: KnownPull, reason?: string): Promise<unknown>;
  client(): GitHub;
  dependencies(remedies: NonNullable<Dependencies["remedies"]>, rest?: Partial<Dependencies>): Dependencies;
  nets(wake: () => void): NetDependencies;
  comments(known: KnownPull): Promise<number>;
  /** States of the check runs on a commit, in the order of creation. */
  states(known: KnownPull): Promise<readonly string[]>;
}

const nameOf = ({ owner, name }: Pick<KnownPull, "owner" | "name">): string => `${owner}/${name}`;

const files = { ".github/redline.yml": "endpoints:\n  /api/checkout: { latency_p99: 100ms }\n" };

export function useWorkshop(): Workshop {
  let made = 0;
  let installation = 0;
  const workshop = {} as Workshop;
  workshop.pull = async (observed = true) => {
    made += 1;
    const [owner, name] = ["acme", `shop-${made}`];
    const repository = nameOf({ owner, name });
    const { id } = await workshop.github.createRepository({ owner, name, files });
    await workshop.github.setRuleset({ repository, branch: "main", checks: [{ name: "redline/main", integration_id: appId }] });
    await workshop.github.push({ repository, branch: "change", by: "dev", files: { "a.conf": "1\n" } });
    const { number, head_sha: headSha } = await workshop.github.openPull({ repository, head: "change", user: "dev" });
    const known = { installation, repository: id, number, owner, name, headSha, headRepository: id, baseRef: "main", open: true };
    if (observed) await workshop.store.pulls.observe(known);
    return known;
  };
  workshop.push = async (known) => {
    const { sha } = await workshop.github.push({ repository: nameOf(known), branch: "change", by: "dev", files: { "a.conf": "2\n" } });
    const moved = { ...known, headSha: sha };
    await workshop.store.pulls.observe(moved);
    return moved;
  };
  workshop.mark = (known, reason = "pull_request.opened") => workshop.store.dirty.mark(known, reason, new Date());
  workshop.client = () => appClient(workshop.github.api, installation);
  workshop.dependencies = (remedies, rest = {}) => ({
    store: workshop.store,
    github: async () => workshop.client(),
    appId,
    apiUrl: workshop.github.api,
    docsUrl: undefined,
    parseSql: async () => [],
    readSources: async () => [],
    readFacts: async () => [],
    planner: null,
    trees: new TreeCache(1_000_000),
    openArchive: async () => ({ entries: [], close: () => undefined }),
    resultCap: 1_000_000,
    instance: `workshop ${made}`,
    ...TIMES,
    staleMs: 0,
    firstWriteMs: 0,
    remedies,
    now: () => new Date(),
    random: () => 0,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...rest,
  });
  workshop.nets = (wake) => ({
    store: workshop.store,
    app: async () => appClient(workshop.github.api),
    github: async () => workshop.client(),
    appId,
    pause: async () => undefined,
    random: () => 0,
    wake,
    etags: new Map(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  workshop.comments = async (known) => (await workshop.github.comments({ repository: nameOf(known), number: known.number })).length;
  workshop.states = async (known) => {
    const runs = await workshop.github.checkRuns({ repository: nameOf(known), sha: known.headSha });
    return runs.map(({ conclusion, status }) => conclusion ?? status);
  };
  beforeAll(async () => {
    workshop.github = await startDouble();
    workshop.store = await openMemoryStore();
    await workshop.github.registerApp({ id: appId, publicKey: keys.app.publicKey });
    await workshop.github.createUser({ login: "acme" });
    installation = (await workshop.github.install({ app: appId, owner: "acme" })).id;
  });
  afterAll(async () => {
    await workshop.store?.close();
    await workshop.github?.stop();
  });
  return workshop;
}

/** A promise that somebody else resolves. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** A client that first tells of every request. */
export const told = (github: GitHub, tell: (route: string) => Promise<void>): GitHub => ({
  graphql: async (query, variables) => {
    await tell(`query ${/query (\w+)/.exec(query)?.[1]}`);
    return github.graphql(query, variables);
  },
  request: async (route, parameters) => {
    await tell(route);
    return github.request(route, parameters);
  },
});
