import { describe, expect, it } from "vitest";
import { isLoadTestFile, readLoadTests } from "../../src/evidence/load-tests.js";
import { plain, text } from "../../src/model/text.js";
import { changed, config } from "./facts.js";

const tree = (...files: readonly (readonly [string, string])[]) =>
  ({ status: "collected", value: { files: files.map(([path, text]) => ({ path, sha: path, text })) } }) as const;

describe("load tests of the head", () => {
  it.each(["k6/shop.js", "locustfile.py", "load.jmx", "perf/artillery.yml", "src/gatling/ShopSimulation.scala", "mine/a.ts"])(
    "%s is one",
    (path) => {
      expect(isLoadTestFile(path, { loadTests: ["mine/**"] })).toBe(true);
    },
  );

  it.each(["src/shop.ts", "k6/summary.json", "k6/README.md", "node_modules/k6/index.js"])("%s is none", (path) => {
    expect(isLoadTestFile(path, { loadTests: [] })).toBe(false);
  });

  it("are read from the repository, a changed one as it is now", () => {
    const here = changed("k6/shop.js", { head: "http.get('/new')" });
    const { files, requests } = readLoadTests(
      tree(["k6/shop.js", "http.get('/old')"], ["k6/other.js", "http.get('/other')"]),
      [here],
      config({}),
    );
    expect(files).toEqual(["k6/shop.js", "k6/other.js"]);
    expect(requests.map(({ path, file }) => `${file} ${path}`)).toEqual(["k6/shop.js /new", "k6/other.js /other"]);
  });

  it("are only the changed ones where the repository was not read, and that is said", () => {
    const read = readLoadTests(
      { status: "absent", reason: text`too large` },
      [changed("k6/shop.js", { head: "http.get('/a')" })],
      config({}),
    );
    expect(read.files).toEqual(["k6/shop.js"]);
    expect(plain(read.incomplete ?? [])).toBe("only changed load tests were read: too large");
  });

  it("are bounded, and say so", () => {
    const many = Array.from({ length: 9 }, (_, n) => [`k6/${n}.js`, '"/a" '.repeat(3_000)] as const);
    const read = readLoadTests(tree(...many), [], config({}));
    expect(read.requests).toHaveLength(21_000);
    expect(plain(read.incomplete ?? [])).toBe("only 20000 requests of the load tests were looked at");
  });

  it("say when not all of them were read", () => {
    const cut = { status: "collected", value: { files: [], incomplete: "more than 20,000 of its files are wanted" } } as const;
    expect(plain(readLoadTests(cut, [], config({})).incomplete ?? [])).toContain("not every load test was read: more than 20,000");
    expect(readLoadTests(tree(), [], config({})).incomplete).toBeUndefined();
  });
});
