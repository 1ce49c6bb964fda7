import { text } from "../../model/text.js";
import { compareDigits } from "./order.js";
import type { MigrationTool, RepositoryFile } from "./tool.js";

const PLACE = /schema\/(?:(\w+)\/)?delta\/(\d+)\/([^/]+)$/;

function byDelta(left: RepositoryFile, right: RepositoryFile): number {
  const [, , a = "", first = ""] = PLACE.exec(left.path) ?? [];
  const [, , b = "", second = ""] = PLACE.exec(right.path) ?? [];
  return compareDigits(a, b) || (first < second ? -1 : 1);
}

/** `schema/<database>/delta/<n>/<nn>_<name>.sql`, by n, then by name over all databases. */
export const synapse: MigrationTool = {
  id: "synapse",
  recognizes: ({ files }) => files.some(({ path }) => PLACE.test(path)),
  ordered: (files) => files.filter(({ path }) => PLACE.test(path)).sort(byDelta),
  run: () => ({
    transaction: "file",
    withoutTransaction: text`Register a background update that creates the index: deltas run in one transaction.`,
  }),
};
