// Where a request ends up that leaves the host of the site: it is refused, and remembered.

import { createServer } from "node:http";

/** What Chromium asks for itself, whatever page it shows. */
const OWN = /^(?:http:\/\/)?(?:accounts\.google|(?:content-autofill|optimizationguide-pa|update)\.googleapis)\.com[:/]/;

export class Proxy {
  /** The addresses and hosts that pages wanted to reach. */
  wanted = [];
  #server = createServer((request, response) => {
    this.#note(request.url);
    response.writeHead(403).end();
  });

  #note(url) {
    if (!OWN.test(url)) this.wanted.push(url);
  }

  async start() {
    this.#server.on("connect", (request, socket) => {
      this.#note(request.url);
      socket.on("error", () => undefined);
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    });
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get address() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }
}
