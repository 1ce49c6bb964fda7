import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { renderComment } from "../../src/report/comment.js";
import { renderTemplate } from "../../src/report/templates.js";
import { blocked } from "./reviews.js";

const folder = fileURLToPath(new URL("../../templates/", import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  /^(?:review-|check-|partials).*\.hbs$/.test(name),
);

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, "open");
  Reflect.deleteProperty(Object.prototype, "polluted");
});

test.each(sources)("%s shows values through md, cell and block only (M05)", (name) => {
  const mustaches = readFileSync(`${folder}${name}`, "utf8").match(/\{\{.*?\}\}/g) ?? [];
  expect(mustaches.length).toBeGreaterThan(0);
  for (const mustache of mustaches)
    expect(mustache).toMatch(/^\{\{(?:(?:md|cell|block) \w+|[#/](?:each|if|unless)( @?\w+)?|else|> \w+)\}\}$/);
});

test("a value that is no Text is refused", () => {
  expect(() => renderTemplate("check-details", { folded: [], configuration: "<b>" })).toThrow("may only show a Text, not string");
});

test("a field that is missing is an error, not an empty place", () => {
  expect(() => renderTemplate("check-details", { folded: [] })).toThrow("not undefined");
});

test("a polluted prototype changes nothing (M05)", () => {
  const before = renderComment(blocked, { marker: "" });
  for (const key of ["open", "polluted"]) {
    Object.defineProperty(Object.prototype, key, { value: [["<b>polluted</b>"]], configurable: true, enumerable: false, writable: true });
  }
  expect(renderComment(blocked, { marker: "" })).toBe(before);
  expect(() => renderTemplate("check-details", Object.create({ folded: [], configuration: [] }))).toThrow();
});
