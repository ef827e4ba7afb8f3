// The language of a file, by its name, as the command recognizes it.

import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import type { Extension } from "@codemirror/state";
import { hcl } from "./hcl";
import { lineComments } from "./lists";

export function languageOf(name: string): Extension {
  const end = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (["json", "template"].includes(end)) return json();
  if (["yaml", "yml"].includes(end)) return yaml();
  if (["tf", "tfvars", "tofu", "hcl"].includes(end)) return hcl;
  return end === "txt" ? lineComments : [];
}
