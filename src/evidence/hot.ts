import type { Heat } from "../model/coverage.js";
import type { ResultFile } from "../model/evidence.js";
import type { HotFunction, Profile } from "../model/profile.js";
import type { FunctionFact, LineRange, SourceFile } from "../model/source.js";

/** Share of a profile's samples, in the function or in what it calls, from which it is hot: twice as slow, it costs 5 % more. */
const HOT = 0.05;

/** Profiles that are looked at of each side. */
const MOST = 8;

/** Profiles of the base come first: the author of the head may have left one out. */
export interface Profiles {
  readonly base: readonly ResultFile[];
  readonly head: readonly ResultFile[];
}

interface Seen {
  readonly file: string;
  readonly hot: HotFunction;
}

/** `com/shop/Cart.total`, `cart.(*Cart).Total` and `Cart#total` as their names: the last is the function's own. */
const segmentsOf = (name: string): readonly string[] =>
  name
    .replace(/\[[^\]]*\]|[()*]/gu, "")
    .split(/[./:#$\\]+/u)
    .filter((segment) => segment !== "");

const own = (name: string): string => segmentsOf(name).at(-1) ?? "";

function seenIn(files: readonly ResultFile[]): ReadonlyMap<string, readonly Seen[]> {
  const byName = new Map<string, Seen[]>();
  const profiles = files.flatMap(({ file, run }) => (run.profile ? [{ file, profile: run.profile }] : [])).slice(-MOST);
  for (const { file, profile } of profiles)
    for (const hot of hottest(profile)) {
      const name = own(hot.name);
      const known = byName.get(name) ?? [];
      known.push({ file, hot });
      byName.set(name, known);
    }
  return byName;
}

const hottest = ({ hot }: Profile): readonly HotFunction[] => hot.filter(({ total }) => total >= HOT);

const isBelow = (longer: string, path: string): boolean => longer === path || longer.endsWith(`/${path}`);

/** A profiler writes where the file lay when the program ran, or shortens it. */
const isFile = (seen: string, path: string): boolean => isBelow(seen, path) || (!seen.startsWith("/") && isBelow(path, seen));

const isIn = (line: number, range: LineRange | undefined): boolean => range !== undefined && range.line <= line && line <= range.endLine;

/** Several functions of a file may have one name; then the line decides, on either side. */
function isPlaced(line: number | undefined, fn: FunctionFact, { head, base }: SourceFile): boolean {
  const same = (head?.functions ?? []).filter(({ name }) => name === fn.name);
  if (line === undefined || same.length < 2) return true;
  const before = base?.functions.find(({ path }) => path === fn.path);
  return isIn(line, fn) || isIn(line, before);
}

/** Without a path the name must tell the class or package too. */
function isQualified(name: string, { path }: FunctionFact): boolean {
  const [wanted, given] = [segmentsOf(path), segmentsOf(name)];
  return wanted.length > 1 && wanted.every((segment, index) => given.at(index - wanted.length) === segment);
}

const largest = (found: readonly Seen[]): Heat | undefined => {
  const [first] = found.toSorted((one, other) => other.hot.total - one.hot.total);
  return first && { profile: first.file, function: first.hot.name, share: first.hot.total };
};

/** What profiles say of the changed functions. */
export class HotCode {
  /** The base's, then the head's. */
  private readonly sides: readonly ReadonlyMap<string, readonly Seen[]>[];

  constructor({ base, head }: Profiles) {
    this.sides = [seenIn(base), seenIn(head)];
  }

  /** @param paths of the file on both sides */
  ofFunction(fn: FunctionFact, paths: readonly string[], file: SourceFile): Heat | undefined {
    const isIt = ({ hot: { path, name, line } }: Seen): boolean =>
      path === undefined ? isQualified(name, fn) : paths.some((one) => isFile(path, one)) && isPlaced(line, fn, file);
    return this.first((seen) => (seen.get(own(fn.name ?? "")) ?? []).filter(isIt));
  }

  /** The hottest function of a file that nobody could read. */
  ofFile(paths: readonly string[]): Heat | undefined {
    const isIt = ({ hot: { path } }: Seen): boolean => path !== undefined && paths.some((one) => isFile(path, one));
    return this.first((seen) => [...seen.values()].flat().filter(isIt));
  }

  private first(found: (seen: ReadonlyMap<string, readonly Seen[]>) => readonly Seen[]): Heat | undefined {
    for (const seen of this.sides) {
      const heat = largest(found(seen));
      if (heat) return heat;
    }
    return undefined;
  }
}
