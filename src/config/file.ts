/** Where a repository keeps its configuration. */
export const CONFIGURATION_PATH = ".github/redline.yml";

/** A larger one is refused unread (trust case C03). */
export const CONFIGURATION_BYTES = 65_536;
