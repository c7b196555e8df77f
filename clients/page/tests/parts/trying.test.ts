import { afterEach, expect, test, vi } from "vitest";
import { whileSeen } from "$parts/seen";
import { Trying } from "$parts/trying.svelte";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what a button does is done once at a time, and what came of it is said", async () => {
  const trying = new Trying();
  let finish = (): void => {};
  const first = trying.run(() => new Promise<string>((resolve) => (finish = () => resolve("Removed."))));
  let again = 0;

  await trying.run(() => Promise.resolve(void (again += 1)));
  finish();
  await first;

  expect(again).toBe(0);
  expect([trying.busy, trying.done, trying.trouble]).toEqual([false, "Removed.", null]);
});

test("what went wrong is said instead, until something else is done", async () => {
  const trying = new Trying();

  await trying.run(() => Promise.reject(new Error("no")));
  const said = trying.trouble;
  trying.say("Added.");

  expect(said).not.toBeNull();
  expect([trying.busy, trying.done, trying.trouble]).toEqual([false, "Added.", null]);
});

test("nothing is looked up again while nobody sees the page, or after it was stopped", () => {
  vi.useFakeTimers();
  const page = { visibilityState: "visible" };
  vi.stubGlobal("document", page);
  const look = vi.fn();
  const stop = whileSeen(look, 1_000);

  vi.advanceTimersByTime(2_000);
  page.visibilityState = "hidden";
  vi.advanceTimersByTime(5_000);
  page.visibilityState = "visible";
  vi.advanceTimersByTime(1_000);
  stop();
  vi.advanceTimersByTime(5_000);

  expect(look).toHaveBeenCalledTimes(3);
});
