/** The name used last in this browser. Storage may be forbidden: then nothing is remembered, which is a nuisance and no failure. */

/** "" if there is none. */
export function rememberedName(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

export function rememberName(key: string, name: string): void {
  try {
    localStorage.setItem(key, name);
  } catch {
    // It is asked for again next time.
  }
}

export function forgetName(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Then it was not remembered either.
  }
}
