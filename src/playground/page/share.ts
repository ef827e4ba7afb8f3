// Links that contain the texts. Everything is in the fragment, which browsers send to nobody.

import { Malformed, readShared, type Shared } from "./state";

/** The most characters of a fragment, and the most bytes of its JSON. */
export const LONGEST_FRAGMENT = 1024 * 1024;
export const MOST_JSON = 3 * 1024 * 1024;

const LINK = /^#?(\d{1,3})\.(.*)$/s;
const BASE64URL = /^[A-Za-z0-9_-]*$/;
const CHUNK = 0x8000;

function toBase64url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (!BASE64URL.test(text) || text.length % 4 === 1) throw new Malformed("it is damaged or incomplete");
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** Pass bytes through a stream; stop if more than the limit comes out, as of a decompression bomb. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw new Malformed("its content is larger than this page reads");
    }
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

/** Whether a fragment is a link of the playground; others are headings of the page. */
export function isLink(fragment: string): boolean {
  return LINK.test(fragment);
}

/** Return a fragment with `#`; raises Malformed if the texts are too long for a link. */
export async function encode(shared: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  const packed = await through(bytes, new CompressionStream("deflate-raw"), Number.POSITIVE_INFINITY);
  const fragment = packed.length < bytes.length ? `#2.${toBase64url(packed)}` : `#1.${toBase64url(bytes)}`;
  if (bytes.length > MOST_JSON || fragment.length > LONGEST_FRAGMENT)
    throw new Malformed("the text is too long for a link; share the files instead");
  return fragment;
}

/** Return what a fragment contains; raises Malformed, whose message completes "The link …: it …". */
export async function decode(fragment: string): Promise<Shared> {
  const [, version, content] = LINK.exec(fragment) ?? [];
  if (version === undefined || content === undefined) throw new Malformed("it is not a link of the playground");
  if (version !== "1" && version !== "2") throw new Malformed("it was made by a newer version of this page");
  if (content.length > LONGEST_FRAGMENT) throw new Malformed("it is longer than 1 MiB");
  let bytes = fromBase64url(content);
  if (version === "2") bytes = await inflated(bytes);
  return readShared(parsed(bytes));
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await through(bytes, new DecompressionStream("deflate-raw"), MOST_JSON);
  } catch (error) {
    if (error instanceof Malformed) throw error;
    throw new Malformed("it is damaged or incomplete");
  }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Malformed("it is damaged or incomplete");
  }
}
