import { expect, test } from "vitest";
import type { Exported, Me, NewAccount } from "@clew/client";
import { Account, type AccountCalls } from "$parts/account/account.svelte";
import { Myself } from "$parts/me.svelte";

const OPENED: NewAccount = {
  user_id: "u1",
  display_name: "Ada",
  username: "ada",
  token: "t",
  recovery_code: "AAAAA-BBBBB",
};
const GAMES_ON_PAGES = [["g3", "g2"], ["g1"]];

/** A server on which Ada opens an account, and whose export has two pages. */
class Server implements Partial<AccountCalls> {
  who: Me = { user_id: "u1", display_name: "Ada", username: "ada" };

  async me(): Promise<Me> {
    return this.who;
  }

  async openAccount(): Promise<NewAccount> {
    return OPENED;
  }

  async exportMe(cursor: string | null): Promise<Exported> {
    const page = cursor === null ? 0 : Number(cursor);
    const games = (GAMES_ON_PAGES[page] ?? []).map((game_id) => ({ game_id }));
    const next_cursor = page + 1 < GAMES_ON_PAGES.length ? String(page + 1) : null;
    return { ...this.who, games, next_cursor } as Exported;
  }
}

function account(server: Server): Account {
  return new Account(new Myself(server as unknown as AccountCalls, "name"), server as unknown as AccountCalls);
}

test("a recovery code is shown to whom it is of, until it is kept", async () => {
  const server = new Server();
  const ada = account(server);
  await ada.open("ada", "correct horse", "");
  expect(ada.code).toBe("AAAAA-BBBBB");

  server.who = { user_id: "u2", display_name: "Bo", username: "bo" };
  await ada.myself.look();
  expect(ada.code).toBeNull();
  server.who = OPENED;
  await ada.myself.look();
  ada.kept();

  expect(ada.code).toBeNull();
});

test("what is taken along is all pages of it", async () => {
  const kept = JSON.parse(await account(new Server()).exported()) as Record<string, unknown>;

  expect(kept.games).toEqual([{ game_id: "g3" }, { game_id: "g2" }, { game_id: "g1" }]);
  expect(kept).not.toHaveProperty("next_cursor");
});
