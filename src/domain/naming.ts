/**
 * The name that a snapshot gets when nobody gives one: the template with `{vm}` and `{unix}` (seconds since 1970) filled
 * in, as ccloud³'s own panel does it with `{vm}-{unix}`. A long VM name is cut, not the time.
 */
export function defaultName(template: string, vm: string, at: Date, length: number): string {
  const withTime = template.replaceAll("{unix}", String(Math.floor(at.getTime() / 1000)));
  const parts = withTime.split("{vm}");
  const room = length - [...parts.join("")].length;
  const each = Math.floor(room / Math.max(1, parts.length - 1));
  return cut(parts.join(cut(vm, each)), length);
}

/** So many characters, none of them in halves. */
export const cut = (text: string, length: number): string => [...text].slice(0, Math.max(0, length)).join("");
