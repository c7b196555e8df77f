/** Names for commands, made here so that a command sent twice is still one command. */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_CHARS = 10;
const RANDOM_CHARS = 16;

/** A new ULID: 26 characters, later ones sort after earlier ones (to the millisecond), never the same twice. */
export function newCommandId(now_ms: number): string {
  return timePart(now_ms) + randomPart();
}

function timePart(now_ms: number): string {
  let rest = Math.max(0, Math.floor(now_ms));
  let text = "";
  for (let i = 0; i < TIME_CHARS; i += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function randomPart(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_CHARS));
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % 32)).join("");
}
