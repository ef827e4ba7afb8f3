// The kinds of fixes, which have buttons of their own and are not all applied together.

import type { Fix } from "../protocol";

/** A suppression accepts a finding rather than fixing it. */
export function isSuppression(fix: Fix): boolean {
  return fix.kind === "suppression";
}

/** A fix that keeps the meaning of the file, as `--fix` applies without questions. */
export function isSafe(fix: Fix): boolean {
  return fix.kind === "safe";
}
