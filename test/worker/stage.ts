import { afterAll, beforeAll } from "vitest";
import type { KnownPull, Store } from "../../src/store/store.js";
import type { Dependencies } from "../../src/worker/dependencies.js";
import { TreeCache } from "../../src/worker/tree-cache.js";
import { FakeGitHub } from "../github/fake-github.js";
import { openMemoryStore } from "../store/memory.js";

/** What the worker depends on: a real store in memory, a scripted GitHub and a clock that the test moves. */
export interface Stage {
  store: Store;
  now: Date;
  readonly errors: unknown[];
  dependencies(github: FakeGitHub): Dependencies;
  /** Another pull request for each call, recorded in the store. */
  pull(parts?: Partial<KnownPull>): Promise<KnownPull>;
}

/** Opens the store before the file's tests and closes it after them. */
export function useStage(): Stage {
  let number = 0;
  const stage = {
    now: new Date("2026-01-05T09:00:00Z"),
    errors: [] as unknown[],
    dependencies: (github: FakeGitHub): Dependencies => ({
      store: stage.store,
      github: async () => github,
      appId: 7,
      apiUrl: "https://api.github.test",
      docsUrl: undefined,
      parseSql: async () => [],
      readSources: async () => [],
      readFacts: async () => [],
      planner: null,
      trees: new TreeCache(1_000_000),
      openArchive: async () => ({ entries: [], close: () => undefined }),
      resultCap: 200_000_000,
      instance: "stage",
      staleMs: 0,
      freshMs: 5_000,
      firstWriteMs: 0,
      leaseMs: 15_000,
      now: () => stage.now,
      random: () => 0.5,
      log: { info: () => undefined, warn: () => undefined, error: (fields) => stage.errors.push(fields) },
    }),
    pull: async (parts: Partial<KnownPull> = {}): Promise<KnownPull> => {
      number += 1;
      const known = {
        installation: 1,
        repository: 2,
        number,
        owner: "acme",
        name: "shop",
        headSha: `${number}`.padStart(40, "a"),
        headRepository: 2,
        baseRef: "main",
        open: true,
        ...parts,
      };
      await stage.store.pulls.observe(known);
      return known;
    },
  } as Stage;
  beforeAll(async () => {
    stage.store = await openMemoryStore();
  });
  afterAll(() => stage.store.close());
  return stage;
}

/** Routes of checks and comments that succeed, with ids that count up from 100, and others. */
export function writable(others: ConstructorParameters<typeof FakeGitHub>[0] = {}): FakeGitHub {
  let id = 100;
  const created = (): object => {
    id += 1;
    return { id };
  };
  return new FakeGitHub({
    ...others,
    "POST /repos/{owner}/{repo}/check-runs": created,
    "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": ({ check_run_id: check }) => ({ id: check }),
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": created,
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": ({ comment_id: comment }) => ({ id: comment }),
  });
}

/** A pull request as GitHub's REST API shows it. */
export const standing = ({ number, headSha, baseRef, open }: KnownPull): object => ({
  number,
  state: open ? "open" : "closed",
  head: { sha: headSha, repo: { id: 2 } },
  base: { ref: baseRef },
});

/** Verb and last literal part of every request. */
export const verbs = (github: FakeGitHub): readonly string[] =>
  github.sent.map(({ route }) => route.replace(/^(\w+) .*\/(check-runs|comments|memberships).*$/, "$1 $2"));
