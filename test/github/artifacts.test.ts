import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Artifact, downloadArtifact, listArtifacts } from "../../src/github/artifacts.js";
import { plain } from "../../src/model/text.js";
import { clean, raiseStage, type Stage } from "../github-double/stage.js";
import { FakeGitHub, RequestError } from "./fake-github.js";

const shop = { owner: "acme", name: "shop" };
const ZIP = "GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}";
const LIST = "GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts";

const limits = (apiUrl: string, zipBytes = 50_000_000) => ({ apiUrl, zipBytes });

const artifact = (changed: Partial<Artifact> = {}): Artifact => ({
  id: 1,
  name: "redline",
  bytes: 10,
  expired: false,
  sha256: null,
  ...changed,
});

describe("against the local GitHub", () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await raiseStage();
  });

  afterAll(async () => {
    expect(await stage.stop()).toEqual(clean);
  });

  test("a zip is listed by its globs and downloaded without the App's token (A08)", async () => {
    const run = await stage.github.completeRun({
      repository: "acme/shop",
      number: 1,
      artifacts: { "redline-k6": { "summary.json": "{}" }, logs: { "log.txt": "x" } },
    });
    const found = await listArtifacts(stage.app, shop, { id: run.id, startedAt: "2026-01-01T00:00:00Z" }, ["redline*", "*k6*"]);
    expect(found.map(({ name }) => name)).toEqual(["redline-k6"]);
    const [first = artifact()] = found;
    const download = await downloadArtifact(stage.app, shop, first, limits(stage.github.api));
    expect(download.status).toBe("downloaded");
    if (download.status !== "downloaded") return;
    expect(createHash("sha256").update(Buffer.concat(download.zip)).digest("hex")).toBe(first.sha256);
    expect((await stage.github.blobJournal()).map(({ authorization }) => authorization)).toEqual([false]);
  });

  test("an artifact that has expired is an answer, not an error", async () => {
    const run = await stage.github.completeRun({ repository: "acme/shop", number: 1, artifacts: { redline: { "a.json": "{}" } } });
    const [first = artifact()] = await listArtifacts(stage.app, shop, { id: run.id, startedAt: "2026-01-01T00:00:00Z" }, ["redline"]);
    await stage.github.expireArtifact({ repository: "acme/shop", artifact: first.id });
    expect(await downloadArtifact(stage.app, shop, first, limits(stage.github.api))).toEqual({ status: "expired" });
    const [listed = artifact()] = await listArtifacts(stage.app, shop, { id: run.id, startedAt: "2026-01-01T00:00:00Z" }, ["redline"]);
    expect(listed.expired).toBe(true);
    expect(await downloadArtifact(stage.app, shop, listed, limits(stage.github.api))).toEqual({ status: "expired" });
  });
});

describe("listing", () => {
  const listed = (id: number, name: string, created_at: string | null) => ({ id, name, size_in_bytes: 1, expired: false, created_at });

  test("artifacts of another attempt are left out, also where an older attempt is read last: GitHub keeps no attempt with them (A09, R29)", async () => {
    const github = new FakeGitHub({
      [LIST]: () => ({
        artifacts: [
          listed(2, "redline", "2026-01-05T09:00:01Z"),
          listed(1, "redline", "2026-01-05T08:59:59Z"),
          listed(4, "redline", "2026-01-05T09:00:00Z"),
          listed(3, "redline", null),
        ],
      }),
    });
    const found = await listArtifacts(github, shop, { id: 9, startedAt: "2026-01-05T09:00:00Z" }, ["redline"]);
    expect(found.map(({ id }) => id)).toEqual([2, 4]);
    const first = { id: 9, startedAt: "2026-01-05T08:00:00Z", until: "2026-01-05T09:00:00Z" };
    expect((await listArtifacts(github, shop, first, ["redline"])).map(({ id }) => id)).toEqual([1]);
  });

  test("every page is read, ten at most", async () => {
    const page = Array.from({ length: 100 }, (_, index) => listed(index, "redline", "2026-01-05T09:00:00Z"));
    const github = new FakeGitHub({ [LIST]: () => ({ artifacts: page }) });
    await listArtifacts(github, shop, { id: 9, startedAt: "2026-01-05T09:00:00Z" }, ["redline"]);
    expect(github.sent.map(({ parameters }) => parameters.page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

describe("downloading", () => {
  const closing: (() => void)[] = [];

  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  const storage = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/zip`;
  };

  const redirecting = (location: string): FakeGitHub =>
    new FakeGitHub({ [ZIP]: () => ({ status: 302, headers: { location }, data: null }) });

  const API = "http://127.0.0.1:1";

  const refusal = async (github: FakeGitHub, of: Artifact = artifact(), api = API): Promise<string> => {
    const download = await downloadArtifact(github, shop, of, limits(api));
    return download.status === "refused" ? plain(download.reason) : download.status;
  };

  test.each([
    ["https://evil.example/zip", "evil.example is no host of GitHub's artifacts"],
    ["http://169.254.169.254/latest", "169.254.169.254 is no host of GitHub's artifacts"],
    ["http://results.blob.core.windows.net/zip", "results.blob.core.windows.net is no host of GitHub's artifacts"],
    ["https://blob.core.windows.net.evil.example/zip", "blob.core.windows.net.evil.example is no host of GitHub's artifacts"],
    ["https://127.0.0.1/zip", "127.0.0.1 is no host of GitHub's artifacts"],
    ["not an address", "GitHub named no place for the zip"],
  ])("a redirect to %s is not followed (A08)", async (location, reason) => {
    expect(await refusal(redirecting(location))).toBe(reason);
  });

  test("a further redirect is not followed (A08)", async () => {
    const location = await storage((_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/other" }).end());
    await expect(downloadArtifact(redirecting(location), shop, artifact(), limits(API))).rejects.toMatchObject({
      failure: { kind: "ambiguous" },
    });
  });

  test("the storage is asked without credentials (A08)", async () => {
    const asked: unknown[] = [];
    const location = await storage((request, response) => {
      asked.push(request.headers.authorization);
      response.end("zip");
    });
    expect(await downloadArtifact(redirecting(location), shop, artifact(), limits(API))).toMatchObject({
      status: "downloaded",
      zip: [{ length: 3 }],
    });
    expect(asked).toEqual([undefined]);
  });

  test("a zip that is not the one GitHub names is refused (A08)", async () => {
    const location = await storage((_, response) => response.end("forged"));
    const sha256 = createHash("sha256").update("zip").digest("hex");
    expect(await refusal(redirecting(location), artifact({ sha256 }))).toBe("the zip's SHA-256 is not the one that GitHub names");
  });

  test("more than the cap is never taken in, whatever the listing says (A08)", async () => {
    const megabyte = Buffer.alloc(1024 * 1024);
    const location = await storage((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(megabyte));
      };
      response.on("drain", more);
      more();
    });
    expect(await downloadArtifact(redirecting(location), shop, artifact(), limits(API))).toEqual({ status: "too-large" });
    const listed = artifact({ bytes: 50_000_001 });
    expect(await downloadArtifact(new FakeGitHub(), shop, listed, limits(API))).toEqual({ status: "too-large", bytes: 50_000_001 });
  });

  test.each([404, 410])("the storage's %i means that it is gone (R28, A08)", async (status) => {
    const location = await storage((_, response) => response.writeHead(status).end());
    expect(await refusal(redirecting(location))).toBe("expired");
  });

  test("the storage failing is an error, to be tried again", async () => {
    const location = await storage((_, response) => response.writeHead(503).end());
    await expect(downloadArtifact(redirecting(location), shop, artifact(), limits(API))).rejects.toMatchObject({
      failure: { kind: "ambiguous" },
    });
  });

  test("GitHub refusing is its own error", async () => {
    const github = new FakeGitHub({
      [ZIP]: () => {
        throw new RequestError(403, "Resource not accessible by integration");
      },
    });
    await expect(downloadArtifact(github, shop, artifact(), limits(API))).rejects.toMatchObject({ failure: { kind: "permission" } });
  });
});
