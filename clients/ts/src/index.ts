/** A game on the Clew runtime, from the side of a page. */

export { ServerClock, steadyNow_ms } from "./clock.js";
export { Connection, type Answer, type ClosedReason, type Listener, type News, type Status } from "./connection.js";
export { BROWSER, type Environment, type Socket } from "./environment.js";
export { Api, ApiError, socketUrl, type Words } from "./http.js";
export type * from "./protocol.js";
