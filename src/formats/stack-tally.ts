import { FormatError, type ParsedRun, type Problem } from "../model/measurement.js";
import type { HotFunction, Profile } from "../model/profile.js";
import { text } from "../model/text.js";

/** One function on a stack. */
export interface Frame {
  readonly name: string;
  readonly path?: string;
  /** 1-based. */
  readonly line?: number;
}

/** Functions that are kept of one profile: with a share of 5 % of the samples there are never many. */
const MOST = 200;
/** In characters; a longer name or path is no function's of a repository. */
const LONGEST = 500;

/** Code that a change of the repository cannot be: of the runtime, of installed packages, of the system. */
const ELSEWHERE = /(?:^|\/)(?:node_modules|site-packages|dist-packages|gems)\/|^\/usr\/|^node:|^<|\/lib\/(?:python|ruby)\d?/;

const isOurs = ({ name, path = "" }: Frame): boolean =>
  name !== "" && name.length <= LONGEST && path.length <= LONGEST && !ELSEWHERE.test(path);

/** What was seen of one function. */
export interface Tally {
  readonly frame: Frame;
  line: number | undefined;
  self: number;
  total: number;
}

/** Counts samples by function. Whoever feeds it sees to it that a function which calls itself counts once for a stack. */
export class StackTally {
  private readonly byKey = new Map<string, Tally>();
  samples = 0;

  /** The same object for each frame of one function; undefined for code of others. */
  of(frame: Frame): Tally | undefined {
    if (!isOurs(frame)) return undefined;
    const key = `${frame.path ?? ""}\n${frame.name}`;
    const known = this.byKey.get(key) ?? { frame, line: frame.line, self: 0, total: 0 };
    if (frame.line !== undefined && frame.line < (known.line ?? Number.POSITIVE_INFINITY)) known.line = frame.line;
    this.byKey.set(key, known);
    return known;
  }

  /** @throws FormatError `no-samples` */
  run(format: string, problems: readonly Problem[] = []): ParsedRun {
    if (this.samples === 0)
      throw new FormatError("no-samples", text`the profile holds no sample`, text`let the program work while it is profiled`);
    return { format, measurements: [], problems, profile: this.profile() };
  }

  private profile(): Profile {
    const seen = [...this.byKey.values()].filter(({ total }) => total > 0).sort((one, other) => other.total - one.total);
    return { samples: this.samples, hot: seen.slice(0, MOST).map((tally) => this.hot(tally)) };
  }

  private hot({ frame: { name, path }, line, self, total }: Tally): HotFunction {
    const place = { ...(path !== undefined && { path }), ...(line !== undefined && { line }) };
    return { name, ...place, self: self / this.samples, total: total / this.samples };
  }
}
