/** A history that the source rules are judged on. */
export interface Corpus {
  /** Name on GitHub. */
  readonly name: string;
  readonly main: string;
  /** The newest commit; the others are its first parents. */
  readonly until: string;
  readonly commits: number;
  /** `tuned`: gates were mended after its findings were read. `fresh`: read once the gates stood. */
  readonly use: "tuned" | "fresh";
}

/**
 * Chosen and written down before the first run, for their languages and because they are servers with a database: three
 * that gates may be mended on, and three that stay unread until the gates stand.
 */
export const corpora: readonly Corpus[] = [
  { name: "documenso/documenso", main: "TypeScript, Prisma", until: "75330166c", commits: 300, use: "tuned" },
  { name: "makeplane/plane", main: "Python, Django", until: "4ca6d6c7b8", commits: 300, use: "tuned" },
  { name: "woodpecker-ci/woodpecker", main: "Go", until: "a4cb541b8", commits: 300, use: "tuned" },
  { name: "ghostfolio/ghostfolio", main: "TypeScript, NestJS, Prisma", until: "c542997d2", commits: 300, use: "fresh" },
  { name: "paperless-ngx/paperless-ngx", main: "Python, Django", until: "b0e0e8a35", commits: 300, use: "fresh" },
  { name: "navidrome/navidrome", main: "Go", until: "295886cb9", commits: 300, use: "fresh" },
];
