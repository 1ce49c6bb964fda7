import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Probot } from "probot";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAppOctokit, createTokenClient } from "../../src/github/client.js";
import { createFetch } from "../../src/github/deadline.js";
import { readFacts } from "../../src/github/facts.js";
import { appId, clean, keys, raiseStage, type Stage } from "../github-double/stage.js";
import { FakeGitHub } from "./fake-github.js";

interface Api {
  readonly url: string;
  readonly asked: string[];
  readonly versions: unknown[];
  close(): void;
}

type Called = (operation: string, status: number) => void;
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An API that gives out tokens and otherwise answers as told. */
async function openApi(answer: Answer): Promise<Api> {
  const asked: string[] = [];
  const versions: unknown[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    versions.push(request.headers["x-github-api-version"]);
    response.setHeader("content-type", "application/json");
    if (!request.url?.endsWith("/access_tokens")) return answer(request, response);
    response.writeHead(201).end(JSON.stringify({ token: "ghs_x", expires_at: "2099-01-01T00:00:00Z", permissions: {} }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, asked, versions, close };
}

let api: Api;
let answer: Answer;

beforeEach(async () => {
  api = await openApi((request, response) => answer(request, response));
});

afterEach(() => api.close());

const probot = (throttled: boolean, { deadlineMs, ...options }: { deadlineMs?: number; called?: Called } = {}): Probot =>
  new Probot({
    appId,
    privateKey: keys.app.privateKey,
    baseUrl: api.url,
    logLevel: "fatal",
    Octokit: createAppOctokit({ throttled, ...options }),
    request: { fetch: createFetch(deadlineMs) },
  });

const CHECK = "POST /repos/{owner}/{repo}/check-runs";
const check = { owner: "acme", repo: "shop", name: "redline/main", head_sha: "head" };
const checks = (): number => api.asked.filter((line) => line.endsWith("/check-runs")).length;

/** Each test its own installation, so that none waits for another's pace. */
let installation = 1_000;

const nextInstallation = (): number => {
  installation += 1;
  return installation;
};

describe("the App's client", () => {
  test.each([
    [502, {}],
    [500, {}],
    [403, { "retry-after": "1" }],
    [429, { "retry-after": "1" }],
    [403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102444800" }],
  ])("sends a request once, paced or not, when GitHub answers %i %o", async (status, headers) => {
    answer = (_, response) => response.writeHead(status, headers).end('{"message":"no"}');
    for (const throttled of [true, false]) {
      const octokit = await probot(throttled).auth(nextInstallation());
      await expect(octokit.request(CHECK, check)).rejects.toMatchObject({ status, response: { headers } });
    }
    expect(checks()).toBe(2);
  });

  test("asks the configured host for its token too, and pins the API's version in every request", async () => {
    answer = (_, response) => response.writeHead(201).end('{"id":1}');
    const octokit = await probot(false).auth(nextInstallation());
    await octokit.request(CHECK, check);
    expect(api.asked).toEqual([`POST /app/installations/${installation}/access_tokens`, "POST /repos/acme/shop/check-runs"]);
    expect(new Set(api.versions)).toEqual(new Set(["2022-11-28"]));
  });

  test("gives out tokens from the configured host even when asked for one alone", async () => {
    const octokit = await probot(false).auth(nextInstallation());
    await expect(octokit.auth({ type: "installation" })).resolves.toMatchObject({ token: "ghs_x" });
    expect(api.asked).toEqual([`POST /app/installations/${installation}/access_tokens`]);
  });

  test("does not wait for a GitHub that never answers (R19)", async () => {
    answer = () => undefined;
    const octokit = await probot(false, { deadlineMs: 50 }).auth(nextInstallation());
    await expect(octokit.request(CHECK, check)).rejects.toMatchObject({ status: 500 });
    expect(checks()).toBe(1);
  });

  test("paces the writes of one installation, and lets no other installation wait for it", async () => {
    const written: string[] = [];
    answer = (request, response) => {
      written.push(request.url?.split("/")[3] ?? "");
      response.writeHead(201).end('{"id":1}');
    };
    const app = probot(true);
    const [first, second] = [await app.auth(nextInstallation()), await app.auth(nextInstallation())];
    const write = (octokit: typeof first, repo: string) => octokit.request(CHECK, { ...check, repo });
    await Promise.all([write(first, "a"), write(first, "b"), write(second, "c")]);
    expect(written).toHaveLength(3);
    expect(written[2]).toBe("b");
  });

  test("lets a query wait for no write", async () => {
    const heard: string[] = [];
    answer = (request, response) => {
      heard.push(request.url?.split("/").at(-1) ?? "");
      const found = request.url === "/graphql" && request.headers.authorization === "token ghs_x";
      response.writeHead(201).end(JSON.stringify(found ? { data: { viewer: "redline" } } : { id: 1 }));
    };
    const called: string[] = [];
    const octokit = await probot(true, { called: (operation, status) => called.push(`${operation} ${status}`) }).auth(nextInstallation());
    const writes = ["a", "b", "c"].map((name) => octokit.request(CHECK, { ...check, name }));
    await expect(octokit.graphql("{ viewer }")).resolves.toEqual({ viewer: "redline" });
    await Promise.all(writes);
    expect(heard).toHaveLength(4);
    expect(heard.at(-1)).toBe("check-runs");
    expect(called).toContain("POST /graphql 201");
  });
});

describe("a token's client", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage();
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  test("reads a pull request like the App's", async () => {
    const { token } = await stage.github.createToken({ user: "alice" });
    const facts = await readFacts(createTokenClient(token, stage.github.api), { owner: "acme", name: "shop", number: 1 });
    expect(facts?.head.sha).toBe(stage.head);
  });

  test("with a token that GitHub does not know is an error that says so", async () => {
    const reading = readFacts(createTokenClient("ghp_unknown", stage.github.api), { owner: "acme", name: "shop", number: 1 });
    await expect(reading).rejects.toMatchObject({ failure: { kind: "credentials" } });
  });
});

test("the fake of the tests has the shape of a client", async () => {
  await expect(new FakeGitHub().request("GET /nothing")).rejects.toMatchObject({ status: 404 });
});
