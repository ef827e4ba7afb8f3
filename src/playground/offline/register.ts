// Makes the playground work offline, after the first visit.

/** The service worker that serves this page, if there was one when it was loaded. */
const first = navigator.serviceWorker?.controller ?? null;

/**
 * Start the service worker, which downloads in the background what the page does not have yet.
 *
 * Call it once the interpreter is ready, so that the download does not delay it. `onUpdate` is called
 * once the files of a newer build are kept; the next visit uses them.
 */
export async function register(base: URL, onUpdate: () => void): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  if (first) {
    if (serviceWorker.controller === first) serviceWorker.addEventListener("controllerchange", onUpdate);
    else onUpdate();
  }
  try {
    await serviceWorker.register(new URL("sw.js", base), { updateViaCache: "none" });
  } catch {
    // A private window or a full disk refuses it. The page works without.
  }
}
