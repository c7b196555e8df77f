import { expect, test } from "vitest";
import { ApiError } from "@clew/client";
import { Filling } from "$parts/account/filling.svelte";

const FIELDS = ["username", "password"] as const;

function refusing(error: ApiError): () => Promise<void> {
  return async () => {
    throw error;
  };
}

test("what was typed stays, and what is wrong is gone when it is another", async () => {
  const form = new Filling(FIELDS);
  form.values.username = "ada";

  const done = await form.send(
    () => ({ field: "username", text: "No." }),
    async () => {},
    () => null,
  );

  expect([done, form.values.username, form.textOf("username"), form.textOf("password")]).toEqual([
    false,
    "ada",
    "No.",
    null,
  ]);
  form.values.username = "bo";
  expect(form.textOf("username")).toBeNull();
});

test("a refusal stands at the field that the server names, or else at the last", async () => {
  const form = new Filling(FIELDS);
  const refused = async (error: ApiError): Promise<(string | null)[]> => {
    await form.send(
      () => null,
      refusing(error),
      (code) => (code === "name_taken" ? { field: "username", text: "Taken." } : null),
    );
    return [form.textOf("username"), form.textOf("password")];
  };

  expect(await refused(new ApiError("bad_name", "Bad.", 422, { path: "username" }))).toEqual(["Bad.", null]);
  expect(await refused(new ApiError("name_taken", "x", 409))).toEqual(["Taken.", null]);
  expect(await refused(new ApiError("unreachable", "Away.", 0))).toEqual([null, "Away."]);
});

test("a refusal of no field stands beside the form, until it is sent again", async () => {
  const form = new Filling(FIELDS);
  const refused = async (error: ApiError): Promise<(string | null)[]> => {
    await form.send(
      () => null,
      refusing(error),
      () => "form",
    );
    return [form.textOf("username"), form.textOf("password"), form.trouble];
  };

  expect(await refused(new ApiError("bad_name", "Bad.", 422, { path: "username" }))).toEqual(["Bad.", null, null]);
  expect(await refused(new ApiError("unreachable", "Away.", 0))).toEqual([null, null, "Away."]);
  await form.send(
    () => null,
    async () => {},
    () => null,
  );
  expect(form.trouble).toBeNull();
});

test("is not sent twice at once", async () => {
  const form = new Filling(FIELDS);
  let sent = 0;
  let finish = () => {};
  const act = (): Promise<void> => {
    sent += 1;
    return new Promise((resolve) => (finish = resolve));
  };
  const check = () => null;

  const first = form.send(check, act, check);
  const second = await form.send(check, act, check);
  finish();

  expect([await first, second, sent]).toEqual([true, false, 1]);
});
