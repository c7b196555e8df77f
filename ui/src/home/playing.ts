/** The shortest way into a game: made, begun, and you stand in it. */

import { api } from "$lib/api";
import type { CreateGame } from "$lib/wire";
import { way } from "$parts/navigate.svelte";

/** Whoever plays has a name by then. What goes wrong is the caller's to tell. */
export async function playAtOnce(wish: CreateGame): Promise<void> {
  const { join_code } = await api.createGame(wish);
  await api.start(join_code);
  way.go({ at: "game", code: join_code });
}
