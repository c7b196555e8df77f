/** Which browsers can call somebody. Pure. */

/** What of a browser it hangs on. */
export interface Able {
  readonly secure: boolean;
  /** Workers, pushes and notifications, all three. */
  readonly pushes: boolean;
  /** An iPhone or iPad: there only pages on the home screen have them. */
  readonly apple: boolean;
}

/** Why it can't; null: it can. */
export type Inability = "insecure" | "install" | "unsupported";

export function inabilityOf({ secure, pushes, apple }: Able): Inability | null {
  if (!secure) return "insecure";
  if (pushes) return null;
  return apple ? "install" : "unsupported";
}

/** The one that this page is in. */
export function thisBrowser(): Able {
  return {
    secure: isSecureContext,
    pushes:
      "serviceWorker" in navigator &&
      "PushManager" in window &&
      "Notification" in window,
    apple: isApple(navigator.userAgent, navigator.maxTouchPoints),
  };
}

/** iPads say that they are Macs, which have no touch. */
export function isApple(userAgent: string, touchPoints: number): boolean {
  return (
    /iPhone|iPad|iPod/.test(userAgent) ||
    (userAgent.includes("Macintosh") && touchPoints > 1)
  );
}
