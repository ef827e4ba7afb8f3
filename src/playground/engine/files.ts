// The files of the interpreter: fetched once, decompressed, and kept for the next worker.

import { bytes, names } from "./build";

/** What a worker starts with. The page keeps it, so that a new worker needs no download. */
export interface Files {
  wasm: WebAssembly.Module;
  library: Uint8Array;
  packages: Uint8Array;
  /** Null if Python starts without a snapshot. */
  snapshot: Uint8Array | null;
}

/** Fetch the files below a folder; `progress` gets the part that has arrived, from 0 to 1. */
export async function fetchFiles(
  base: string,
  withSnapshot: boolean,
  progress: (part: number) => void,
): Promise<Files> {
  const wanted = [names.wasm, names.library, names.packages];
  if (withSnapshot) wanted.push(names.snapshot);
  const total = wanted.reduce((sum, name) => sum + (bytes[name] ?? 0), 0);
  let arrived = 0;
  const count = (more: number): void => {
    arrived += more;
    progress(Math.min(1, arrived / total));
  };
  const [wasm, library, packages, snapshot] = await Promise.all([
    compiled(base, names.wasm, count),
    content(base, names.library, count),
    content(base, names.packages, count),
    withSnapshot ? content(base, names.snapshot, count) : null,
  ]);
  return { wasm, library, packages, snapshot };
}

async function compiled(
  base: string,
  name: string,
  count: (more: number) => void,
): Promise<WebAssembly.Module> {
  const headers = { "Content-Type": "application/wasm" };
  return WebAssembly.compileStreaming(new Response(await stream(base, name, count), { headers }));
}

async function content(
  base: string,
  name: string,
  count: (more: number) => void,
): Promise<Uint8Array> {
  const response = new Response(await stream(base, name, count));
  return new Uint8Array(await response.arrayBuffer());
}

/** Return the content of a file that is stored compressed, because some hosts compress nothing. */
async function stream(
  base: string,
  name: string,
  count: (more: number) => void,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await fetch(new URL(name, base));
  if (!response.ok || !response.body) {
    throw new Error(`cannot download ${name}: status ${response.status}`);
  }
  const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      count(chunk.length);
      controller.enqueue(chunk);
    },
  });
  return response.body.pipeThrough(counting).pipeThrough(new DecompressionStream("gzip"));
}
