/** Who plays in this browser. */

import { Myself } from "$parts/me.svelte";
import { api } from "./server";

export const myself = new Myself(api, "clew.name");
