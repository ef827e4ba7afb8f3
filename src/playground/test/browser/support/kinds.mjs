// One page of each kind, and the states of pages that look different.

import { Playground } from "./playground.mjs";

export const PAGES = {
  home: "",
  start: "start/",
  problem: "problems/wildcard-and-apex/",
  guide: "guide/",
  question: "coverage/",
  rules: "rules/",
  rule: "rules/ACM205/",
  facts: "facts/",
  api: "reference/coverage/",
  design: "design/",
  changelog: "changelog/",
  missing: "no/such/page/",
};

/** Open the page of a kind. */
export async function openPage(visitor, kind) {
  await visitor.page.goto(visitor.server.address(PAGES[kind]));
  await visitor.page.locator("h1").first().waitFor();
}

/** Open the search of the site, and search. */
export async function search(visitor, words) {
  const { page } = visitor;
  const isWide = page.viewportSize().width > 960;
  await page.locator(isWide ? ".md-search__button" : "label.md-header__button[for=__search]").first().click();
  const field = page.getByRole("combobox", { name: "Search" });
  await field.fill(words);
  await page.getByRole("option").first().waitFor();
  return page.getByRole("option");
}

/** The answers of the playground, each with a mode whose example has one. */
export const ANSWERS = {
  check: "cloudformation",
  coverage: "names",
  validation: "terraform",
  diagnosis: "certificates",
  dates: "api",
};

/** Open the playground with the example of a mode, and show an answer. */
export async function openAnswer(visitor, name) {
  const playground = new Playground(visitor);
  await playground.started();
  await showAnswer(playground, name);
  return playground;
}

export async function showAnswer(playground, name) {
  await playground.mode(ANSWERS[name]);
  if ((await playground.page.locator(`#tab-${name}`).getAttribute("aria-selected")) !== "true") await playground.tab(name);
  const shown = { check: ".finding", dates: ".dates li" }[name] ?? "pre";
  await playground.page.locator(`#panel-${name} ${shown}`).first().waitFor();
  await playground.state("ready");
}
