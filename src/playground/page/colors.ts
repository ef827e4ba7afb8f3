// Light and dark: the system decides, until the reader does.

import { byId } from "./dom";
import { type Colors, keepColors, keptColors } from "./storage";

const NEXT: Record<Colors, Colors> = { system: "light", light: "dark", dark: "system" };

export function followColors(): void {
  const toggle = byId("colors", HTMLButtonElement);
  const name = byId("colors-name", HTMLElement);
  let colors = keptColors();
  const draw = () => {
    if (colors === "system") delete document.documentElement.dataset["colors"];
    else document.documentElement.dataset["colors"] = colors;
    name.textContent = colors;
  };
  toggle.addEventListener("click", () => {
    colors = NEXT[colors];
    keepColors(colors);
    draw();
  });
  draw();
}
