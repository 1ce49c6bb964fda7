import { execFileSync, spawnSync } from "node:child_process";

/** A node of cmark-gfm's own tree. */
export interface Node {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  literal: string;
}

const INSTALL = "apt-get install -y cmark-gfm";
const found = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

/** Finds GitHub's own parser or installs it; without it nothing could be proven, so it is never done without. */
function requireParser(): void {
  if (found("cmark-gfm")) return;
  if (process.getuid?.() !== 0 || !found("apt-get")) throw new Error(`these tests need cmark-gfm: ${INSTALL}`);
  const wait = ["-o", "DPkg::Lock::Timeout=300"];
  const quiet = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  try {
    execFileSync("apt-get", [...wait, "update"], quiet);
    execFileSync("apt-get", [...wait, "install", "-y", "cmark-gfm"], quiet);
  } catch (error) {
    throw new Error(`cmark-gfm could not be installed: ${INSTALL}`, { cause: error });
  }
}

const EXTENSIONS = ["table", "strikethrough", "autolink", "tagfilter", "tasklist"].flatMap((name) => ["-e", name]);

function convert(markdown: string, to: "xml" | "html"): string {
  requireParser();
  const run = spawnSync("cmark-gfm", [...EXTENSIONS, "-t", to], { input: markdown, encoding: "utf8", maxBuffer: 2 ** 30 });
  if (run.status !== 0) throw new Error(`cmark-gfm: ${run.stderr}`);
  return run.stdout;
}

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };
const decoded = (xml: string): string => xml.replace(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity]!);

/** The tree of a document in GitHub-flavoured Markdown. */
export function tree(markdown: string): Node {
  const root: Node = { type: "root", attributes: {}, children: [], literal: "" };
  const path = [root];
  for (const [, closing, type, attributes, single, characters] of convert(markdown, "xml").matchAll(
    /<(\/?)([a-z_]+)((?: [a-z:]+="[^"]*")*)\s*(\/?)>|<[?!][^>]*>|([^<]+)/g,
  )) {
    if (characters !== undefined) path.at(-1)!.literal += decoded(characters);
    else if (closing) path.pop();
    else if (type) {
      const pairs = [...attributes!.matchAll(/ ([a-z:]+)="([^"]*)"/g)].map(([, key, value]) => [key!, decoded(value!)]);
      const node: Node = { type, attributes: Object.fromEntries(pairs), children: [], literal: "" };
      path.at(-1)!.children.push(node);
      if (!single) path.push(node);
    }
  }
  return root.children[0]!;
}

/** All nodes below, in the order of the document. */
export const nodes = (node: Node): readonly Node[] => node.children.flatMap((child) => [child, ...nodes(child)]);

export const ofType = (node: Node, type: string): readonly Node[] => nodes(node).filter((each) => each.type === type);

/** Parses many documents in one run of the program: a heading that nothing may swallow stands before each. */
export function trees(documents: readonly string[]): readonly (readonly Node[])[] {
  const whole = tree(documents.map((document, index) => `###### document ${index}\n\n${document}`).join("\n\n"));
  const parts: Node[][] = [];
  for (const block of whole.children) {
    const starts = block.type === "heading" && block.attributes.level === "6" && block.children[0]?.literal === `document ${parts.length}`;
    if (starts) parts.push([]);
    else parts.at(-1)!.push(block);
  }
  return parts;
}
