// The wheel of this checkout, and those of what it needs in the page.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./paths.mjs";

/**
 * Build the wheels with the Python that PYTHON names, and return their paths.
 *
 * The versions are those of tests/constraints.txt.
 */
export function wheels(work) {
  const folder = join(work, "wheels");
  mkdirSync(folder);
  const constraints = join(ROOT, "tests", "constraints.txt");
  const pip = ["-m", "pip", "wheel", "-q", "--disable-pip-version-check", "-c", constraints];
  execFileSync(
    process.env.PYTHON ?? "python3",
    [...pip, "-w", folder, `${ROOT}[cloudformation,kubernetes]`],
    {
      env: { PIP_BUILD_CONSTRAINT: constraints, ...process.env },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}
