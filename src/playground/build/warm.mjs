// Questions whose answers need the modules that most visitors need.

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { ROOT } from "./paths.mjs";

const EXAMPLES = [
  ["bad/wildcard-without-dot.yaml"],
  ["bad/wildcard-without-dot.tf"],
  ["bad/certificate.crossplane.yaml"],
  ["bad/repeated-name.template.json"],
  ["bad/replacement.plan.json"],
  ["good/certificate.ack.yaml"],
  ["good/request.json"],
  ["account/pending.json"],
  ["inventory/account.json"],
];
const TOPICS = ["check", "coverage", "validation", "diagnosis", "dates"];
const NAMES = "brightharbor.io\n*.brightharbor.io\nwww.brightharbor.co.uk\nbücher.brightharbor.io\n";

/** Return the questions. */
export function questions() {
  const texts = EXAMPLES.map((paths) => paths.map(file));
  const rest = { region: "us-east-1", asOf: "2026-11-30" };
  return [
    ...texts.map((files) => ({ files, hosts: "" })),
    { files: [{ name: "names.txt", text: NAMES }], hosts: "www.brightharbor.io\n" },
  ].flatMap((asked) => TOPICS.map((topic) => ({ topic, ...asked, ...rest })));
}

function file(path) {
  const text = readFileSync(join(ROOT, "docs", "examples", path), "utf8");
  return { name: basename(path), text };
}
