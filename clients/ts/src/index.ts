/** A game on the Clew runtime, from a page's side. Everything that is promised to others is named here. */

export { steadyNow_ms, type ServerClock } from "./clock.js";
export { connect } from "./connect.js";
export { Connection } from "./connection.js";
export { BROWSER, type Environment, type Socket } from "./environment.js";
export { Api, ApiError, type Words } from "./http.js";
export type { ClosedReason, Status } from "./lines.js";
export type * from "./options.js";
export { assertNever } from "./never.js";
export type { Answer, Pending } from "./outbox.js";
export type * from "./protocol.js";
export type * from "./tables.js";
