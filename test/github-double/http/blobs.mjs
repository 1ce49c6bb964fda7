const lifetime = 60_000;

/**
 * The host of artifact contents: another origin, addressed with links that are good for a minute of virtual time. It
 * notes whether an Authorization header came along, which must never happen.
 */
export function createBlobs(world) {
  const links = new Map();
  const journal = [];

  function answer(path) {
    const link = links.get(path);
    if (!link) return { status: 404, bytes: Buffer.from("BlobNotFound") };
    if (link.expiresAt <= world.clock.now()) return { status: 403, bytes: Buffer.from("AuthenticationFailed: the signature has expired") };
    return { status: 200, bytes: link.artifact.zip, name: link.artifact.name };
  }

  return {
    journal,
    link(artifact) {
      const path = `/artifacts/${artifact.id}/${world.sequence.hex()}.zip`;
      links.set(path, { artifact, expiresAt: world.clock.now() + lifetime });
      return `${world.origins.blobs}${path}`;
    },
    pass(incoming, outgoing) {
      const { status, bytes, name } = answer(incoming.url);
      journal.push({ at: world.clock.iso(), path: incoming.url, status, authorization: incoming.headers.authorization !== undefined });
      const type = status === 200 ? "application/zip" : "text/plain";
      const disposition = name ? { "content-disposition": `attachment; filename="${encodeURIComponent(name)}.zip"` } : {};
      outgoing.writeHead(status, { "content-type": type, "content-length": bytes.length, ...disposition });
      outgoing.end(bytes);
    },
  };
}
