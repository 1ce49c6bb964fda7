import { describe, expect, it } from "vitest";
import { answers } from "../../../src/source/routes/match.js";

const whole = (path: string) => ({ path, whole: true });
const end = (path: string) => ({ path, whole: false });

describe("a request goes to a route", () => {
  it.each([
    ["/users/{}", "/users/7"],
    ["/users/{}", "/users/{}"],
    ["/files/{*}", "/files/a/b/c"],
    ["/files/{*}", "/files"],
    ["/", "/"],
  ])("%s takes %s", (route, request) => expect(answers(whole(route), request)).toBe(true));

  it.each([
    ["/users/me", "/users/{}"],
    ["/users/{}", "/users"],
    ["/users/{}", "/users/7/posts"],
    ["/users", "/api/users"],
    ["/", "/users"],
  ])("%s does not take %s", (route, request) => expect(answers(whole(route), request)).toBe(false));

  it.each([
    ["/users/{}", "/api/v1/users/7"],
    ["/users", "/users"],
    ["/files/{*}", "/api/files/a/b"],
  ])("%s, mounted anywhere, takes %s", (route, request) => expect(answers(end(route), request)).toBe(true));

  it.each([
    ["/users", "/users/7"],
    ["/{}", "/users"],
    ["/", "/users"],
    ["/api/users", "/users"],
  ])("%s, mounted anywhere, does not take %s", (route, request) => expect(answers(end(route), request)).toBe(false));
});
