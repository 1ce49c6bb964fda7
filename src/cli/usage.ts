/** A mistake on the command line or in a file a person named: printed as it is, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const EXIT = { open: 0, closed: 1, usage: 2, failed: 3 } as const;

export const HELP = `redline: performance-aware review of a change

  redline review --repo DIR --base REV --head REV [options]
      --config FILE              instead of .github/redline.yml at the tip of --base
      --results GLOB             result files of the head; repeat it, one file is one run
      --baseline-results GLOB    result files of the merge base or earlier, oldest first
      --format FORMAT            terminal (default), markdown, json or github
      --output FILE              write there instead of standard output
      --pull OWNER/NAME#NUMBER   review a pull request on GitHub instead of a checkout (GITHUB_TOKEN)
  redline bench --base REV [options] -- COMMAND
      --head REV                 what is compared with it; the current commit by default
      --results GLOB             where the command writes its results, below its working directory; or
      --stdout                   the result is what the command prints
      --setup CMD                runs once for each side before the first round, such as npm ci
      --rounds 3 --max-rounds 8  rounds before the first look, and at most
      --min-effect 5%            smallest change that counts; --block-effect for the one that exits with 1
      --timeout 10m              for one run
      --output FILE              redline-bench.json by default
      --exact-base               compare with --base itself, not with the merge base
      --keep                     leave the work trees
  redline explain FILE...        plans of the SQL in these files, as they are on disk, on the repository's schema
      --statistics FILE          instead of .github/redline-statistics.sql
      --format terminal|json
  redline measurements FILE... [--format terminal|json]
  redline judge [--stdin-json]   judge requests, one JSON object a line, from standard input
  redline budgets suggest RESULTS...   limits that these runs would have kept, as a piece of the configuration
  redline shifts RESULTS...      where figures stay at another level, in result files of one branch, oldest first
  redline stats export [DATABASE_URL]   planner statistics of a database, for plans at production's size; or DATABASE_URL is set
      --with-values              also the most common values and histogram bounds: real column values
      --min-rows N               no columns of tables with fewer rows, to keep the file small
      --output FILE              .github/redline-statistics.sql by default, - for standard output
  redline store export [STORE]   everything that the App keeps, as lines of JSON: a backup, or to move it
      --output FILE              redline-store.ndjson by default; .gz compresses it, - is standard output
  redline store import FILE [STORE]   fill an empty store from an export
  redline store check [STORE]    read every table and index, and tell what waits and what was given up
      STORE                      a data directory, or postgres://…; else DATABASE_URL, REDLINE_DATA, .redline
  redline doctor --repo OWNER/NAME   is the check required, from this App alone, and does the configuration block (GITHUB_TOKEN; with
                                     PRIVATE_KEY or PRIVATE_KEY_PATH also: may the App do what it needs)
      --branch NAME              the default branch otherwise
      --app-id N                 the App's number; else APP_ID, else whoever set the check
  redline config check [FILE]    validate a configuration and print what it means
  redline config init [FILE]     write a commented configuration
  redline --version | --help

Exit codes of review: 0 the gate is open, 1 it is closed, 2 a mistake in the command, a revision or the
configuration, 3 git, a child process or the network failed.
`;

/** The part of {@link HELP} about one command: its first lines and their options. */
export function helpOf(command: string): string {
  const parts = HELP.split(/\n(?= {2}redline )/u).filter((part) => part.startsWith(`  redline ${command} `));
  return `${parts.join("\n").split("\n\n")[0]?.trimEnd()}\n`;
}

/** Is help asked for, and not by what stands behind `--`? */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}
