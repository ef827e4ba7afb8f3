// Starts the page, and connects its buttons and keys.

import { App } from "./app";
import { followColors } from "./colors";
import { byId } from "./dom";
import { acceptDrops } from "./local-files";
import { MODES } from "./state";

const isMac = /^(?:Mac|iP)/.test(navigator.platform);

function connectKeys(app: App): void {
  document.addEventListener("keydown", (event) => {
    if (event.key === "F8") {
      event.preventDefault();
      app.next(event.shiftKey ? -1 : 1);
    } else if (event.key === "." && (isMac ? event.metaKey : event.ctrlKey) && !event.altKey) {
      event.preventDefault();
      app.fixHere();
    }
  });
  for (const key of document.querySelectorAll(".mod")) key.textContent = isMac ? "⌘" : "Ctrl";
}

function connectFiles(app: App): void {
  const input = byId("open", HTMLInputElement);
  byId("open-button", HTMLButtonElement).addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    void app.open([...(input.files ?? [])]);
    input.value = "";
  });
  acceptDrops(byId("work", HTMLElement), (files) => void app.open(files));
}

followColors();
const app = new App();
for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=mode]"))
  radio.addEventListener("change", () => {
    const mode = MODES.find((each) => each === radio.value);
    if (mode && radio.checked) app.setMode(mode);
  });
byId("share", HTMLButtonElement).addEventListener("click", () => void app.share());
byId("example", HTMLButtonElement).addEventListener("click", () => app.showExample());
byId("clear", HTMLButtonElement).addEventListener("click", () => app.clear());
window.addEventListener("pagehide", () => app.keep());
connectKeys(app);
connectFiles(app);
