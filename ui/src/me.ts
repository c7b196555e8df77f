/** Who plays Minotaur in this browser, and what they do with an account. */

import { Account } from "$parts/account/account.svelte";
import { Myself } from "$parts/me.svelte";
import { api } from "$lib/api";

export const myself = new Myself(api, "minotaur.name");
export const account = new Account(myself, api);
