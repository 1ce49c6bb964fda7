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
  redline measurements FILE... [--format terminal|json]
  redline judge [--stdin-json]   judge requests, one JSON object a line, from standard input
  redline budgets suggest RESULTS...   limits that these runs would have kept, as a piece of the configuration
  redline config check [FILE]    validate a configuration and print what it means
  redline config init [FILE]     write a commented configuration
  redline --version | --help

Exit codes of review: 0 the gate is open, 1 it is closed, 2 a mistake in the command, a revision or the
configuration, 3 git, a child process or the network failed.
`;
