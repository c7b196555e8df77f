/** What people say and signal at a game, as one of them hears it: without those they have muted. */

import type { Answer, Environment, Sign, TalkCommand } from "@clew/client";
import { keepMuted, mutedAt, turned, type Muted } from "./muted";
import { keepRead, readUpTo } from "./read";
import {
  isSaid,
  isSigned,
  squeezed,
  withNew,
  type Named,
  type Saying,
} from "./sayings";
import { refusalWords, WORDS } from "./words";

/** How long a sign stays at who gave it. */
export const SIGN_SHOWN_MS = 4_000;
/** An acceptance may be here before what it is about: until then that is not gone from the page. */
const TOLD_WITHIN_MS = 1_000;

export interface Signal {
  readonly id: string;
  readonly name: string;
  readonly sign: Sign;
  /** The same sign given twice is two. */
  readonly nth: number;
}

export interface Unsaid {
  readonly text: string;
  readonly nth: number;
}

type Timers = Pick<Environment, "clearTimer" | "setTimer">;

export class Talk {
  readonly #code: string;
  readonly #send: (command: TalkCommand) => Promise<Answer>;
  readonly #world: Timers;
  readonly #timers = new Set<number>();
  #nth = 0;

  #sayings: readonly Saying[] = $state.raw([]);
  #signals: readonly Signal[] = $state.raw([]);
  #muted: Muted = $state.raw({});
  #read_ms = $state(0);
  /** What was not accepted yet, in order. */
  unsaid: readonly Unsaid[] = $state.raw([]);
  /** What is being written: it outlasts the screen that it is written on. */
  draft = $state("");

  constructor(
    code: string,
    send: (command: TalkCommand) => Promise<Answer>,
    world: Timers,
  ) {
    this.#code = code;
    this.#send = send;
    this.#world = world;
    this.#muted = mutedAt(code);
    this.#read_ms = readUpTo(code);
  }

  get sayings(): readonly Saying[] {
    return this.#sayings.filter(({ id, name }) => this.#muted[id] !== name);
  }

  /** The signs of just now, the latest last. */
  get signals(): readonly Signal[] {
    return this.#signals.filter(({ id, name }) => this.#muted[id] !== name);
  }

  isMuted({ player_id, display_name }: Named): boolean {
    return this.#muted[player_id] === display_name;
  }

  signOf(seat: string): Signal | null {
    return this.signals.findLast(({ id }) => id === seat) ?? null;
  }

  /** How many sayings of others there are that were not on the screen yet. */
  unread(you: string | null): number {
    return this.sayings.filter(
      ({ id, at }) => id !== you && Date.parse(at) > this.#read_ms,
    ).length;
  }

  /** All that was said is on the screen. */
  read(): void {
    const latest = this.#sayings.at(-1);
    if (latest === undefined) return;
    this.#read_ms = Math.max(this.#read_ms, Date.parse(latest.at));
    keepRead(this.#code, this.#read_ms);
  }

  /** Not that anybody is told: it is this page alone that leaves them out. */
  turn({ player_id, display_name }: Named): void {
    this.#muted = turned(this.#muted, player_id, display_name);
    keepMuted(this.#code, this.#muted);
  }

  /** Take in what was told, among these people. */
  hear(
    asides: readonly { readonly type: string }[],
    players: readonly Named[],
  ): void {
    const nameOf = (seat: string): string =>
      players.find(({ player_id }) => player_id === seat)?.display_name ??
      WORDS.gone;
    const said = asides
      .filter(isSaid)
      .map(({ id, display_name, text, at }) => ({
        id,
        text,
        at,
        name: display_name,
      }));
    this.#sayings = withNew(this.#sayings, said);
    for (const { text } of said) this.#drop((each) => each.text === text);
    for (const { id, sign } of asides.filter(isSigned))
      this.#show({ id, sign, name: nameOf(id), nth: ++this.#nth });
  }

  /** Gives why it was not told, or null if it was. */
  async say(typed: string): Promise<string | null> {
    const mine = { text: squeezed(typed), nth: ++this.#nth };
    this.unsaid = [...this.unsaid, mine];
    const wrong = wrongWith(await this.#send({ type: "say", text: mine.text }));
    const drop = (): void => this.#drop(({ nth }) => nth === mine.nth);
    if (wrong === null) this.#in(TOLD_WITHIN_MS, drop);
    else drop();
    return wrong;
  }

  /** Gives why it was not told, or null if it was. */
  async sign(sign: Sign): Promise<string | null> {
    return wrongWith(await this.#send({ type: "sign", sign }));
  }

  stop(): void {
    for (const timer of this.#timers) this.#world.clearTimer(timer);
    this.#timers.clear();
  }

  #show(signal: Signal): void {
    this.#signals = [
      ...this.#signals.filter(({ id }) => id !== signal.id),
      signal,
    ];
    this.#in(SIGN_SHOWN_MS, () => {
      this.#signals = this.#signals.filter(({ nth }) => nth !== signal.nth);
    });
  }

  /** The first of these, for two may say the same. */
  #drop(isIt: (unsaid: Unsaid) => boolean): void {
    const at = this.unsaid.findIndex(isIt);
    if (at >= 0) this.unsaid = this.unsaid.filter((_, index) => index !== at);
  }

  #in(delay_ms: number, act: () => void): void {
    const timer = this.#world.setTimer(() => {
      this.#timers.delete(timer);
      act();
    }, delay_ms);
    this.#timers.add(timer);
  }
}

function wrongWith(answer: Answer): string | null {
  if (answer.type === "accepted") return null;
  return answer.type === "refused" ? refusalWords(answer.error) : WORDS.lost;
}
