// Elements from data. Texts become text nodes, never HTML, so no text of a user can be markup.

type Attributes = Readonly<Record<string, string | boolean>>;
type Child = Node | string;

/** Create an element; `true` sets an empty attribute, `false` none. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes))
    if (value !== false) created.setAttribute(attribute, value === true ? "" : value);
  created.append(...children);
  return created;
}

export function button(label: string | readonly Child[], action: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const created = element("button", { type: "button", ...attributes }, ...(typeof label === "string" ? [label] : label));
  created.addEventListener("click", action);
  return created;
}

/** Return an element of the page; the template has it, so its absence is a bug. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} #${id}`);
  return found;
}

/** The parts of a message: what is in backticks becomes code. */
export function marked(message: string): Child[] {
  return message.split(/`([^`]+)`/).map((part, index) => (index % 2 ? element("code", {}, part) : part));
}

/** Words for screen readers only. */
export function unseen(text: string): HTMLElement {
  return element("span", { class: "unseen" }, text);
}

export function count(number: number, singular: string): string {
  return `${number} ${singular}${number === 1 ? "" : "s"}`;
}
