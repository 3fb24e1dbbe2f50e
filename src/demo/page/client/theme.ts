const KEY = "theme";

/** `light`, `dark`, or nothing: as the system has it. */
export const theme = (): string => localStorage.getItem(KEY) ?? "";

export function wearTheme(chosen: string): void {
  localStorage.setItem(KEY, chosen);
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
}
