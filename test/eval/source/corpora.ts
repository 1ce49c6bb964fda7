/** A history that the source rules are judged on. */
export interface Corpus {
  /** Name on GitHub. */
  readonly name: string;
  readonly main: string;
  /** The newest commit; the others are its first parents. */
  readonly until: string;
  readonly commits: number;
  /** The run in which it was first read. */
  readonly use:
    | "first"
    | "second"
    | "third"
    | "fourth"
    | "fifth"
    | "sixth"
    | "seventh"
    | "eighth"
    | "ninth"
    | "tenth"
    | "eleventh"
    | "twelfth";
}

/**
 * Each set was chosen and written down before its first run, for its languages and because they are servers with a
 * database. Gates were mended after each was read.
 */
export const corpora: readonly Corpus[] = [
  { name: "documenso/documenso", main: "TypeScript, Prisma", until: "75330166c", commits: 300, use: "first" },
  { name: "makeplane/plane", main: "Python, Django", until: "4ca6d6c7b8", commits: 300, use: "first" },
  { name: "woodpecker-ci/woodpecker", main: "Go", until: "a4cb541b8", commits: 300, use: "first" },
  { name: "ghostfolio/ghostfolio", main: "TypeScript, NestJS, Prisma", until: "c542997d2", commits: 300, use: "second" },
  { name: "paperless-ngx/paperless-ngx", main: "Python, Django", until: "b0e0e8a35", commits: 300, use: "second" },
  { name: "navidrome/navidrome", main: "Go", until: "295886cb9", commits: 300, use: "second" },
  { name: "triggerdotdev/trigger.dev", main: "TypeScript, Prisma", until: "b082e44389", commits: 300, use: "third" },
  { name: "wger-project/wger", main: "Python, Django", until: "aaba20184", commits: 300, use: "third" },
  { name: "usememos/memos", main: "Go", until: "76a762924", commits: 300, use: "third" },
  { name: "umami-software/umami", main: "TypeScript, Prisma", until: "c0ea3aefb", commits: 300, use: "fourth" },
  { name: "healthchecks/healthchecks", main: "Python, Django", until: "29b5ec25", commits: 300, use: "fourth" },
  { name: "gotify/server", main: "Go, GORM", until: "d543a8a", commits: 300, use: "fourth" },
  { name: "novuhq/novu", main: "TypeScript, NestJS, Mongoose", until: "74a2e9a6a", commits: 600, use: "fifth" },
  { name: "Flagsmith/flagsmith", main: "Python, Django", until: "1ad8487ba", commits: 600, use: "fifth" },
  { name: "harness/harness", main: "Go", until: "ad5c8768c", commits: 600, use: "fifth" },
  { name: "outline/outline", main: "TypeScript, Sequelize", until: "d77dcdf85", commits: 300, use: "sixth" },
  { name: "readthedocs/readthedocs.org", main: "Python, Django", until: "793719612", commits: 300, use: "sixth" },
  { name: "apache/answer", main: "Go, xorm", until: "3b9f13706", commits: 300, use: "sixth" },
  { name: "linkwarden/linkwarden", main: "TypeScript, Prisma", until: "7550ebb89", commits: 300, use: "seventh" },
  { name: "netbox-community/netbox", main: "Python, Django", until: "43fe81f9e", commits: 300, use: "seventh" },
  { name: "mindersec/minder", main: "Go, sqlc", until: "2853b8dc7", commits: 300, use: "seventh" },
  { name: "hoppscotch/hoppscotch", main: "TypeScript, NestJS, Prisma", until: "afc2cf181", commits: 300, use: "eighth" },
  { name: "mealie-recipes/mealie", main: "Python, FastAPI, SQLAlchemy", until: "b5643a939", commits: 300, use: "eighth" },
  { name: "miniflux/v2", main: "Go, database/sql", until: "106cdd09e", commits: 300, use: "eighth" },
  { name: "dubinc/dub", main: "TypeScript, Prisma", until: "1de955f78", commits: 300, use: "ninth" },
  { name: "saleor/saleor", main: "Python, Django", until: "723cd4eba", commits: 300, use: "ninth" },
  { name: "grafana/oncall", main: "Python, Django", until: "3666186a9", commits: 300, use: "ninth" },
  { name: "getfider/fider", main: "Go, database/sql", until: "67c52826c", commits: 300, use: "ninth" },
  { name: "papermark/papermark", main: "TypeScript, Prisma", until: "86e3fda6c", commits: 300, use: "tenth" },
  { name: "DefectDojo/django-DefectDojo", main: "Python, Django", until: "7cfa159a6", commits: 300, use: "tenth" },
  { name: "superseriousbusiness/gotosocial", main: "Go, bun", until: "57cb4fe74", commits: 300, use: "tenth" },
  { name: "elie222/inbox-zero", main: "TypeScript, Prisma", until: "4f70dcefc", commits: 300, use: "eleventh" },
  { name: "getredash/redash", main: "Python, SQLAlchemy", until: "ca79fe988", commits: 300, use: "eleventh" },
  { name: "go-vikunja/vikunja", main: "Go, xorm", until: "762dc4ebe", commits: 300, use: "eleventh" },
  { name: "unkeyed/unkey", main: "Go and TypeScript", until: "fc99b6b92", commits: 300, use: "eleventh" },
  { name: "openstatusHQ/openstatus", main: "TypeScript, Drizzle, and Go", until: "22df52eb0", commits: 300, use: "twelfth" },
  { name: "taigaio/taiga-back", main: "Python, Django", until: "3bea71140", commits: 300, use: "twelfth" },
  { name: "mattermost/focalboard", main: "Go, squirrel", until: "de5e5cc41", commits: 300, use: "twelfth" },
  { name: "photoview/photoview", main: "Go, GORM", until: "91cbeb410", commits: 300, use: "twelfth" },
];
