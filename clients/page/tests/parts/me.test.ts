import { describe, expect, test } from "vitest";
import { ApiError, type Me } from "@clew/client";
import { Myself, type People } from "$parts/me.svelte";

const ADA: Me = { user_id: "u1", display_name: "Ada", username: "ada" };

/** A server that knows this one, until it does not. */
class Known implements People {
  constructor(public who: Me | null) {}

  async me(): Promise<Me> {
    if (this.who === null) throw new ApiError("not_signed_in", "", 401);
    return this.who;
  }

  async createGuest(display_name: string): Promise<Me> {
    return { user_id: "u2", display_name };
  }

  async signOut(): Promise<void> {
    await this.me();
    this.who = null;
  }
}

describe("who plays in this browser", () => {
  test("is a guest without a user name, also where the server is of an older release", async () => {
    const guest = new Myself(new Known({ user_id: "u2", display_name: "Gus" }), "name");
    const member = new Myself(new Known(ADA), "name");

    await guest.load();
    await member.load();

    expect([guest.isGuest, member.isGuest]).toEqual([true, false]);
  });

  test("keeps nothing that was typed once somebody else ended it", async () => {
    const server = new Known(ADA);
    const myself = new Myself(server, "name");
    await myself.load();
    myself.typedName = "Ada";
    server.who = null;

    await myself.look();

    expect([myself.who, myself.endedElsewhere, myself.typedName]).toEqual([null, true, ""]);
  });

  test("keeps a name that was typed by somebody who is nobody yet", async () => {
    const myself = new Myself(new Known(null), "name");
    myself.typedName = "Ada";

    await myself.load();

    expect([myself.endedElsewhere, myself.typedName]).toEqual([false, "Ada"]);
  });

  test("is gone by their own wish, also where it was over already", async () => {
    const server = new Known(ADA);
    const myself = new Myself(server, "name");
    await myself.load();
    server.who = null;

    await myself.leave();

    expect([myself.who, myself.endedElsewhere]).toEqual([null, false]);
  });

  test("stays who they were while nobody answers", async () => {
    const server = new Known(ADA);
    const myself = new Myself(server, "name");
    await myself.load();
    server.me = async () => {
      throw new ApiError("unreachable", "", 0);
    };

    await myself.look();

    expect(myself.who?.display_name).toBe("Ada");
  });
});
