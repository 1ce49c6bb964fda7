import { expect, test } from "vitest";
import { createLog, redact } from "../../src/main/log.js";

const written = (write: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = [];
  write(createLog("debug", { write: (line) => void lines.push(line) }));
  return lines.join("");
};

test("a line is JSON with level and time", () => {
  const line: unknown = JSON.parse(written((log) => log.info({ port: 3000 }, "ready")));
  expect(line).toMatchObject({ level: "info", port: 3000, msg: "ready", time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) });
});

test("an error shows its name, message, stack and cause, and nothing that was hung on it (S08)", () => {
  const error = Object.assign(new TypeError("broken", { cause: new Error("the reason") }), { event: { payload: "canary" } });
  const line = written((log) => {
    log.error({ err: error }, "failed");
    log.child({ name: "probot" }).error(error);
  });
  expect(line).toContain('"type":"TypeError","message":"broken"');
  expect(line).toContain("the reason");
  expect(line).not.toContain("canary");
});

const token = ["ghs", "123456_eyJabc.def-ghi.jkl"].join("_");

test.each([
  ["an installation's token", `token ${token} used`],
  ["a personal token", ["github", "pat", "11ABCDEFG0canary"].join("_")],
  ["a JWT", "bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjEyM30.canary-signature"],
  ["a webhook's signature", `sha256=${"0123456789abcdef".repeat(4)}`],
  ["a signed address", "https://x.blob.core.windows.net/a?se=2026&sig=canary%2Fcanary%3D&sp=r"],
  ["a database's password", "postgres://redline:canary@db.example.com/redline"],
  ["the address of a chat's webhook", "https://hooks.slack.com/services/T0/B0/canary"],
  ["a cookie", '{"cookie":"session=canary"}'],
  ["an authorization header", '{"authorization":"token canary"}'],
  ["a private key", ["-----BEGIN RSA", "PRIVATE KEY-----\\ncanary\\n-----END RSA PRIVATE KEY-----"].join(" ")],
])("%s is never written, wherever it stands (S08)", (_, text) => {
  const line = written((log) => log.warn({ deep: { text }, err: new Error(text) }, text));
  expect(line).not.toMatch(/canary|def-ghi|0123456789abcdef/);
  expect(() => JSON.parse(line)).not.toThrow();
});

test("what is no secret stays as it is", () => {
  const line = '{"url":"https://github.com/acme/shop/pull/1?tab=files","sha":"0123456789abcdef0123456789abcdef01234567"}';
  expect(redact(line)).toBe(line);
});
