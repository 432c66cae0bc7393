// Belongs here: listeners whose work is not over when they return.

/**
 * A listener that hands its promise on. While it is pending, Thunderbird does not take the background page for idle and stop it in the
 * middle; the types say that listeners return nothing.
 */
export function pendingListener<Values extends readonly unknown[]>(
  listener: (...values: Values) => Promise<void>,
): (...values: Values) => unknown {
  return listener;
}
