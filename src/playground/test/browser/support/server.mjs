// Serves the built site below /acmrules/, as GitHub Pages does, and remembers each request.

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

export const BASE = "/acmrules/";

const TYPES = {
  ".bin": "application/octet-stream",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml; charset=utf-8",
};

export class Server {
  /** Each request that arrived: method, path with query, headers and the length of its body. */
  requests = [];
  /** Paths that are answered with 404 although they exist. */
  missing = null;
  #folder;
  #server;
  #sockets = new Set();
  #port = 0;

  constructor(folder) {
    this.#folder = folder;
  }

  /** Listen; after `stop`, at the same port as before. */
  async start() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = this.#server.address().port;
    return this;
  }

  get origin() {
    return `http://127.0.0.1:${this.#port}`;
  }

  address(path = "") {
    return `${this.origin}${BASE}${path}`;
  }

  async stop() {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #answer(request, response) {
    let body = 0;
    for await (const chunk of request) body += chunk.length;
    this.requests.push({ method: request.method, url: request.url, headers: request.headers, body });
    const found = await this.#find(new URL(request.url, this.origin).pathname);
    const headers = { "Cache-Control": found.status === 404 ? "no-store" : "max-age=600", "Content-Type": TYPES[extname(found.path)] ?? TYPES[".txt"] };
    if (found.location) headers.Location = found.location;
    response.writeHead(found.status, headers).end(await readFile(found.path));
  }

  async #find(pathname) {
    const none = { status: 404, path: join(this.#folder, "404.html") };
    const path = normalize(decodeURIComponent(pathname));
    if (!path.startsWith(BASE) || this.missing?.test(path)) return none;
    const target = join(this.#folder, path.slice(BASE.length));
    const kind = await stat(target).catch(() => null);
    if (!kind) return none;
    if (kind.isFile()) return { status: 200, path: target };
    if (!pathname.endsWith("/")) return { status: 301, path: none.path, location: `${pathname}/` };
    const index = join(target, "index.html");
    return (await stat(index).catch(() => null)) ? { status: 200, path: index } : none;
  }
}
