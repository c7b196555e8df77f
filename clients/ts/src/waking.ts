/** The moments at which a line may have died without a word: the device woke up, or is on another network. */

/** `navigator.connection` where there is one. Only its `type` says which network it is; the rest are estimates. */
interface Network extends EventTarget {
  readonly type?: string;
}

/** Call `wake` at each such moment. Gives the way to stop. */
export function onWaking(wake: () => void): () => void {
  const network = (navigator as Navigator & { connection?: Network }).connection;
  let type = network?.type;
  const seen = (): void => {
    if (document.visibilityState === "visible") wake();
  };
  const shown = (event: Event): void => {
    if ((event as PageTransitionEvent).persisted) wake();
  };
  const changed = (): void => {
    if (network?.type === type) return; // An estimate was corrected: that happens all the time.
    type = network?.type;
    wake();
  };
  const heard: [EventTarget, string, (event: Event) => void][] = [
    [window, "online", wake],
    [window, "offline", wake],
    [window, "pageshow", shown],
    [document, "visibilitychange", seen],
    [document, "resume", wake],
    ...(network === undefined ? [] : [[network, "change", changed] as [EventTarget, string, () => void]]),
  ];
  for (const [target, name, hear] of heard) target.addEventListener(name, hear);
  return () => {
    for (const [target, name, hear] of heard) target.removeEventListener(name, hear);
  };
}
