/** Every sentence around a lobby, in one place. They are of games in general, so both pages say the same. */

import { counted } from "../durations";

export const WORDS = {
  seat: {
    kept: (seat: number, name: string) => `Seat ${seat} is kept for ${name}`,
    giveAway: "Give the seat away",
    free: (seat: number) => `Seat ${seat} is free`,
    put: (bot: string) => `Put ${bot} here`,
    make: (bot: string) => `Make it ${bot}`,
    empty: "Empty the seat",
    asItIs: "Leave it as it is",
    pass: (name: string) => `Make ${name} the host`,
    passWhy: (name: string) =>
      `A host changes the game, and begins it. Once ${name} is host you are not.`,
    sendAway: (name: string) => `Send ${name} away`,
    sendAwayTitle: (name: string) => `Send ${name} away?`,
    sendAwayWhy: (name: string) =>
      `${name} may watch then, and can’t sit down here again.`,
    keep: (name: string) => `Keep ${name}`,
  },
  doors: {
    leave: "Leave",
    leaveTitle: "Leave your own game?",
    leaveWhy:
      "Your seat is free then, and whoever is here longest becomes the host.",
    leaveAct: "Leave it to them",
    callOff: "Call it off",
    callOffTitle: "Call it off for everybody?",
    callOffAlone: "Nobody else is here. The link leads nowhere then.",
    callOffOthers: (others: number) =>
      `${counted(others, "other")} ${others === 1 ? "is" : "are"} here. The link leads nowhere then.`,
    callOffAct: "Yes, call it off",
    stay: "Stay",
    keep: "Keep it",
  },
  out: {
    leftTitle: "You left",
    left: "Your seat is free for somebody else. Changed your mind? As long as it is, it can be yours again.",
    again: "Look at it again",
    sentAwayTitle: "The host sent you away",
    sentAway:
      "The seat is for somebody else. Make a table of your own: there you are the host.",
  },
  news: {
    sat: (name: string, seat: number) => `${name} takes seat ${seat}.`,
    satYou: (seat: number) => `You take seat ${seat}.`,
    left: (name: string) => `${name} left.`,
    sentAway: (name: string) => `${name} was sent away by the host.`,
    host: (name: string) => `${name} is the host now.`,
    hostYou: "You are the host now.",
    bot: (bot: string, seat: number) => `Seat ${seat}: ${bot}.`,
    emptied: (seat: number) => `Seat ${seat} is empty again.`,
    settings: "The host changed the rules.",
    settingsYou: "You changed the rules.",
  },
} as const;
