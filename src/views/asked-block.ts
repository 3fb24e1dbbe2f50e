/**
 * A block id that says since when an approval has been asked for. The same request may ask for the same once more after a no
 * or when nobody answered; a press on a screen that is so old is told apart by it. `n` tells the blocks of one view apart.
 */
export const askedBlock = (n: number, since: Date): string => `asked/${n}/${Number(since)}`;

export function askedAtIn(blockId: string | undefined): Date | undefined {
  const [, since] = /^asked\/\d+\/(\d{1,15})$/.exec(blockId ?? "") ?? [];
  return since === undefined ? undefined : new Date(Number(since));
}
