import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joined, normalPath, pathOfPattern, stringIn, stringsIn } from "../../../src/source/routes/path.js";

describe("a path", () => {
  it.each([
    ["/users/:id", "/users/{}"],
    ["users/<int:id>/", "/users/{}"],
    ["/users/{id:[0-9]+}", "/users/{}"],
    ["/users/[id]", "/users/{}"],
    ["/users/$1", "/users/{}"],
    ["/users/${user.id}?full=1", "/users/{}"],
    ["/users/#{id}", "/users/{}"],
    ["/users/%d", "/users/{}"],
    ["/users/:id(\\d+)/posts/:post?", "/users/{}/posts/{}"],
    ["/files/:name.json", "/files/{}"],
    ["/files/{path...}", "/files/{*}"],
    ["/files/[...slug]", "/files/{*}"],
    ["/files/*", "/files/{*}"],
    ["/(shop)/cart/@modal", "/cart"],
    ["/{$}", "/"],
    ["//a///b/", "/a/b"],
    ["", "/"],
  ])("%s is %s", (written, path) => {
    expect(normalPath(written)).toBe(path);
  });

  it("is none when nobody would write it by hand", () => {
    expect(normalPath(`/${"a".repeat(500)}`)).toBeNull();
  });

  it("is the same when it is read again", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", ":id", "{x}", "[y]", "*", "b.c")), (segments) => {
        const once = normalPath(segments.join("/"));
        expect(normalPath(once ?? "")).toBe(once);
      }),
    );
  });

  it("is joined with single slashes", () => {
    expect(joined("/api/", "", "/", "users/", ":id")).toBe("/api/users/:id");
    expect(joined()).toBe("/");
  });
});

describe("a pattern of Django's", () => {
  it.each([
    ["^articles/(?P<year>[0-9]{4})/$", "articles/{year}/"],
    ["^a\\.b/([^/]+)/?$", "a.b/{value}/"],
  ])("%s is %s", (pattern, path) => {
    expect(pathOfPattern(pattern)).toBe(path);
  });

  it("that is more than literals and groups is none", () => {
    expect(pathOfPattern("^a/\\d+/$")).toBeNull();
  });
});

describe("a literal", () => {
  it("is read in every language's quotes, and not where it was cut", () => {
    expect(['"a"', "'a'", "`a`", "r'a'", 'f"a"'].map(stringIn)).toEqual(["a", "a", "a", "a", "a"]);
    expect(stringIn("'aaaaaaa…")).toBeNull();
  });

  it("is found among others", () => {
    expect(stringsIn(`["GET", 'POST']`)).toEqual(["GET", "POST"]);
  });
});
