/** Put text on the clipboard. */

/** True if it is there now. Browsers give the clipboard to safe pages only (https or this computer); for the others
 * there is the old way, and where that fails too the person copies by hand. */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed here: try the old way.
    }
  }
  return copyTheOldWay(text);
}

function copyTheOldWay(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "unseen";
  document.body.append(field);
  const focused = document.activeElement;
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}

/** Whether only this very computer can open the address. */
export function onlyHere(hostname: string): boolean {
  return (
    hostname === "localhost" || hostname === "[::1]" || /^127\./.test(hostname)
  );
}
