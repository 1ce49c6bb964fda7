import type { GitHub } from "../../../src/github/call.js";
import type { NetDependencies } from "../../../src/worker/nets/dependencies.js";
import { RequestError } from "../../github/fake-github.js";

/** GitHub as the nets ask it: what it lists, and what went wrong. */
export class ListedGitHub implements GitHub {
  readonly sent: { readonly route: string; readonly parameters: Readonly<Record<string, unknown>> }[] = [];
  installations: readonly object[] = [{ id: 1, suspended_at: null }];
  repositories: readonly object[] = [{ id: 2, name: "shop", owner: { login: "acme" }, default_branch: "main", archived: false }];
  pulls: readonly object[] = [];
  runs: readonly object[] = [];
  /** By route: thrown instead of an answer. */
  readonly broken = new Map<string, Error>();

  async request(route: string, parameters: Record<string, unknown> = {}) {
    this.sent.push({ route, parameters });
    const error = this.broken.get(route);
    if (error) throw error;
    return { status: 200, headers: this.headersOf(route, parameters), data: this.answer(route) };
  }

  async graphql(): Promise<unknown> {
    throw new RequestError(500, "not asked by a net");
  }

  get routes(): readonly string[] {
    return this.sent.map(({ route }) => route);
  }

  /** A strong ETag of the list of pull requests, and 304 to who has it. */
  private headersOf(route: string, { headers }: Record<string, unknown>): Record<string, string> {
    if (route !== "GET /repos/{owner}/{repo}/pulls") return {};
    const etag = JSON.stringify(JSON.stringify(this.pulls));
    if (JSON.stringify(headers ?? {}).includes(JSON.stringify(etag))) throw new RequestError(304, "Not Modified");
    return { etag };
  }

  private answer(route: string): unknown {
    const answers: Readonly<Record<string, unknown>> = {
      "GET /app/installations": this.installations,
      "GET /installation/repositories": { total_count: this.repositories.length, repositories: this.repositories },
      "GET /repos/{owner}/{repo}": this.repositories[0],
      "GET /repos/{owner}/{repo}/commits/{ref}": { sha: "tip" },
      "GET /repos/{owner}/{repo}/pulls": this.pulls,
      "GET /repos/{owner}/{repo}/actions/runs": { total_count: this.runs.length, workflow_runs: this.runs },
    };
    if (!Object.hasOwn(answers, route)) throw new RequestError(404, "Not Found");
    return answers[route];
  }
}

/** An open pull request as the list has it. */
export const listedPull = (number: number, changes: object = {}): object => ({
  number,
  updated_at: "2026-01-05T09:00:00Z",
  labels: [],
  head: { sha: `head-${number}`, repo: { id: 2 } },
  base: { ref: "main" },
  ...changes,
});

/** A finished workflow run as the list has it. */
export const listedRun = (id: number, headSha: string, changes: object = {}): object => ({
  id,
  run_attempt: 1,
  run_started_at: "2026-01-05T09:00:00Z",
  html_url: `https://github.test/runs/${id}`,
  event: "pull_request",
  status: "completed",
  conclusion: "success",
  path: ".github/workflows/bench.yml",
  head_sha: headSha,
  head_branch: "feature",
  head_repository: { id: 2, owner: { login: "acme" } },
  repository: { id: 2 },
  ...changes,
});

export interface NetStage extends NetDependencies {
  wakes: number;
  pauses: number;
  readonly said: string[];
}

/** What the nets need, with a GitHub that is scripted and a store that is given. */
export function netStage(store: NetDependencies["store"], github: GitHub): NetStage {
  const said: string[] = [];
  const say = (_: object, message: string): void => void said.push(message);
  const stage: NetStage = {
    store,
    said,
    wakes: 0,
    pauses: 0,
    appId: 7,
    app: async () => github,
    github: async () => github,
    pause: async () => {
      stage.pauses += 1;
    },
    random: () => 0,
    wake: () => {
      stage.wakes += 1;
    },
    etags: new Map(),
    log: { info: () => undefined, warn: say, error: say },
  };
  return stage;
}
