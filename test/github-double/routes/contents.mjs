import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { notFound, Refusal } from "../http/refusal.mjs";
import { apiUrl, webUrl } from "../render/repository.mjs";
import { children, hashTree } from "../state/git.mjs";
import { resolve } from "../state/repositories.mjs";

const needs = ["contents:read"];
const megabyte = 1024 * 1024;

const encodePath = (path) => path.split("/").map(encodeURIComponent).join("/");

function linksOf(world, repository, { path, sha, type }, reference) {
  const url = `${apiUrl(world, repository)}/contents/${encodePath(path)}?ref=${encodeURIComponent(reference)}`;
  const kind = type === "tree" ? "tree" : "blob";
  const html = `${webUrl(world, repository)}/${kind}/${reference}/${encodePath(path)}`;
  const git = `${apiUrl(world, repository)}/git/${kind}s/${sha}`;
  const download = type === "blob" ? `${webUrl(world, repository)}/raw/${reference}/${encodePath(path)}` : null;
  return { url, html_url: html, git_url: git, download_url: download, _links: { self: url, git, html } };
}

const typeOf = (entry) => ({ tree: "dir", commit: "submodule" })[entry.type] ?? (entry.mode === "120000" ? "symlink" : "file");

function itemOf(world, repository, entry, reference) {
  const { name, path, sha, size = 0 } = entry;
  return { name, path, sha, size, type: typeOf(entry), ...linksOf(world, repository, entry, reference) };
}

/** A file, directory, symlink or submodule; raw media types give the bytes themselves. */
function getContent({ world, repository, params, query, headers }) {
  const reference = query.get("ref") ?? repository.defaultBranch;
  const commit = resolve(repository, reference);
  if (!commit) throw Object.assign(notFound(), { message: `No commit found for the ref ${reference}` });
  const path = (params.path ?? "").replace(/\/$/, "");
  const found = commit.tree.get(path);
  if (!found) return directory(world, repository, commit, path, reference);
  const entry = { ...found, path, name: path.split("/").at(-1) };
  const bytes = entry.type === "blob" ? repository.objects.blobs.get(entry.sha) : null;
  if (bytes && /\braw\b/.test(headers.accept ?? "")) return { raw: bytes, type: "application/vnd.github.raw+json; charset=utf-8" };
  return { body: { ...itemOf(world, repository, entry, reference), ...special(entry, bytes) } };
}

function special(entry, bytes) {
  if (bytes === null) return { submodule_git_url: `git://submodules.example/${entry.path}.git` };
  if (entry.mode === "120000") return { target: bytes.toString("utf8") };
  const small = bytes.length <= megabyte;
  return { content: small ? base64(bytes) : "", encoding: small ? "base64" : "none" };
}

function directory(world, repository, commit, path, reference) {
  const inside = children(commit.tree, path);
  if (inside.length === 0) throw notFound();
  inside.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { body: inside.slice(0, 1000).map((entry) => itemOf(world, repository, entry, reference)) };
}

/** Base64 in lines of 60, as GitHub sends it. */
const base64 = (bytes) => bytes.toString("base64").replace(/(.{60})/g, "$1\n");

function getBlob({ world, repository, params, headers }) {
  const bytes = repository.objects.blobs.get(params.file_sha);
  if (!bytes) throw notFound();
  if (bytes.length > 100 * megabyte) throw new Refusal(403, "This API returns blobs up to 100 MB in size.");
  if (/\braw\b/.test(headers.accept ?? "")) return { raw: bytes, type: "application/vnd.github.raw+json; charset=utf-8" };
  const url = `${apiUrl(world, repository)}/git/blobs/${params.file_sha}`;
  const node = Buffer.from(`Blob${params.file_sha}`).toString("base64");
  return { body: { sha: params.file_sha, node_id: node, size: bytes.length, url, content: base64(bytes), encoding: "base64" } };
}

/** The tree of a commit, branch or root tree SHA, with everything below it when `recursive` is given. */
function getTree({ world, repository, params, query }) {
  const { commits } = repository.objects;
  const commit = resolve(repository, params.tree_sha) ?? [...commits.values()].find(({ treeSha }) => treeSha === params.tree_sha);
  if (!commit) throw notFound();
  const url = `${apiUrl(world, repository)}/git`;
  const item = ({ path, mode, type, sha, size }) => ({
    path,
    mode,
    type,
    sha,
    ...(type === "blob" ? { size } : {}),
    url: `${url}/${type}s/${sha}`,
  });
  const list = query.get("recursive") === null ? children(commit.tree, "") : everything(commit.tree, "");
  const tree = list.sort((a, b) => (a.path < b.path ? -1 : 1)).map(item);
  return { body: { sha: hashTree(commit.tree), url: `${url}/trees/${commit.treeSha}`, tree, truncated: false } };
}

const everything = (tree, directoryPath) =>
  children(tree, directoryPath).flatMap((entry) => (entry.type === "tree" ? [entry, ...everything(tree, entry.path)] : [entry]));

/** 302 to the other host: one folder for the commit, everything in it, as `git archive` packs it. */
async function downloadTarball({ world, repository, params }) {
  const commit = resolve(repository, params.ref);
  if (!commit) throw notFound();
  const tar = pack();
  const folder = `${repository.owner.login}-${repository.name}-${commit.sha.slice(0, 7)}`;
  tar.entry({ name: "pax_global_header", type: "pax-global-header", pax: { comment: commit.sha } });
  tar.entry({ name: `${folder}/`, type: "directory" });
  for (const [path, { type, mode, sha }] of commit.tree) {
    const bytes = repository.objects.blobs.get(sha);
    if (type !== "blob" || !bytes) continue;
    const link = mode === "120000" ? { type: "symlink", linkname: bytes.toString("utf8") } : {};
    tar.entry({ name: `${folder}/${path}`, ...link }, ...(mode === "120000" ? [] : [bytes]));
  }
  tar.finalize();
  const chunks = [];
  for await (const chunk of tar) chunks.push(chunk);
  const tarball = gzipSync(Buffer.concat(chunks));
  return { status: 302, headers: { location: world.blobs.link({ id: commit.sha, name: folder, zip: tarball }) } };
}

export const contentRoutes = [
  { id: "repos/download-tarball-archive", needs, handle: downloadTarball },
  { id: "repos/get-content", needs, handle: getContent },
  { id: "git/get-blob", needs, handle: getBlob },
  { id: "git/get-tree", needs, handle: getTree },
];
