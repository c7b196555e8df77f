import { describe, expect, test } from "vitest";
import type { MyPushes, NewWebhook, PushInfo } from "@clew/client";
import { inabilityOf, isApple } from "$parts/calling/browsers";
import { Hooks, type HookCalls } from "$parts/calling/hooks.svelte";
import { isCalledTo } from "$parts/calling/rounds";

const IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1";

describe("a browser", () => {
  test("calls nobody from a page that anybody between could have changed", () => {
    expect(inabilityOf({ secure: false, pushes: true, apple: false })).toBe("insecure");
  });

  test("without pushes calls nobody, but on an iPhone does from the home screen", () => {
    expect(inabilityOf({ secure: true, pushes: false, apple: false })).toBe("unsupported");
    expect(inabilityOf({ secure: true, pushes: false, apple: true })).toBe("install");
    expect(inabilityOf({ secure: true, pushes: true, apple: true })).toBeNull();
  });

  test("of an iPad is told from a Mac's by its touch", () => {
    expect([isApple(IPAD, 5), isApple(IPAD, 0), isApple(IPHONE, 5)]).toEqual([true, false, true]);
  });
});

describe("whoever plays", () => {
  const view = { game_status: "active", round_ms: 600_000, you: { player_status: "playing" } };

  test("is called to rounds from ten minutes on", () => {
    expect(isCalledTo(view)).toBe(true);
    expect(isCalledTo({ ...view, round_ms: 599_999 })).toBe(false);
    expect(isCalledTo({ ...view, round_ms: null })).toBe(false);
  });

  test("has to play, and the game to go on", () => {
    expect(isCalledTo({ ...view, game_status: "concluded" })).toBe(false);
    expect(isCalledTo({ ...view, you: { player_status: "fallen" } })).toBe(false);
    expect(isCalledTo({ ...view, you: null })).toBe(false);
  });
});

/** A server that remembers, and has a browser there already. */
class Remembers implements HookCalls {
  told: PushInfo[] = [{ push_id: "b", to: "push.example", since: "", way: "browser" }];

  async pushes(): Promise<MyPushes> {
    return { public_key: "k", pushes: this.told };
  }

  async addWebhook(url: string): Promise<NewWebhook> {
    const made = { push_id: url, to: new URL(url).hostname, since: "" };
    this.told = [...this.told, { ...made, way: "webhook" }];
    return { ...made, secret: "5ec2e7" };
  }

  async removePush(push_id: string): Promise<void> {
    this.told = this.told.filter((each) => each.push_id !== push_id);
  }
}

describe("an address of one's own", () => {
  const URL_OF_MINE = "https://mine.example/hook";

  test("stands apart from browsers, and its secret until it is kept", async () => {
    const hooks = new Hooks(new Remembers());
    await hooks.look();
    expect(hooks.mine).toEqual([]);
    await hooks.add(URL_OF_MINE);
    expect([hooks.mine?.map(({ to }) => to), hooks.made?.secret]).toEqual([["mine.example"], "5ec2e7"]);
    hooks.kept();
    expect(hooks.made).toBeNull();
  });

  test("takes its secret along when it is removed, and when somebody else may look", async () => {
    const hooks = new Hooks(new Remembers());
    await hooks.add(URL_OF_MINE);
    await hooks.remove(URL_OF_MINE);
    expect([hooks.mine, hooks.made]).toEqual([[], null]);
    await hooks.add(URL_OF_MINE);
    hooks.leave();
    expect([hooks.mine, hooks.made]).toEqual([null, null]);
  });
});
