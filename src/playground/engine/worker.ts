// The worker: starts Python once, and answers one question after the other. It never recovers from
// an error; the page replaces it.

import { loadPyodide } from "pyodide";

import { names } from "./build";
import { fetchFiles, type Files } from "./files";
import type { FromWorker, ToWorker } from "./messages";
import { answering, type Loader, options, start as startPython } from "./python";

let answer: ((question: string) => string) | null = null;

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === "start") {
    start(data.base, data.withSnapshot, data.files).catch(die);
  } else {
    ask(data.question);
  }
});

function send(message: FromWorker, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

function die(error: unknown): void {
  answer = null;
  send({ kind: "dead", reason: String(error) });
}

function ask(question: string): void {
  try {
    if (!answer) throw new Error("Python is not running");
    send({ kind: "answer", answer: answer(question) });
  } catch (error) {
    die(error);
  }
}

async function start(base: string, withSnapshot: boolean, kept: Files | null): Promise<void> {
  const [files, loader] = await Promise.all([
    kept ?? fetchFiles(base, withSnapshot, (part) => send({ kind: "progress", part })),
    import(new URL(names.loader, base).href) as Promise<{ default: Loader }>,
  ]);
  send({ kind: "starting" });
  const restore = handOver(files);
  const given = options(base, files.packages);
  const python = await startPython(loadPyodide, loader.default, given, files.snapshot);
  restore();
  answer = answering(python);
  // Python has copies of all of them, so they are moved to the page, without copying.
  const moved = kept ? [] : [files.library, files.packages, files.snapshot];
  const buffers = moved.flatMap((content) => (content ? [content.buffer as ArrayBuffer] : []));
  send({ kind: "ready", files: kept ? null : files }, buffers);
}

/**
 * Let Pyodide find the files that are here already, where it would download them.
 *
 * It has no option for a compiled module, and compiling takes most of a start.
 */
function handOver(files: Files): () => void {
  const { fetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  globalThis.fetch = async (target) => {
    const isLibrary = String(target).endsWith("python_stdlib.zip");
    return new Response(isLibrary ? (files.library as Uint8Array<ArrayBuffer>) : null);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => ({
    module: files.wasm,
    instance: await WebAssembly.instantiate(files.wasm, imports),
  });
  return () => {
    globalThis.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}
