import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pack } from "../../src/store/packed.js";
import { exchange, headersOf, type OpenDoor, openDoor, post, rawRequest, SECRET, sign, statusOf } from "./door.js";

const BODY = '{"action":"opened"}';

let door: OpenDoor;

beforeEach(async () => {
  door = await openDoor();
});

afterEach(() => door.close());

describe("a good delivery", () => {
  test("is answered 202 and handed on once it is durable (R01)", async () => {
    expect(await post(door.port, BODY)).toBe(202);
    expect(door.inbox.received).toEqual([
      {
        guid: "guid-1",
        event: "push",
        action: null,
        installation: 1,
        repository: 2,
        pull: null,
        body: pack(BODY),
        receivedAt: new Date("2026-01-05T09:00:00Z"),
      },
    ]);
    expect(door.delivered).toEqual(door.inbox.received);
    expect(door.log).toEqual([]);
  });

  test("is not answered before the inbox has committed it", async () => {
    const order: string[] = [];
    let open = (): void => undefined;
    door.inbox.gate = new Promise((resolve) => {
      open = () => {
        order.push("committed");
        resolve();
      };
    });
    const answered = post(door.port, BODY).then((status) => order.push(String(status)));
    // Another request, begun later, passes through the same server while this one waits for its commit.
    await fetch(`http://127.0.0.1:${door.port}/healthz`);
    open();
    await answered;
    expect(order).toEqual(["committed", "202"]);
  });

  test("is answered 503, and handed to nobody, when the inbox fails (R11)", async () => {
    door.inbox.failing = true;
    const answer = await exchange(door.port, rawRequest("POST /hook HTTP/1.1", headersOf(BODY), BODY));
    expect(statusOf(answer)).toBe(503);
    expect(answer.toLowerCase()).toContain("retry-after:");
    expect(door.delivered).toEqual([]);
  });

  test("that is done already has no second effect (R07)", async () => {
    door.inbox.done.add("guid-1");
    expect(await post(door.port, BODY)).toBe(202);
    expect(door.delivered).toEqual([]);
  });

  test("commits the mark of the payload with it, due after the handler's own", async () => {
    const key = { installation: 1, repository: 2, number: 3 };
    const dirty = { key, reason: "pull_request.opened" };
    const other = await openDoor({ identify: () => ({ action: "opened", installation: 1, repository: 2, pull: 3, dirty }) });
    await post(other.port, BODY);
    await other.close();
    expect(other.inbox.marks).toEqual([{ key, reason: "pull_request.opened", runAt: new Date("2026-01-05T09:00:05Z") }]);
  });

  test("may be signed with the previous secret while the new one is introduced, and not after (S06)", async () => {
    const rotating = await openDoor({ secrets: ["the new secret of enough length", SECRET] });
    expect(await post(rotating.port, BODY)).toBe(202);
    await rotating.close();
    const rotated = await openDoor({ secrets: ["the new secret of enough length"] });
    expect(await post(rotated.port, BODY)).toBe(401);
    await rotated.close();
  });

  test.each([
    ["an upper-case signature", { "x-hub-signature-256": `sha256=${sign(BODY).slice(7).toUpperCase()}` }],
    ["a charset", { "content-type": "application/json; charset=utf-8" }],
  ])("may come with %s (S01)", async (_, headers) => {
    expect(await post(door.port, BODY, headers)).toBe(202);
  });
});

describe("what is refused by its headers", () => {
  test.each([
    ["no signature", { "x-hub-signature-256": undefined }, 401],
    ["a wrong signature", { "x-hub-signature-256": sign("other") }, 401],
    ["a signature with another secret", { "x-hub-signature-256": sign(BODY, "development") }, 401],
    ["a short signature", { "x-hub-signature-256": sign(BODY).slice(0, -2) }, 401],
    ["a signature that is no hex", { "x-hub-signature-256": `sha256=${"z".repeat(64)}` }, 401],
    ["only a SHA-1 signature", { "x-hub-signature-256": undefined, "x-hub-signature": "sha1=".padEnd(45, "a") }, 401],
    ["two signatures", { "x-hub-signature-256": [sign(BODY), sign(BODY)] }, 401],
  ])("%s (S01)", async (_, headers, status) => {
    expect(await post(door.port, BODY, headers)).toBe(status);
    expect(door.inbox.received).toEqual([]);
    expect(door.log.join("")).not.toContain("opened");
  });

  test.each([
    ["no GUID", { "x-github-delivery": undefined }, 400],
    ["a GUID with blanks", { "x-github-delivery": "a b" }, 400],
    ["no event", { "x-github-event": undefined }, 400],
    ["an unknown event", { "x-github-event": "fork" }, 400],
    ["the event __proto__", { "x-github-event": "__proto__" }, 400],
    ["the event constructor", { "x-github-event": "constructor" }, 400],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["no content type", { "content-type": undefined }, 415],
    ["a body above the cap", { "content-length": String(25 * 1024 * 1024 + 1) }, 413],
    ["a length and chunks", { "transfer-encoding": "chunked" }, 400],
    ["two lengths", { "content-length": ["19", "20"] }, 400],
    ["headers above 16 KB", { "x-large": "a".repeat(17 * 1024) }, 431],
  ])("%s (S02, S04, S07)", async (_, headers, status) => {
    expect(await post(door.port, BODY, headers)).toBe(status);
    expect(door.inbox.received).toEqual([]);
  });

  test.each([
    ["chunks without a length", { "content-length": undefined, "transfer-encoding": "chunked" }, "0\r\n\r\n"],
    ["length 0", { "content-length": "0" }, ""],
  ])("%s (S02)", async (_, headers, body) => {
    expect(statusOf(await exchange(door.port, rawRequest("POST /hook HTTP/1.1", headersOf(BODY, headers), body)))).toBe(411);
  });

  test.each([
    ["GET /hook HTTP/1.1", 405],
    ["PUT /hook HTTP/1.1", 405],
    ["POST //hook HTTP/1.1", 404],
    ["POST /hook/ HTTP/1.1", 404],
    ["POST /hook?a=1 HTTP/1.1", 404],
    ["POST /other HTTP/1.1", 404],
    ["POST http://localhost/hook HTTP/1.1", 404],
    ["POST /../hook HTTP/1.1", 404],
    ["NONSENSE", 400],
  ])("%s (S07)", async (line, status) => {
    expect(statusOf(await exchange(door.port, rawRequest(line, headersOf(BODY), BODY)))).toBe(status);
    expect(door.inbox.received).toEqual([]);
  });
});

describe("what is refused by its body", () => {
  test.each([
    ["no JSON", "nonsense"],
    ["half an object", '{"a":'],
    ["null", "null"],
    ["an array", "[]"],
    ["a string", '"push"'],
    ["a byte order mark", `\uFEFF${BODY}`],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ["the key __proto__", '{"__proto__":{"polluted":true}}'],
    ["the key __proto__, escaped and deep", '{"a":[{"\\u005f_proto__":1}]}'],
    ["deep nesting", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ])("%s (S04)", async (_, body) => {
    expect(await post(door.port, body)).toBe(400);
    expect(door.inbox.received).toEqual([]);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("the text __proto__ is a value like any other", async () => {
    expect(await post(door.port, '{"title":"__proto__","text":"\\"__proto__\\": 1"}')).toBe(202);
  });

  test("is not logged, nor are its headers, and one refusal takes at most 300 bytes (S01, S02, S08)", async () => {
    await post(door.port, `{"canary-body":1}`, { "x-hub-signature-256": sign("other"), cookie: "canary-header" });
    expect(door.log).toHaveLength(1);
    expect(door.log.join("")).not.toContain("canary");
    expect(Buffer.byteLength(door.log.join(""))).toBeLessThanOrEqual(300);
  });
});

describe("too much at once", () => {
  test("a body is refused while others fill the budget, and taken in when they have ended (S02)", async () => {
    const small = await openDoor({ limits: { inFlightBytes: 30 } });
    const first = connect(small.port, "127.0.0.1");
    const halves = rawRequest("POST /hook HTTP/1.1", headersOf(BODY, { "content-length": "25" }), BODY);
    await new Promise<void>((resolve) => first.write(halves, () => resolve()));
    const refused = await exchange(small.port, rawRequest("POST /hook HTTP/1.1", headersOf(BODY), BODY));
    expect(statusOf(refused)).toBe(503);
    expect(refused.toLowerCase()).toContain("retry-after:");
    first.destroy();
    await expect.poll(() => post(small.port, BODY)).toBe(202);
    await small.close();
  });

  test.each([
    ["half a body", rawRequest("POST /hook HTTP/1.1", headersOf(BODY), BODY.slice(0, 5))],
    ["half the headers", Buffer.from("POST /hook HTTP/1.1\r\nhost: localhost\r\nx-slow: ")],
  ])("%s that stalls is closed at the deadline and never answered 2xx (S03)", async (_, bytes) => {
    const impatient = await openDoor({ limits: { headersMs: 200, requestMs: 300 } });
    const answer = await exchange(impatient.port, bytes);
    expect([0, 408]).toContain(statusOf(answer));
    expect(impatient.inbox.received).toEqual([]);
    await impatient.close();
  });

  test("a client that goes away in the middle leaves nothing behind", async () => {
    const socket = connect(door.port, "127.0.0.1");
    await new Promise<void>((resolve) =>
      socket.write(rawRequest("POST /hook HTTP/1.1", headersOf(BODY), BODY.slice(0, 5)), () => resolve()),
    );
    socket.destroy();
    expect(await post(door.port, BODY)).toBe(202);
    expect(door.inbox.received).toHaveLength(1);
  });
});

describe("the probes", () => {
  const get = async (port: number, path: string): Promise<number> => (await fetch(`http://127.0.0.1:${port}${path}`)).status;

  test("say that the process is alive and ready", async () => {
    expect([await get(door.port, "/healthz"), await get(door.port, "/readyz")]).toEqual([200, 200]);
  });

  test("an unready process is alive all the same", async () => {
    const unready = await openDoor({ ready: async () => false });
    expect([await get(unready.port, "/healthz"), await get(unready.port, "/readyz")]).toEqual([200, 503]);
    await unready.close();
  });

  test("take GET only, and there is nothing else to see (T04)", async () => {
    const posted = await fetch(`http://127.0.0.1:${door.port}/healthz`, { method: "POST" });
    expect(posted.status).toBe(405);
    expect(await get(door.port, "/")).toBe(404);
    expect(await get(door.port, "/probot")).toBe(404);
  });
});
