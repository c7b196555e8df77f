/** Who plays Minotaur in this browser. */

import { Myself } from "$parts/me.svelte";
import { api } from "$lib/api";

export const myself = new Myself(api, "minotaur.name");
