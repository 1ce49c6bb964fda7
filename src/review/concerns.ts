import type { OwnLine } from "../config/config.js";
import { isDocumentation, isSource, isTest, matchesAny } from "../evidence/path-kinds.js";
import type { Changes } from "../model/evidence.js";
import type { ChangedFile, Snapshot } from "../model/pull-request.js";
import type { LineId } from "../model/rule.js";

const names = ({ path, previousPath }: ChangedFile): readonly string[] => (previousPath === undefined ? [path] : [path, previousPath]);

/** Changed files that a line of the team's own is about. */
export const matching = ({ paths }: Pick<OwnLine, "paths">, files: readonly ChangedFile[]): readonly ChangedFile[] =>
  paths.length === 0 ? files : files.filter((file) => names(file).some((name) => matchesAny(paths, name)));

const isCode = ({ path }: ChangedFile): boolean => isSource(path) || path.endsWith(".sql");

const runs = (file: ChangedFile): boolean => isCode(file) && !isTest(file.path);

function concerned(item: LineId, { files, critical, benchmarks, loadTests }: Changes, own: OwnLine | undefined): readonly ChangedFile[] {
  if (own) return matching(own, files);
  const among = (paths: readonly string[]) => (file: ChangedFile) => paths.includes(file.path);
  if (item === "tests/benchmark") return files.filter((file) => among(critical)(file) || among(benchmarks)(file));
  if (item === "tests/load-test") return files.filter((file) => runs(file) || among(loadTests)(file));
  const running = files.filter((file) => runs(file) && !among([...benchmarks, ...loadTests])(file));
  return running.length > 0 ? running : files.filter(isCode);
}

/** What a tick may rest on; the same digest means the same files with the same contents. */
export type BasisOf = (item: LineId, own?: OwnLine) => string;

/** Hex digits of a digest that stand in a comment: 96 bits, which nobody finds a second text for. */
const SHOWN = 24;

/**
 * Digests of what each line is about, made by `digest` (cryptographic, hex). A file that was not read counts as
 * changed by every push, and so does everything while the list of files is not whole.
 */
export function basisFor(changes: Changes, { head, incomplete }: Snapshot, digest: (content: string) => string): BasisOf {
  const known = new Map<ChangedFile, string>();
  const digestOf = (file: ChangedFile): string => {
    const unread = file.unread === undefined ? null : head.sha;
    const found = known.get(file) ?? digest(JSON.stringify([file.path, file.previousPath ?? null, file.status, file.head ?? null, unread]));
    known.set(file, found);
    return found;
  };
  const rest = changes.files.filter(({ path }) => !isDocumentation(path));
  const all = rest.length > 0 ? rest : changes.files;
  return (item, own) => {
    const about = concerned(item, changes, own);
    const files = (about.length > 0 ? about : all).map(digestOf).sort();
    return digest(JSON.stringify([item, incomplete === undefined ? null : head.sha, files])).slice(0, SHOWN);
  };
}
