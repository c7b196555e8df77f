/** Who plays in this browser, what they do with an account, and whether they are called. */

import { Account } from "$parts/account/account.svelte";
import { Calls } from "$parts/calling/calls.svelte";
import { Myself } from "$parts/me.svelte";
import { api } from "./server";

export const myself = new Myself(api, "clew.name");
export const account = new Account(myself, api);
export const calls = new Calls(myself, api);
