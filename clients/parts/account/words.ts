/** Every sentence around accounts, in one place. They are of games in general, so both pages say the same. */

export const PASSWORD_CHARS_MIN = 8;

export const WORDS = {
  title: "You",
  stay: "Stay",
  busy: "One moment…",
  show: "Show",
  hide: "Hide",
  username: "User name",
  usernameHint:
    "For logging in. Letters and digits, 3 to 32. Others at the table don’t see it.",
  usernameHintNew:
    "For logging in. Letters and digits, 3 to 32. You are called so at the table until you change it.",
  password: "Password",
  passwordHint: `At least ${PASSWORD_CHARS_MIN} characters.`,
  email: "E-mail (optional)",
  emailHint: "Leave it empty if you like. Nobody writes to it.",
  wrong: {
    usernameMissing: "Choose a user name.",
    usernameWhose: "Which user name did you choose?",
    passwordMissing: "Type your password.",
    passwordShort: `A password has at least ${PASSWORD_CHARS_MIN} characters.`,
    codeMissing: "Type the code you kept.",
    nameMissing: "Tell us a name: any you like.",
    credentials: "User name and password don’t fit together. Try again.",
    password: "That is not your password. Try again.",
    code: "User name and code don’t fit together. A code works once, and only the newest.",
    taken: "Somebody has that user name. Choose another.",
  },
  keep: {
    title: "Keep your games",
    why: (name: string) =>
      `You are ${name} in this browser only. With an account you are ${name} everywhere, and keep your games and seats.`,
    act: "Keep my games",
    haveOne: "I have an account",
  },
  open: {
    title: "Open an account",
    why: "Your games are kept, and you find them on every device.",
    act: "Open it",
  },
  code: {
    title: "Keep this code",
    why: "It brings you back in if you forget your password.",
    once: "We show it this once. Write it down, or print it.",
    label: "Your recovery code",
    copy: "Copy",
    copied: "Copied.",
    byHand: "This browser does not let us copy. Write the code down.",
    print: "Print",
    kept: "I have kept it",
    of: (username: string, where: string) =>
      `User name ${username}, at ${where}`,
  },
  logIn: {
    title: "Log in",
    why: "Your games are where you left them.",
    act: "Log in",
    forgot: "I forgot my password",
    instead: "Open an account",
  },
  recover: {
    title: "Use your code",
    why: "The code you kept sets a new password. All other devices are logged out.",
    code: "Recovery code",
    codeHint: "Five groups of five. Capitals and hyphens don’t matter.",
    newPassword: "New password",
    act: "Set the new password",
    back: "Back to log in",
  },
  notYou: {
    button: "Not you?",
    guestTitle: (name: string) => `Leave ${name} behind?`,
    guestLost: (name: string) =>
      `${name} lives in this browser only. Whoever leaves can’t reach ${name}’s games again.`,
    guestLeave: "Leave them behind",
    accountTitle: "Log out here?",
    accountKept: (username: string) =>
      `Your games stay with you. Log in as ${username} to find them again.`,
  },
  settings: {
    as: (username: string) => `Logged in as ${username}`,
    nameTitle: "Your name",
    name: "What others call you",
    nameHint: "Shown at every new table. Games you are in keep the old one.",
    nameAct: "Change my name",
    nameDone: (name: string) => `You are ${name} now.`,
    passwordTitle: "Password",
    current: "Your password now",
    newPassword: "New password",
    passwordAct: "Change my password",
    passwordDone: "Changed. Your other devices are logged out.",
    devicesTitle: "Devices",
    logOut: "Log out here",
    everywhere: "Log out everywhere",
    everywhereTitle: "Log out everywhere?",
    everywhereWhy:
      "Every device has to log in again, this one too. Your games stay.",
    dataTitle: "What we keep of you",
    dataWhy:
      "Your name, when you came, which games you are in, and how you log in. Take a copy along, or delete it all.",
    exportAct: "Take a copy",
    exportFile: "what-is-kept-of-me.json",
    removeAct: "Delete my account",
    removeTitle: "Delete your account?",
    removeWhy:
      "You can’t get it back. Games you played stay for the others to see, under the name you played by. Nothing leads from them to you.",
    removePassword: "Your password",
    removeSure: "Delete it for good",
  },
  ended: {
    here: "You are logged out.",
    everywhere: "You are logged out on every device.",
    removed: "Your account is deleted.",
    elsewhere: "You were logged out. Log in to go on.",
  },
  line: {
    logIn: "I have an account",
    keep: "Keep your games",
    account: "Your account",
  },
  unreachable: {
    title: "Nobody answers",
    why: "We can’t tell just now who you are. Nothing is lost.",
    again: "Try again",
  },
} as const;
