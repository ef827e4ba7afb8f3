// Where things are.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the playground's sources. */
export const HERE = dirname(dirname(fileURLToPath(import.meta.url)));
export const ROOT = dirname(dirname(HERE));
/** What the site copies: its page loads these files. */
export const OUTPUT = process.env.PLAYGROUND ?? join(ROOT, "docs", "pages", "playground");
export const PYODIDE = join(HERE, "node_modules", "pyodide");
