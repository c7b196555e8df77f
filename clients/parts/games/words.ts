/** Every sentence about games in lists, in one place: public ones, and one's own. */

import { counted } from "../durations";

export const WORDS = {
  title: "Public games",
  about: "Games that anybody may join or watch.",
  none: "Nobody else has opened a game to all just now. Make one, and switch on “Anyone may find this game” beside its seats.",
  looking: "Public games are being looked up",
  look: "Look for games",
  looks: "Looking…",
  join: "Join",
  watch: "Watch",
  more: "Show more",
  again: "Try again",
  seats: (free: number, all: number) =>
    free === 0
      ? `All ${all} seats are taken`
      : `${free} of ${counted(all, "seat")} free`,
  round: (round: number) => `Round ${round}`,
  playing: (playing: number) => `${playing} still in it`,
  rounds: (span: string) => `rounds of ${span}`,
  made: (ago: string) => `made ${ago}`,
  yourTurn: "your turn",
  place: (place: number, of: number) => `place ${place} of ${of}`,
  anyone: "Anyone may find this game",
  anyoneWhy:
    "It stands among the public games then: whoever comes by may take a free seat, or watch.",
  open: "Anyone may find this game, join it or watch.",
} as const;
