/** Who plays in this browser, and what they do with an account. */

import { Account } from "$parts/account/account.svelte";
import { Myself } from "$parts/me.svelte";
import { api } from "./server";

export const myself = new Myself(api, "clew.name");
export const account = new Account(myself, api);
