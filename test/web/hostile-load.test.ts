import { connect } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readObject } from "../../src/web/json-body.js";
import { Refusal } from "../../src/web/refusal.js";
import { exchange, headersOf, type OpenDoor, openDoor, post, rawRequest, sign, statusOf } from "./door.js";

const MEBIBYTE = 1024 * 1024;
const BODY = '{"action":"opened"}';

let door: OpenDoor;

beforeEach(async () => {
  door = await openDoor({ limits: { bodyBytes: MEBIBYTE, inFlightBytes: 2.5 * MEBIBYTE } });
});

afterEach(() => door.close());

describe("many at once", () => {
  it("large bodies with forged signatures are held two at a time, and logged in 300 bytes each (S02)", async () => {
    const forged = Buffer.alloc(MEBIBYTE, "canary ");
    const statuses = await Promise.all(
      Array.from({ length: 64 }, () => post(door.port, forged, { "x-hub-signature-256": sign("something else") })),
    );
    // 0: the connection was closed while the rest of the body was on its way.
    expect(new Set(statuses.filter((status) => ![0, 401, 408, 503].includes(status)))).toEqual(new Set());
    expect(door.inbox.received).toEqual([]);
    expect(door.log.every((line) => Buffer.byteLength(line) <= 300 && !line.includes("canary"))).toBe(true);
    await expect.poll(() => post(door.port, BODY)).toBe(202);
  });

  it("slow sockets are all closed, none with 2xx, and a good delivery is taken in beside them (S03)", async () => {
    const impatient = await openDoor({ limits: { headersMs: 1_500, requestMs: 2_000 } });
    const halves = rawRequest("POST /hook HTTP/1.1", headersOf(BODY), BODY.slice(0, 5));
    const stalled = [halves, Buffer.from("POST /hook HTTP/1.1\r\nhost: localhost\r\nx-slow: ")];
    const answers = Array.from({ length: 200 }, (_, index) => exchange(impatient.port, stalled[index % 2] ?? halves));
    expect(await post(impatient.port, BODY)).toBe(202);
    const statuses = (await Promise.all(answers)).map(statusOf);
    expect(statuses.filter((status) => status !== 0 && status !== 408)).toEqual([]);
    expect(impatient.inbox.received).toHaveLength(1);
    await impatient.close();
  });

  it("requests on one connection are each looked at by themselves, in their order (S07)", async () => {
    const good = rawRequest("POST /hook HTTP/1.1", headersOf(BODY), BODY);
    const forged = rawRequest("POST /hook HTTP/1.1", headersOf(BODY, { "x-hub-signature-256": sign("other") }), BODY);
    const last = rawRequest("POST /hook HTTP/1.1", headersOf(BODY, { connection: "close" }), BODY);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(door.port, "127.0.0.1", () => socket.write(Buffer.concat([good, forged, last])));
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk.toString("latin1");
      });
      socket.on("close", () => resolve(text));
      socket.on("error", () => undefined);
    });
    expect([...answer.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status))).toEqual([202, 401, 202]);
    expect(door.inbox.received).toHaveLength(2);
  });
});

describe("anything at all", () => {
  const json = fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text));
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
  const keys = fc.constantFrom("__proto__", "constructor", "prototype", "toString", "action");
  const hostile = fc.dictionary(keys, fc.jsonValue()).map((value) => Buffer.from(JSON.stringify(value)));

  it("is an object or a refusal, and never touches a prototype (S04)", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(fc.oneof(json, bytes, hostile), (body) => {
        try {
          expect(typeof readObject(body)).toBe("object");
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          expect(error instanceof Refusal && error.status).toBe(400);
        }
      }),
      { numRuns: 1000 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  it("that comes as a signed delivery is answered 202 or 4xx, whatever its headers hold (S04, S07)", async () => {
    const value = fc.string({ unit: fc.constantFrom("a", "-", ":", ";", "=", "0", "_", " ", "%", "{", "é"), maxLength: 20 });
    const headers = fc.dictionary(fc.constantFrom("x-github-event", "x-github-delivery", "content-type", "x-odd", "cookie"), value);
    await fc.assert(
      fc.asyncProperty(fc.oneof(json, bytes, hostile), headers, async (body, changed) => {
        const status = await post(door.port, body, changed);
        expect(status === 202 || (status >= 400 && status < 500)).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(await post(door.port, BODY)).toBe(202);
  });
});
