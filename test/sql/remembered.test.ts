import { describe, expect, it } from "vitest";
import { remembered } from "../../src/sql/remembered.js";

describe("remembered", () => {
  it("asks once for each object, also when the answer is nothing", () => {
    const asked: object[] = [];
    const answer = remembered((of: { readonly name?: string }) => {
      asked.push(of);
      return of.name;
    });
    const [named, other] = [{ name: "orders" }, {}];
    expect([answer(named), answer(named), answer(other), answer(other)]).toEqual(["orders", "orders", undefined, undefined]);
    expect(asked).toEqual([named, other]);
  });
});
