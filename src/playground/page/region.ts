// The Region: the options of the template, and any other that a link has.

import { byId, element } from "./dom";

export class RegionChoice {
  readonly #select = byId("region", HTMLSelectElement);

  constructor(onChange: () => void) {
    this.#select.addEventListener("change", onChange);
  }

  get region(): string {
    return this.#select.value;
  }

  set(region: string): void {
    if (![...this.#select.options].some((option) => option.value === region))
      this.#select.append(element("option", { value: region }, region));
    this.#select.value = region;
  }
}
