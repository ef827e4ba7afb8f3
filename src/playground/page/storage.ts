// What survives a reload. Texts are in the storage of the tab, which ends with the tab; only the
// colors are kept longer.

import { type Kept, MOST_TEXT, readKept } from "./state";

const TEXTS = "acmrules.playground";
const COLORS = "acmrules.playground.colors";

export type Colors = "system" | "light" | "dark";

/** Keep the texts; returns whether it was possible, because the storage has a limit. */
export function keep(kept: Kept): boolean {
  try {
    const text = JSON.stringify(kept);
    if (text.length > 2 * MOST_TEXT) throw new RangeError("too long");
    sessionStorage.setItem(TEXTS, text);
    return true;
  } catch {
    forget();
    return false;
  }
}

export function forget(): void {
  try {
    sessionStorage.removeItem(TEXTS);
  } catch {
    // The storage is turned off, so it contains nothing.
  }
}

export function restore(): Kept | null {
  try {
    const text = sessionStorage.getItem(TEXTS);
    return text === null ? null : readKept(JSON.parse(text));
  } catch {
    return null;
  }
}

export function keptColors(): Colors {
  try {
    const colors = localStorage.getItem(COLORS);
    return colors === "light" || colors === "dark" ? colors : "system";
  } catch {
    return "system";
  }
}

export function keepColors(colors: Colors): void {
  try {
    if (colors === "system") localStorage.removeItem(COLORS);
    else localStorage.setItem(COLORS, colors);
  } catch {
    // The choice lasts until the page is closed.
  }
}
