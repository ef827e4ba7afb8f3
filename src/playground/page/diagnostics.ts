// Findings as the editor underlines them, with a tooltip that has the help and the fixes.

import type { Diagnostic } from "@codemirror/lint";
import type { Finding, Fix } from "../protocol";
import { element, marked, button } from "./dom";
import type { Doc } from "./documents";
import { isSuppression } from "./fixes";
import { visible } from "./spans";

const SEVERITIES = { error: "error", warning: "warning", note: "info" } as const;
/** More underlines than this slow the editor down, and nobody reads them. */
const MOST = 500;
const RULE = /^[A-Z]{2,8}\d{1,5}$/;

export type Apply = (fix: Fix) => void;

/** The link to the page of a rule; what does not look like a rule gets no link. */
export function ruleLink(rule: string): Node {
  if (!RULE.test(rule)) return document.createTextNode(rule);
  return element("a", { href: `../rules/${rule}/` }, rule);
}

function rendered(finding: Finding, apply: Apply): HTMLElement {
  const severity = element("span", { class: `severity severity-${finding.severity}` }, finding.severity);
  const content = element("div", {}, element("p", {}, severity, " ", ...marked(finding.message)));
  if (finding.help) content.append(element("p", {}, "Help: ", ...marked(finding.help)));
  const fixes = finding.fixes.map((fix) => button(marked(fix.title), () => apply(fix), { class: isSuppression(fix) ? "suppress" : "fix" }));
  content.append(element("p", {}, ...fixes, ruleLink(finding.rule), ` ${finding.name}`));
  return content;
}

/** The underlines of one document. */
export function diagnostics(doc: Doc, findings: readonly Finding[], apply: Apply): Diagnostic[] {
  const text = doc.text;
  const found: Diagnostic[] = [];
  for (const finding of findings) {
    if (finding.span?.file !== doc.name || found.length === MOST) continue;
    found.push({
      ...visible(text, finding.span),
      severity: SEVERITIES[finding.severity],
      message: finding.message,
      renderMessage: () => rendered(finding, apply),
    });
  }
  return found;
}
