/** Passkeys as this browser and its devices have them. What can't be done is a `Trouble`, in words. */

import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from "@simplewebauthn/browser";
import type {
  KnownPasskey,
  KnownPasskeyOptions,
  NewPasskey,
  NewPasskeyOptions,
} from "@clew/client";
import { Trouble } from "../problem";
import { WORDS } from "./words";

export interface Device {
  /** Whether there can be passkeys: the browser knows them, and the page came over a connection that it trusts. */
  has(): boolean;
  /** Whether it shows them where a user name is typed. */
  offers(): Promise<boolean>;
  make(options: NewPasskeyOptions): Promise<NewPasskey>;
  /** Whoever is asked sees it, unless it is only `offered`: then at the field for a user name, until one is chosen. */
  show(
    options: KnownPasskeyOptions,
    how?: { offered: boolean },
  ): Promise<KnownPasskey>;
  /** Nothing is offered any more. */
  stop(): void;
}

export const DEVICE: Device = {
  has: browserSupportsWebAuthn,
  offers: browserSupportsWebAuthnAutofill,

  async make(options) {
    const { id, response } = await said(
      startRegistration({ optionsJSON: options }),
      options.rp.id,
    );
    return {
      id,
      client_data_json: response.clientDataJSON,
      attestation_object: response.attestationObject,
    };
  },

  async show(options, { offered } = { offered: false }) {
    const { id, response } = await said(
      startAuthentication({
        optionsJSON: options,
        useBrowserAutofill: offered,
      }),
      options.rpId,
    );
    return {
      id,
      client_data_json: response.clientDataJSON,
      authenticator_data: response.authenticatorData,
      signature: response.signature,
      user_handle: response.userHandle ?? "",
    };
  },

  stop: () => WebAuthnAbortService.cancelCeremony(),
};

/** What this device may be called among others; "" where it does not say. */
export function deviceName(agent: string = navigator.userAgent): string {
  const known = ["iPhone", "iPad", "Android", "Windows", "Mac", "Linux"];
  return known.find((name) => agent.includes(name)) ?? "";
}

async function said<Answer>(
  asked: Promise<Answer>,
  host: string,
): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw troubleOf(error, host);
  }
}

/** By the names of WebAuthn's errors. Browsers tell little, so that no page learns which passkeys there are. */
function troubleOf(error: unknown, host: string): Trouble {
  switch (error instanceof Error ? error.name : "") {
    case "AbortError":
    case "NotAllowedError":
      return new Trouble("passkey_canceled", WORDS.wrong.canceled);
    case "InvalidStateError":
      return new Trouble("passkey_there", WORDS.wrong.there);
    case "SecurityError":
      return new Trouble("passkey_elsewhere", WORDS.wrong.elsewhere(host));
    case "ConstraintError":
    case "NotSupportedError":
      return new Trouble("passkey_unfit", WORDS.wrong.unfit);
    default:
      return new Trouble("passkey_failed", WORDS.wrong.failed);
  }
}
