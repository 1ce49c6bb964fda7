/** One wildcard algorithm serves both levels: `**` among the segments of a path, `*` among the characters of a segment. */
interface Sequence {
  readonly patternLength: number;
  readonly inputLength: number;
  isStar(patternIndex: number): boolean;
  matches(patternIndex: number, inputIndex: number): boolean;
}

/**
 * Greedy wildcard matching that only ever goes back to the latest star, which is enough because an
 * earlier star could not match more than the later one does. Steps: at most pattern × input.
 */
function matchesSequence(sequence: Sequence): boolean {
  let pattern = 0;
  let input = 0;
  let afterStar = -1;
  let retry = 0;
  while (input < sequence.inputLength) {
    if (pattern < sequence.patternLength && sequence.isStar(pattern)) {
      pattern += 1;
      afterStar = pattern;
      retry = input;
    } else if (pattern < sequence.patternLength && sequence.matches(pattern, input)) {
      pattern += 1;
      input += 1;
    } else if (afterStar >= 0) {
      retry += 1;
      pattern = afterStar;
      input = retry;
    } else return false;
  }
  while (pattern < sequence.patternLength && sequence.isStar(pattern)) pattern += 1;
  return pattern === sequence.patternLength;
}

function matchesSegment(pattern: string, segment: string): boolean {
  return matchesSequence({
    patternLength: pattern.length,
    inputLength: segment.length,
    isStar: (index) => pattern[index] === "*",
    matches: (index, at) => pattern[index] === "?" || pattern[index] === segment[at],
  });
}

/** The longest path that Linux opens (PATH_MAX), and a pattern longer than anybody writes: together they bound the time. */
export const longest = { path: 4096, pattern: 160 } as const;

/**
 * Does the whole path match? `*` is any run of characters within a segment, `?` is one character (a UTF-16
 * unit), `**` as a whole segment is any number of segments, none included. Everything else, braces and
 * brackets too, stands for itself; case matters. Time is at most pattern length × path length, whatever they
 * hold; a path or pattern over its {@link longest} length matches nothing.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  if (pattern.length > longest.pattern || path.length > longest.path) return false;
  const [patterns, segments] = [pattern.split("/"), path.split("/")];
  return matchesSequence({
    patternLength: patterns.length,
    inputLength: segments.length,
    isStar: (index) => patterns[index] === "**",
    matches: (index, at) => matchesSegment(patterns[index] ?? "", segments[at] ?? ""),
  });
}

/**
 * A pattern as GitHub reads one in CODEOWNERS, as globs of ours: without a slash inside it matches at any depth, a slash
 * in front or inside ties it to the root, and a folder means everything below. Each is up to six characters longer.
 */
export function ownersGlobs(pattern: string): readonly string[] {
  const bare = pattern.replace(/^\/+/u, "");
  const isTied = pattern.startsWith("/") || bare.replace(/\/+$/u, "").includes("/");
  const tied = isTied ? bare : `**/${bare}`;
  if (tied.endsWith("/")) return [`${tied}**`];
  const last = tied.slice(tied.lastIndexOf("/") + 1);
  return /[*?]/u.test(last) ? [tied] : [tied, `${tied}/**`];
}
