import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type QuantityKind, quantityForm, readQuantity, sayDuration, sayShare } from "../../src/config/quantities.js";

const readable: readonly (readonly [QuantityKind, unknown, number])[] = [
  ["duration", "200ms", 0.2],
  ["duration", "1.5s", 1.5],
  ["duration", "60m", 3600],
  ["duration", "2 min", 120],
  ["duration", "250µs", 0.00025],
  ["duration", "250us", 0.00025],
  ["duration", "30d", 2_592_000],
  ["rate", "1000rps", 1000],
  ["rate", "1000/s", 1000],
  ["rate", "1000 req/s", 1000],
  ["rate", "600rpm", 10],
  ["rate", "60/min", 1],
  ["share", "10%", 0.1],
  ["share", "0.5 %", 0.005],
  ["share", 0.01, 0.01],
  ["share", 0, 0],
  ["size", "512MB", 512e6],
  ["size", "2GiB", 2 * 1024 ** 3],
];

const refusals: readonly (readonly [QuantityKind, unknown, string, string])[] = [
  ["duration", 100, "is a number without a unit", "write 100ms"],
  ["rate", 1000, "is a number without a unit", "write 1000rps"],
  ["share", 5, "is a number without a unit", "write 5%"],
  ["share", 1, "is a number without a unit", "write 1%"],
  ["size", 512, "is a number without a unit", "write 512MB"],
  ["duration", "100", "is not a duration", "write a duration such as 200ms or 1.5s"],
  ["duration", "1000rps", "is not a duration", "write a duration such as 200ms or 1.5s"],
  ["rate", "200ms", "is not a rate", "write a rate such as 1000rps or 1000/s"],
  ["share", "0.01", "is not a share", "write a share such as 10% or 0.5%"],
  ["duration", "-5ms", "is not a duration", "write a duration such as 200ms or 1.5s"],
  ["duration", "1e999ms", "is not a duration", "write a duration such as 200ms or 1.5s"],
  ["duration", "1,000ms", "is not a duration", "write a duration such as 200ms or 1.5s"],
  ["duration", "1MS", "is not a duration", "write a duration such as 200ms or 1.5s"],
  ["duration", "5constructor", "is not a duration", "write a duration such as 200ms or 1.5s"],
  ["duration", Number.NaN, "is not a duration", "write a duration such as 200ms or 1.5s"],
  ["rate", Number.POSITIVE_INFINITY, "is not a rate", "write a rate such as 1000rps or 1000/s"],
  ["rate", -1, "is not a rate", "write a rate such as 1000rps or 1000/s"],
  ["size", null, "is not a size", "write a size such as 512MB or 2GiB"],
  ["size", ["1MB"], "is not a size", "write a size such as 512MB or 2GiB"],
];

describe("readQuantity", () => {
  it.each(readable)("reads the %s %j as %d in SI units", (kind, raw, expected) => {
    expect(readQuantity(kind, raw)).toBeCloseTo(expected, 12);
  });

  it.each(refusals)("refuses %j for %j: it %s", (kind, raw, why, write) => {
    expect(readQuantity(kind, raw)).toEqual({ why, write });
  });

  it("accepts exactly what the pattern for editors accepts", () => {
    const kind = fc.constantFrom<QuantityKind>("duration", "rate", "share", "size");
    const number = fc.oneof(
      fc.nat().map(String),
      fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => value.toFixed(3)),
      fc.string({ maxLength: 4 }),
    );
    const unit = fc.constantFrom("ms", "s", " s", "m", "min", "rps", "/s", "req/s", "%", "MB", "KiB", "", "x", "S", "  s");
    fc.assert(
      fc.property(kind, number, unit, (k, n, u) => {
        const raw = `${n}${u}`;
        expect(typeof readQuantity(k, raw) === "number").toBe(new RegExp(quantityForm(k).pattern, "u").test(raw));
      }),
      { numRuns: 2000 },
    );
  });

  it("never yields a negative, infinite or undefined quantity", () => {
    fc.assert(
      fc.property(fc.constantFrom<QuantityKind>("duration", "rate", "share", "size"), fc.anything(), (kind, raw) => {
        const read = readQuantity(kind, raw);
        if (typeof read === "number") expect(Number.isFinite(read) && read >= 0).toBe(true);
        else expect(read.write).toMatch(/^write /u);
      }),
    );
  });
});

describe("saying quantities", () => {
  it.each([
    [0.1, "100 ms"],
    [0.00025, "0.25 ms"],
    [1.5, "1.5 s"],
    [3600, "60 minutes"],
    [7200, "2 hours"],
    [604_800, "7 days"],
    [90, "90 s"],
    [0, "0 ms"],
  ])("says %d seconds as %s", (seconds, said) => expect(sayDuration(seconds)).toBe(said));

  it.each([
    [0.05, "5 %"],
    [0.001, "0.1 %"],
    [0.07, "7 %"],
  ])("says the share %d as %s", (share, said) => expect(sayShare(share)).toBe(said));
});
