import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coveringPattern, hasLiteral, matchesEndpoint, parseEndpoint } from "../../src/evidence/endpoints.js";

const matches = (pattern: string, endpoint: string): boolean => matchesEndpoint(parseEndpoint(pattern), parseEndpoint(endpoint));

describe("endpoints", () => {
  it.each([
    ["/api/checkout"],
    ["GET /api/checkout"],
    ["get /api/checkout"],
    ["https://shop.example:8443/api/checkout"],
    ["POST http://127.0.0.1:3000/api/checkout/?page=2#top"],
    ["//shop.example/api/checkout"],
    ["/api/checkout/"],
    ["/api/checkout?next=https://x.example/y"],
    ["api/checkout"],
  ])("finds the path in %s", (written) => {
    expect(parseEndpoint(written).segments).toEqual(["api", "checkout"]);
  });

  it("takes a word for a method only when it is one", () => {
    expect(parseEndpoint("delete /a")).toEqual({ method: "DELETE", segments: ["a"] });
    expect(parseEndpoint("checkout page")).toEqual({ segments: ["checkout page"] });
  });

  it("has no segments for an origin alone and for the root", () => {
    for (const written of ["https://shop.example", "https://shop.example/", "/", "GET /"])
      expect(parseEndpoint(written).segments).toEqual([]);
    expect(matches("/", "http://localhost:3000")).toBe(true);
  });

  it.each(["/api/users/:id", "/api/users/{id}", "/api/users/[id]", "/api/users/*"])(
    "lets %s cover one segment, whatever it is",
    (pattern) => {
      expect(matches(pattern, "/api/users/42")).toBe(true);
      expect(matches(pattern, `/api/users/\${id}`)).toBe(true);
      expect(matches(pattern, "/api/users")).toBe(false);
      expect(matches(pattern, "/api/users/42/orders")).toBe(false);
      expect(matches(pattern, "/api/orders/42")).toBe(false);
    },
  );

  it("asks for the method that a pattern names, and for none otherwise", () => {
    expect(matches("POST /api/checkout", "POST /api/checkout")).toBe(true);
    expect(matches("POST /api/checkout", "GET /api/checkout")).toBe(false);
    expect(matches("POST /api/checkout", "/api/checkout")).toBe(false);
    expect(matches("/api/checkout", "GET /api/checkout")).toBe(true);
  });

  it("gives an endpoint to the most exact pattern only", () => {
    const patterns = ["*", "/api/*/me", "/api/users/:id", "/api/users/me", "GET /api/users/me"];
    expect(coveringPattern(patterns, "/api/users/me")).toBe("/api/users/me");
    expect(coveringPattern(patterns, "GET /api/users/me")).toBe("GET /api/users/me");
    expect(coveringPattern(patterns, "/api/users/7")).toBe("/api/users/:id");
    expect(coveringPattern(patterns, "/api/teams/me")).toBe("/api/*/me");
    expect(coveringPattern(patterns, "/api/teams/7")).toBeNull();
  });

  it("gives the total to the star and nothing else to it", () => {
    expect(coveringPattern(["/a", "*"], "*")).toBe("*");
    expect(coveringPattern(["/a", "/:id"], "*")).toBeNull();
    expect(coveringPattern(["*"], "/a")).toBeNull();
  });

  it("knows a pattern that is all parameters", () => {
    expect(hasLiteral(parseEndpoint("/:a/{b}"))).toBe(false);
    expect(hasLiteral(parseEndpoint("/a/{b}"))).toBe(true);
  });

  it("covers a path by itself, with any origin, query and slash around it", () => {
    const segment = fc.stringMatching(/^[a-z0-9_-]{1,8}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
        const path = `/${segments.join("/")}`;
        expect(matches(path, `GET https://host.example${path}/?q=1`)).toBe(true);
        expect(matches(path, `${path}/more`)).toBe(false);
      }),
    );
  });
});
