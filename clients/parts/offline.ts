/** The page for when there is no connection: a worker keeps it in this browser (src/clew/web/worker.py). */

/** What comes first is the page itself; whoever leaves at once needs none of this. */
export const PATIENCE_MS = 3_000;

/** The worker of this site, which is there from then on. Throws where there is none, or may be none. */
export function worker(): Promise<ServiceWorkerRegistration> {
  return navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
}

/** In browsers that have workers, on pages that may have one: https, or this computer. Nothing hangs on it. */
export function keepOfflinePage(): void {
  if (!("serviceWorker" in navigator)) return;
  addEventListener("load", () =>
    setTimeout(() => {
      worker().catch(() => undefined);
    }, PATIENCE_MS),
  );
}
