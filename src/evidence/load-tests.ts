import type { Config } from "../config/config.js";
import type { Collected } from "../model/collected.js";
import type { LoadTests } from "../model/coverage.js";
import type { ChangedFile } from "../model/pull-request.js";
import type { LoadRequest } from "../model/routes.js";
import { type Text, text } from "../model/text.js";
import { requestsIn } from "../source/routes/requests.js";
import { isVendored } from "../sql/migration-tools/wanted.js";
import { isLoadTest } from "./path-kinds.js";
import type { Tree } from "./tree.js";

/** What load tests are written in; results and reports lie beside them. */
const WRITTEN = /\.(?:[cm]?[jt]s|py|scala|kt|java|ya?ml|jmx|txt)$/u;

/** Is this a load test that can be read? By its path, well known or configured. */
export const isLoadTestFile = (path: string, paths: Pick<Config["paths"], "loadTests">): boolean =>
  isLoadTest(path, paths) && WRITTEN.test(path) && !isVendored(path);

type Read = { readonly path: string; readonly text: string };

/** Requests that are kept of all files together. */
const REQUESTS = 20_000;

function allRequests(files: readonly Read[]): { readonly requests: readonly LoadRequest[]; readonly cut: boolean } {
  const requests: LoadRequest[] = [];
  for (const file of files) {
    if (requests.length >= REQUESTS) return { requests, cut: true };
    requests.push(...requestsIn(file.text, file.path));
  }
  return { requests, cut: false };
}

function gap(tree: Collected<Tree>, cut: boolean): Text | null {
  if (tree.status === "absent") return text`only changed load tests were read: ${tree.reason}`;
  if (tree.value.incomplete !== undefined) return text`not every load test was read: ${tree.value.incomplete}`;
  return cut ? text`only ${REQUESTS} requests of the load tests were looked at` : null;
}

/** The head's load tests: those of its tree, else those of them that changed. */
export function readLoadTests(tree: Collected<Tree>, changed: readonly ChangedFile[], config: Config): LoadTests {
  const here = changed.flatMap(({ path, head }): readonly Read[] =>
    head !== undefined && isLoadTestFile(path, config.paths) ? [{ path, text: head }] : [],
  );
  const there =
    tree.status === "absent"
      ? []
      : tree.value.files.flatMap(({ path, text }): readonly Read[] => (text === undefined ? [] : [{ path, text }]));
  const files = [...new Map([...there, ...here].map((file) => [file.path, file])).values()];
  const { requests, cut } = allRequests(files);
  const incomplete = gap(tree, cut);
  return { files: files.map(({ path }) => path), requests, ...(incomplete && { incomplete }) };
}
