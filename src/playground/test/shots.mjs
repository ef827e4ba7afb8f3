// Saves a picture of each kind of page, wide and narrow, light and dark: npm run shots -- FOLDER

import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { NARROW, settled, WIDE } from "./browser/support/axe.mjs";
import { ANSWERS, openAnswer, openPage, PAGES, search } from "./browser/support/kinds.mjs";
import { Playground } from "./browser/support/playground.mjs";
import { Visitors } from "./browser/support/visitor.mjs";

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("usage: npm run shots -- FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });

/** How each picture is reached, by its name. */
const SCENES = {
  ...Object.fromEntries(Object.keys(PAGES).map((kind) => [kind, (visitor) => openPage(visitor, kind)])),
  search: async (visitor) => {
    await openPage(visitor, "home");
    await search(visitor, "wildcard");
  },
  ...Object.fromEntries(Object.keys(ANSWERS).map((name) => [`playground-${name}`, (visitor) => openAnswer(visitor, name)])),
  "playground-failed": async (visitor) => {
    visitor.server.missing = /\/python\./;
    await new Playground(visitor).open();
    await visitor.page.locator("#failure").waitFor();
  },
};

const all = new Visitors();
await all.start();
try {
  for (const colorScheme of ["light", "dark"])
    for (const viewport of [WIDE, NARROW])
      for (const [name, reach] of Object.entries(SCENES))
        await all.visit(
          async (visitor) => {
            visitor.expected.push(/status of 404/);
            await reach(visitor);
            await settled(visitor.page);
            await visitor.page.screenshot({ path: join(folder, `${name}-${viewport.width}-${colorScheme}.png`) });
          },
          { colorScheme, viewport, reducedMotion: "reduce" },
        );
} finally {
  await all.stop();
}
