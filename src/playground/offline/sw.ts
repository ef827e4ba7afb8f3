// The service worker: keeps the files of one build, so that the playground works offline.

/** The hash of each file of the build, by its name. */
declare const FILES: Record<string, string>;
/** The hash of the build. */
declare const VERSION: string;

// TypeScript knows no library for service workers alone.
const self = globalThis as unknown as ServiceWorkerGlobalScope;

const PAGE = new URL("./", self.location.href).href;
const PREFIX = `acmrules-playground ${PAGE} `;
const CACHE = `${PREFIX}${VERSION}`;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  event.waitUntil(install().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forget().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || new URL(url).origin !== self.location.origin) return;
  if (mode === "navigate" && !isPage(url)) return;
  if (mode === "navigate") {
    const page = kept(PAGE);
    event.respondWith(page.then((found) => found ?? fetch(event.request)));
    event.waitUntil(page.then((found) => (found ? refresh() : undefined)).catch(() => undefined));
  } else {
    event.respondWith(kept(url).then((found) => found ?? other(event.request)));
  }
});

function isPage(url: string): boolean {
  const { origin, pathname } = new URL(url);
  return origin + pathname === PAGE || origin + pathname === `${PAGE}index.html`;
}

/** Keep all files; those that an earlier build has are not downloaded again. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const load = async (url: string): Promise<void> => {
    const isHashed = HASHED.test(url);
    const old = isHashed ? await kept(url) : undefined;
    // A file whose name has its hash never changes, so any copy is the right one.
    const response = old ?? (await fetch(url, { cache: isHashed ? "default" : "no-cache" }));
    if (!response.ok) throw new Error(`${url}: status ${response.status}`);
    await cache.put(url, response);
  };
  await Promise.all([PAGE, ...Object.keys(FILES).map((name) => new URL(name, PAGE).href)].map(load));
}

/** Remove the files of earlier builds but the last: an open page may still load one of them. */
async function forget(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

/** Return the file of this build, or of the one before it. */
async function kept(url: string): Promise<Response | undefined> {
  const found = await (await caches.open(CACHE)).match(url);
  if (found || !HASHED.test(url)) return found;
  return caches.match(url);
}

/** Return what is not in the build, such as a picture of the page: from the network if it is there. */
async function other(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok && request.url.startsWith(PAGE)) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const found = await cache.match(request);
    if (found) return found;
    throw error;
  }
}

/** Keep the newest page for the next visit, if its files are still those of this build. */
async function refresh(): Promise<void> {
  const page = await fetch(PAGE, { cache: "no-cache" });
  const build = await fetch(new URL("build.json", PAGE), { cache: "no-cache" });
  const { version } = (await build.json()) as { version: string };
  if (page.ok && version === VERSION) await (await caches.open(CACHE)).put(PAGE, page);
}

export {};
