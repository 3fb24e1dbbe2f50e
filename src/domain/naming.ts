/**
 * The name that a snapshot gets when nobody gives one: the template with `{vm}` and `{unix}` (seconds since 1970) filled
 * in, as ccloud³'s own panel does it with `{vm}-{unix}`. A long VM name is cut, not the time.
 */
export function defaultName(template: string, vm: string, at: Date, length: number): string {
  const withTime = template.replaceAll("{unix}", String(Math.floor(at.getTime() / 1000)));
  const room = length - withTime.replaceAll("{vm}", "").length;
  return withTime.replaceAll("{vm}", vm.slice(0, Math.max(0, room))).slice(0, length);
}
