// Names and compression of files.

import { createHash } from "node:crypto";
import { extname } from "node:path";
import { gzipSync } from "node:zlib";

/** Return a short hash of a content. */
export function hash(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 12);
}

/** Return a name with the hash of the content, so that a file never changes. */
export function hashed(name, content) {
  const suffix = extname(name);
  return `${name.slice(0, -suffix.length)}.${hash(content)}${suffix}`;
}

/** Compress a content as the page decompresses it: hosts do not compress such files, or not all. */
export function packed(content) {
  return gzipSync(content, { level: 9 });
}
