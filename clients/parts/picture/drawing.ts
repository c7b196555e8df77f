/** The end of a game as the server draws it, and what a browser makes of that: chats take PNG more often than SVG. */

/** As large as the server draws it. */
export const WIDTH = 1200;
export const HEIGHT = 630;

/** Where it is to be had, once the game is over. */
export function pathOfPicture(code: string): string {
  return `/api/v1/games/${encodeURIComponent(code)}/picture.svg`;
}

/** The same as a PNG. Throws where it can't be had or drawn. */
export async function drawn(path: string): Promise<Blob> {
  const image = new Image(WIDTH, HEIGHT);
  image.src = path;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  canvas.getContext("2d")?.drawImage(image, 0, 0, WIDTH, HEIGHT);
  return new Promise((found, failed) =>
    canvas.toBlob((blob) => {
      if (blob === null) failed(new Error("nothing was drawn"));
      else found(blob);
    }, "image/png"),
  );
}

/** Browsers give the clipboard to safe pages only (https or this computer), and not all take pictures. */
export function canCopy(): boolean {
  return (
    typeof ClipboardItem !== "undefined" &&
    navigator.clipboard?.write !== undefined
  );
}

/** Put on the clipboard; asked for at once, for a browser that wants to see who pressed what. Throws where it isn't let. */
export async function copyPicture(path: string): Promise<void> {
  await navigator.clipboard.write([
    new ClipboardItem({ "image/png": drawn(path) }),
  ]);
}
