import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Instants } from "../../src/formats/instants.js";

describe("instants", () => {
  test("property: are those of Date, in any offset and order", () => {
    const instants = new Instants();
    const date = fc.date({ min: new Date("1900-01-01"), max: new Date("2400-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, east) => {
        const pad = (value: number) => String(value).padStart(2, "0");
        const offset = `${east < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(east) / 60))}:${pad(Math.abs(east) % 60)}`;
        const local = new Date(at.getTime() + east * 60_000).toISOString().slice(0, -1);
        expect(instants.seconds(local + offset)).toBeCloseTo(at.getTime() / 1000, 3);
        expect(instants.seconds(at.toISOString())).toBeCloseTo(at.getTime() / 1000, 3);
      }),
    );
  });

  test("keep nanoseconds as far as a number can", () => {
    expect(new Instants().seconds("2024-08-22T01:14:12.707865571-03:00")).toBeCloseTo(1_724_300_052.707_866, 5);
  });

  test.each([
    "",
    "now",
    "2024-08-22",
    "2024-13-22T01:14:12Z",
    "2024-08-22T01:14:99Z",
    "2024-08-22T01:14:-1Z",
    "2024-08-22T01:14:12",
    "1724300052",
  ])("%s is none", (instant) => expect(new Instants().seconds(instant)).toBeNaN());
});
