import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { onWaking } from "./waking.js";

class Page extends EventTarget {
  visibilityState = "visible";
}
class Network extends EventTarget {
  type: string | undefined = "wifi";
}

let page: EventTarget;
let shown: Page;
let network: Network;
let wakes: number;
let stop: () => void;

function listen(connection: Network | undefined): void {
  vi.stubGlobal("navigator", { connection });
  stop = onWaking(() => (wakes += 1));
}

beforeEach(() => {
  [page, shown, network, wakes] = [new EventTarget(), new Page(), new Network(), 0];
  vi.stubGlobal("window", page);
  vi.stubGlobal("document", shown);
});
afterEach(() => vi.unstubAllGlobals());

test("on- and offline, thawed, shown: each is a moment to look", () => {
  listen(network);
  page.dispatchEvent(new Event("online"));
  page.dispatchEvent(new Event("offline"));
  shown.dispatchEvent(new Event("resume"));
  shown.dispatchEvent(new Event("visibilitychange"));
  page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));

  expect(wakes).toBe(5);
});

test("being hidden, or shown for the first time, is none", () => {
  listen(network);
  shown.visibilityState = "hidden";
  shown.dispatchEvent(new Event("visibilitychange"));
  page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));

  expect(wakes).toBe(0);
});

test("another network is one, another estimate of the same is none", () => {
  listen(network);
  network.dispatchEvent(new Event("change"));
  expect(wakes).toBe(0);
  network.type = "cellular";
  network.dispatchEvent(new Event("change"));

  expect(wakes).toBe(1);
});

test("a browser that says nothing of its network is heard all the same, until we stop", () => {
  listen(undefined);
  page.dispatchEvent(new Event("online"));
  stop();
  page.dispatchEvent(new Event("online"));

  expect(wakes).toBe(1);
});
