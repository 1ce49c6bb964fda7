import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plain } from "../../src/model/text.js";
import { headTree } from "../../src/worker/head-tree.js";
import { TREE_CHARACTERS, TreeCache } from "../../src/worker/tree-cache.js";
import { FakeGitHub, RequestError } from "../github/fake-github.js";

const ROUTE = "GET /repos/{owner}/{repo}/tarball/{ref}";
const repository = { owner: "acme", name: "shop", repositoryId: 2 };
const apiUrl = "http://127.0.0.1:1";

let server: Server;
let location: string;

async function shop(): Promise<Uint8Array> {
  const tar = pack();
  for (const path of ["migrations/1_a.sql", "src/shop.ts", "vendor/x/a.go", "README.md", "load/shop.yml", "k6.yaml"])
    tar.entry({ name: `acme-shop-abc/${path}` }, path);
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}

beforeAll(async () => {
  const bytes = await shop();
  server = createServer((request, response) => {
    if (request.url !== "/tarball") response.statusCode = 404;
    response.end(bytes);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  location = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const redirecting = (path: string): FakeGitHub =>
  new FakeGitHub({ [ROUTE]: () => ({ status: 302, headers: { location: location + path }, data: null }) });
const placed = (github: FakeGitHub) => ({ github, repository, apiUrl, trees: new TreeCache(TREE_CHARACTERS), loadTests: ["load/**"] });

async function read(place: ReturnType<typeof placed>, wanted: (path: string) => boolean, sha = "abc"): Promise<string> {
  const tree = await headTree(place, sha, wanted);
  return tree.status === "absent" ? plain(tree.reason) : tree.value.files.map(({ path, text }) => `${path}=${text}`).join(" ");
}

describe("the tree of a head on GitHub", () => {
  it("is asked for once for each head, whatever is wanted of it", async () => {
    const place = placed(redirecting("/tarball"));
    expect(await read(place, (path) => path.endsWith(".sql"))).toBe("migrations/1_a.sql=migrations/1_a.sql");
    expect(await read(place, () => true)).toBe(
      "migrations/1_a.sql=migrations/1_a.sql src/shop.ts=src/shop.ts load/shop.yml=load/shop.yml k6.yaml=k6.yaml",
    );
    expect(place.github.sent.map(({ parameters }) => parameters.ref)).toEqual(["abc"]);
    await read(place, () => true, "def");
    expect(place.github.sent.map(({ parameters }) => parameters.ref)).toEqual(["abc", "def"]);
  });

  it("is absent with a reason where its download fails, so that the review goes on", async () => {
    expect(await read(placed(redirecting("/none")), () => true)).toBe("the host of GitHub's archives answered 404");
    expect(await read(placed(new FakeGitHub()), () => true)).toBe("the repository's archive could not be downloaded from GitHub");
  });

  it.each([403, 429])("throws what a person or a later try mends: %i", async (status) => {
    const github = new FakeGitHub({
      [ROUTE]: () => {
        throw new RequestError(status, "Resource not accessible by integration");
      },
    });
    await expect(read(placed(github), () => true)).rejects.toThrow("tarball");
  });
});
