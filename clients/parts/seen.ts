/** Something that is looked up again every so often, while the page can be seen. Returns how to stop. */

export function whileSeen(look: () => unknown, every_ms: number): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === "visible") look();
  }, every_ms);
  return () => clearInterval(timer);
}
