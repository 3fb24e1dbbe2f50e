import { useEffect, useState } from "preact/hooks";

/** What somebody has just set is shown at once; what is true follows a moment later, and is shown from then on. */
export function useWish<T>(truth: T): [T, (wish: T, granted: Promise<boolean>) => void] {
  const [wish, setWish] = useState<{ value: T } | undefined>();
  useEffect(() => setWish(undefined), [truth]);
  function set(value: T, granted: Promise<boolean>): void {
    setWish({ value });
    void granted.then((isGranted) => isGranted || setWish(undefined));
  }
  return [wish ? wish.value : truth, set];
}
