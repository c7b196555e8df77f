/** Whose turn it is, for who looks elsewhere: on the icon of the tab, and on that of a page that was installed. */

const ICON = "/icon.svg";
const ICON_TURN = "/icon-turn.svg";

/** While the component that calls this is there. Who looks at this game needs no call to it any more: those are taken away. */
export function showTurn(code: string, isYours: () => boolean): void {
  $effect(() => {
    const yours = isYours();
    show(code, yours);
    return () => {
      if (yours) show(code, false);
    };
  });
}

function show(code: string, yours: boolean): void {
  document
    .querySelector('link[rel="icon"]')
    ?.setAttribute("href", yours ? ICON_TURN : ICON);
  // A badge is nothing to fail for: browsers without notifications or icons have none.
  count(code, yours).catch(() => undefined);
}

/** As the worker counts: a call that stands on the screen is a game that waits, and so is this one. */
async function count(code: string, yours: boolean): Promise<void> {
  const site = await navigator.serviceWorker?.getRegistration();
  const calls = (await site?.getNotifications()) ?? [];
  for (const call of calls) if (call.tag === code) call.close();
  const waiting =
    calls.filter((call) => call.tag !== code).length + (yours ? 1 : 0);
  await (waiting > 0
    ? navigator.setAppBadge?.(waiting)
    : navigator.clearAppBadge?.());
}
