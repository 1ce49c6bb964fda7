import fc from "fast-check";
import { expect, test } from "vitest";
import { sparkline } from "../../src/report/sparkline.js";

test("a step is seen as one", () => {
  expect(sparkline([10, 10, 10, 10, 20, 20])).toBe("▁▁▁▁██");
});

test("a steady series is flat, whatever its small noise", () => {
  expect(new Set(sparkline([100, 100.4, 99.6, 100, 100.2, 99.9])).size).toBeLessThanOrEqual(2);
  expect(sparkline([5, 5, 5])).toBe("▅▅▅");
  expect(sparkline([0, 0, 0])).toBe("▄▄▄");
});

test("only the last sixteen values are shown, the newest at the right end", () => {
  const shown = sparkline([...Array.from({ length: 30 }, () => 1), 9]);
  expect([...shown]).toHaveLength(16);
  expect(shown.endsWith("█")).toBe(true);
});

test("two values are no trend", () => {
  expect(sparkline([1, 2])).toBe("");
});

test("a higher value never has a lower bar", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e12, noNaN: true }), { minLength: 3, maxLength: 16 }), (values) => {
      const bars = [...sparkline(values)];
      expect(bars).toHaveLength(values.length);
      for (const [i, one] of values.entries())
        for (const [j, other] of values.entries()) if (one < other) expect(bars[i]! <= bars[j]!).toBe(true);
    }),
  );
});
