/** Where a repository keeps its configuration. */
export const CONFIGURATION_PATH = ".github/redline.yml";

/** A larger one is refused unread (trust case C03). */
export const CONFIGURATION_BYTES = 65_536;

/** Where `redline stats export` writes planner statistics, and where they are read unless the configuration says otherwise. */
export const STATISTICS_PATH = ".github/redline-statistics.sql";

/** A larger one is left out: GitHub's answer to the query that is sent anyway holds no more of a file. */
export const STATISTICS_BYTES = 524_288;
