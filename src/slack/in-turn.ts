const turns = new WeakMap<object, Promise<unknown>>();

/**
 * Does one thing after the other for one owner, in the order in which they came. What counts first and then adds one must
 * not be done twice at once.
 */
export function inTurn<T>(owner: object, work: () => Promise<T>): Promise<T> {
  const before = turns.get(owner) ?? Promise.resolve();
  const done = before.then(work, work);
  turns.set(
    owner,
    done.catch(() => {}), // whoever waits for it is told
  );
  return done;
}
