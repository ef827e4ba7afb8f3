// The sizes of a build.

import { gzipSync } from "node:zlib";

/** The most that a visit transfers, compressed, in bytes. */
const MOST = 16_000_000;

/** Return the rows of a table with the sizes, and what is transferred at most, compressed. */
export function table(files) {
  const lines = [["file", "bytes", "gzip"]];
  let total = 0;
  for (const name of [...files.keys()].sort()) {
    const content = Buffer.from(files.get(name));
    const compressed = Math.min(content.length, gzipSync(content, { level: 9 }).length);
    lines.push([name, format(content.length), format(compressed)]);
    total += compressed;
  }
  lines.push(["all", "", format(total)]);
  const text = lines
    .map(([name, size, compressed]) => `${name.padEnd(28)}${size.padStart(12)}${compressed.padStart(12)}`)
    .join("\n");
  return { text, total };
}

/** Fail if a visit transfers too much. */
export function check(total) {
  if (total > MOST) {
    throw new Error(`the playground has ${format(total)} bytes; at most ${format(MOST)} are allowed`);
  }
}

function format(count) {
  return count.toLocaleString("en-US");
}
