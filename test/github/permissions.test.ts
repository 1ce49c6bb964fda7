import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { handlers } from "../../src/events/handlers.js";
import { events, type Permission, routes } from "../../src/github/permissions.js";

const manifest = z
  .object({
    public: z.boolean(),
    hook_attributes: z.object({ url: z.string() }),
    default_permissions: z.record(z.string(), z.enum(["read", "write"])),
    default_events: z.array(z.string()),
  })
  .parse(parse(readFileSync("app.yml", "utf8")));

/** The least that covers all of these. */
const covering = (permissions: readonly Permission[]): Record<string, string> => {
  const least: Record<string, string> = {};
  for (const permission of permissions) {
    const [name = "", access = ""] = permission.split(": ");
    if (least[name] !== "write") least[name] = access;
  }
  return least;
};

test("app.yml asks for what the calls and events need, and for nothing more (P03)", () => {
  const needed = covering(["metadata: read", ...Object.values(routes).flat(), ...Object.values(events)]);
  expect(manifest.default_permissions).toEqual(needed);
});

test("nothing that could change code, settings or somebody else's verdict is asked for (P03)", () => {
  const { contents, issues, actions, ...others } = manifest.default_permissions;
  expect([contents, issues, actions]).toEqual(["read", "read", "read"]);
  expect(Object.keys(others).filter((name) => /administration|secrets|statuses|workflows|single_file/.test(name))).toEqual([]);
});

test("app.yml listens to the events that are handled, but for those that are always sent", () => {
  const handled = handlers.map(({ event }) => event).filter((event) => !event.startsWith("installation"));
  expect(manifest.default_events.toSorted()).toEqual(handled.toSorted());
  expect(manifest.default_events.toSorted()).toEqual(Object.keys(events).toSorted());
});

test("only the account that registers the App can install it, and its webhook has the server's path", () => {
  expect(manifest.public).toBe(false);
  expect(manifest.hook_attributes.url).toMatch(/\/api\/github\/webhooks$/);
});

test("every route in the code stands in the table, and is sent through it (P03)", () => {
  // What speaks of the routes of others is pure, and cannot call any.
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith("permissions.ts") && !/^(?:config|source)\//.test(path),
  );
  const sources = files.map((path) => readFileSync(`src/${path}`, "utf8")).join("\n");
  const sent = [...sources.matchAll(/"((?:GET|POST|PATCH|PUT|DELETE) \/[^"]+)"/g)].map(([, route]) => route);
  expect([...new Set(sent)].toSorted()).toEqual(
    Object.keys(routes)
      .filter((route) => !route.startsWith("query "))
      .toSorted(),
  );
  expect(sources.match(/\.rest\.\w+\.\w+\(|octokit\.request\(/g)).toBeNull();
});
