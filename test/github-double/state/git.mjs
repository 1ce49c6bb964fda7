import { createHash } from "node:crypto";

const sha1 = (kind, content) => createHash("sha1").update(`${kind} ${content.length}\0`).update(content).digest("hex");

/** Objects of one fork network: forks share them, as on GitHub. */
export const createObjects = () => ({ blobs: new Map(), commits: new Map(), known: new Map() });

/** Commits never change, so what was once found out about them is kept. */
export function remember(objects, key, find) {
  if (!objects.known.has(key)) objects.known.set(key, find());
  return objects.known.get(key);
}

/** Contents as control gives them (or an entry of another tree): text, `{base64}`, `{submodule: sha}` or `{symlink: target}`. */
export function putEntry(objects, content) {
  if (content.mode) return content;
  if (content.submodule) return { mode: "160000", type: "commit", sha: content.submodule, size: 0 };
  const symlink = typeof content === "object" && content.symlink !== undefined;
  const bytes = Buffer.from(symlink ? content.symlink : (content.base64 ?? content), content.base64 === undefined ? "utf8" : "base64");
  const sha = sha1("blob", bytes);
  objects.blobs.set(sha, bytes);
  return { mode: symlink ? "120000" : "100644", type: "blob", sha, size: bytes.length };
}

/**
 * Stores a commit: `files` are the changes to the first parent's tree (null removes). The SHA is git's own for this
 * content, unless `sha` names the one it has in a real history.
 */
export function putCommit(objects, { parents, files, message, author, date, sha }) {
  const tree = new Map(parents[0] ? objects.commits.get(parents[0]).tree : []);
  for (const [path, content] of Object.entries(files)) {
    if (content === null) tree.delete(path);
    else tree.set(path, putEntry(objects, content));
  }
  const treeSha = hashTree(tree);
  const commit = { sha: sha ?? hashCommit({ treeSha, parents, message, author, date }), treeSha, parents, tree, message, author, date };
  objects.commits.set(commit.sha, commit);
  return commit;
}

function hashCommit({ treeSha, parents, message, author, date }) {
  const who = `${author.name} <${author.email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
  const lines = [
    `tree ${treeSha}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${who}`,
    `committer ${who}`,
    "",
    message.replace(/\n?$/, "\n"),
  ];
  return sha1("commit", Buffer.from(lines.join("\n")));
}

/** The SHA of the tree with these paths, directories hashed as git does. */
export function hashTree(tree) {
  const entries = children(tree, "");
  const key = (entry) => (entry.type === "tree" ? `${entry.name}/` : entry.name);
  entries.sort((a, b) => Buffer.compare(Buffer.from(key(a)), Buffer.from(key(b))));
  const parts = entries.map((entry) =>
    Buffer.concat([Buffer.from(`${entry.mode.replace(/^0/, "")} ${entry.name}\0`), Buffer.from(entry.sha, "hex")]),
  );
  return sha1("tree", Buffer.concat(parts));
}

/** What changed between two commits, as `files` of a new commit: path → entry, null where it is gone. */
export function entriesChanged(objects, from, to) {
  const before = objects.commits.get(from)?.tree ?? new Map();
  const after = objects.commits.get(to).tree;
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => [path, null]);
  return Object.fromEntries([...gone, ...[...after].filter(([path, entry]) => before.get(path)?.sha !== entry.sha)]);
}

/** What lies directly in one directory: `[{ name, path, mode, type, sha, size? }]`. */
export function children(tree, directory) {
  const prefix = directory === "" ? "" : `${directory}/`;
  const folders = new Map();
  const found = [];
  for (const [path, entry] of tree) {
    if (!path.startsWith(prefix)) continue;
    const rest = path.slice(prefix.length);
    const slash = rest.indexOf("/");
    if (slash === -1) found.push({ name: rest, path, ...entry });
    else put(folders, rest.slice(0, slash), rest.slice(slash + 1), entry);
  }
  const trees = [...folders].map(([name, inside]) => ({ name, path: prefix + name, mode: "040000", type: "tree", sha: hashTree(inside) }));
  return [...found, ...trees];
}

function put(folders, name, rest, entry) {
  if (!folders.has(name)) folders.set(name, new Map());
  folders.get(name).set(rest, entry);
}

/** Git's own guess: a zero byte in the first 8,000. */
export const isBinary = (bytes) => bytes.subarray(0, 8000).includes(0);
