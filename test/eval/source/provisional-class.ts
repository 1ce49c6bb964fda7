import type { PathClass } from "../../../src/model/source.js";
import { isGenerated } from "../../../src/source/generated.js";

const dir = (names: string) => new RegExp(`(?:^|/)(?:${names})/`);
const R: readonly (readonly [PathClass, RegExp])[] = [
  ["generated", /(?:^|\/)gen\/|_pb2\.py$|\.pb\.go$/],
  ["vendor", /(?:^|\/)(?:vendor|node_modules|third_party|dist)\/|\.min\.js$/],
  [
    "test",
    new RegExp(
      `${dir("test|tests|__tests__|spec|specs|e2e|__e2e__|fixtures?|testdata|mocks?|__mocks__|testing|testhelpers?|factories|test-utils").source}|_test\\.go$|\\.(?:test|spec)\\.[jt]sx?$|_spec\\.rb$|(?:^|/)test_[^/]*\\.py$|_test\\.py$|Tests?\\.java$|IT\\.java$|\\.stories\\.`,
    ),
  ],
  ["bench", /bench/i],
  ["migration", /(?:^|\/)(?:migrations|install|upgrade)\/|db\/migrate|background_migration/],
  [
    "script",
    new RegExp(
      `${dir("scripts|bin|tools|hack|seeds|examples|docs|docker|contrib|demo|sdks").source}|management/commands|lib/tasks|\\.rake$|(?:^|/)seeds?\\.`,
    ),
  ],
  ["browser", /(?:^|\/)(?:client|frontend|web|assets)\/|app\/javascript|^(?!.*server\/).*\.(?:tsx|jsx|vue)$/],
];
export function classOf(path: string, text: string): PathClass {
  if (isGenerated(text)) return "generated";
  return R.find(([, r]) => r.test(path))?.[0] ?? "server";
}
