/** The end of every choice among the members of a closed union: one that was forgotten is an error of types.
 *
 * A page may be older than the server it talks to, so what it does not know does come. It gets `instead`, and the page goes on.
 */
export function assertNever<T>(_unknown: never, instead: T): T {
  return instead;
}
