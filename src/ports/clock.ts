/** Time as an argument. Everything that reads the time or waits takes one of these. */
export interface Clock {
  now(): Date;
  /** Runs once after so many milliseconds of this clock's time. Returns a function that calls it off. */
  after(milliseconds: number, run: () => void): () => void;
}
