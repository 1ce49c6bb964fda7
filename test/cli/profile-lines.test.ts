import { expect, it } from "vitest";
import { profileLines } from "../../src/cli/profile-lines.js";

it("a profile is shown by its functions, with what is foreign kept harmless", () => {
  const hot = [{ name: "to\u001b[31mtal", path: "src/cart.py", line: 2, self: 0.1, total: 0.234 }];
  const [head, row] = profileLines({ samples: 44, hot });
  expect(head).toContain("44 samples");
  expect(row).toContain("src/cart.py:2");
  expect(row).toContain("23 % (10 % itself)");
  expect(row).not.toContain("\u001b");
  expect(profileLines(undefined)).toEqual([]);
});
