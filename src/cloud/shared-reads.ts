/** Lets those who ask for the same thing at the same time share one answer. */
export class SharedReads {
  readonly #underWay = new Map<string, Promise<unknown>>();

  once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#underWay.get(key);
    if (known) return known as Promise<T>;
    const shared: Promise<T> = read().finally(() => {
      if (this.#underWay.get(key) === shared) this.#underWay.delete(key);
    });
    this.#underWay.set(key, shared);
    return shared;
  }

  /**
   * Nobody joins the reads under way any more. For before and after a write: whoever asks then must not be told how
   * things were before it.
   */
  letGo(): void {
    this.#underWay.clear();
  }
}
