import { expect, test } from "vitest";
import { ApiError, type KnownPasskey, type KnownPasskeyOptions, type MyPasskeys, type NewPasskey } from "@clew/client";
import { deviceName, type Device } from "$parts/passkeys/device";
import { Passkeys, type PasskeyCalls } from "$parts/passkeys/passkeys.svelte";
import { problemOf, Trouble } from "$parts/problem";

const SHOWN: KnownPasskey = {
  id: "k",
  client_data_json: "c",
  authenticator_data: "a",
  signature: "s",
  user_handle: "u",
};
const OPTIONS = { challenge: "c", rpId: "localhost" } as KnownPasskeyOptions;

/** A browser whose device shows what it is asked for, where it can. */
class Shows implements Device {
  constructor(
    readonly knows: boolean,
    readonly suggests: boolean,
  ) {}

  has(): boolean {
    return this.knows;
  }

  async offers(): Promise<boolean> {
    return this.suggests;
  }

  async make(): Promise<NewPasskey> {
    throw new Trouble("passkey_canceled", "Stopped.");
  }

  async show(): Promise<KnownPasskey> {
    return SHOWN;
  }

  stop(): void {}
}

/** A server that refuses what it is told to. */
class Server implements Partial<PasskeyCalls> {
  asked = 0;
  refuses: string | null = null;
  mine: MyPasskeys = { passkeys: [], has_password: false };

  async askPasskey(): Promise<KnownPasskeyOptions> {
    this.asked += 1;
    if (this.refuses !== null) throw new ApiError(this.refuses, "No.", 409);
    return OPTIONS;
  }

  async myPasskeys(): Promise<MyPasskeys> {
    return this.mine;
  }
}

function passkeys(server: Server, device: Device): Passkeys {
  return new Passkeys(server as unknown as PasskeyCalls, (call) => call, device);
}

test("nothing is asked for a browser that has no passkeys, or does not suggest them", async () => {
  const server = new Server();

  expect(await passkeys(server, new Shows(false, true)).offered()).toBeNull();
  expect(await passkeys(server, new Shows(true, false)).offered()).toBeNull();
  expect(server.asked).toBe(0);
});

test("what is only offered says nothing where the server has no passkeys, and what is asked for does", async () => {
  const server = new Server();
  const mine = passkeys(server, new Shows(true, true));
  expect(await mine.offered()).toEqual(SHOWN);
  server.refuses = "no_passkeys";

  expect(await mine.offered()).toBeNull();
  await expect(mine.shown()).rejects.toThrow("No.");
});

test("there is a password until the server says that there is none, and again for whoever comes next", async () => {
  const mine = passkeys(new Server(), new Shows(true, true));
  expect(mine.hasPassword).toBe(true);
  await mine.look();
  expect(mine.hasPassword).toBe(false);

  mine.forget();

  expect(mine.hasPassword).toBe(true);
});

test("what a device does not do is said in its words", async () => {
  const error = await new Shows(true, true).make().catch((thrown: unknown) => thrown);

  expect(problemOf(error)).toEqual({ code: "passkey_canceled", text: "Stopped.", details: {} });
});

test.each([
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "iPhone"],
  ["Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0", "Android"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/140.0", "Windows"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1", "Mac"],
  ["Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0", "Linux"],
  ["curl/8", ""],
])("a device is called what its browser says of it", (agent, name) => {
  expect(deviceName(agent)).toBe(name);
});
