// Colors of the editor. They are properties of the page, which follow light and dark.

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const line = (color: string) => `underline wavy var(--${color}) 1px`;

const shape = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "none" },
  // Above the gutters, which would hide an outline.
  "&.cm-focused::after": { content: '""', position: "absolute", inset: "0", zIndex: "400", border: "2px solid var(--focus)", pointerEvents: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overscrollBehavior: "auto" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { color: "var(--quiet)", backgroundColor: "var(--paper)", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 6px 0 10px", minWidth: "2.2em" },
  ".cm-gutter-lint": { width: "1.5em" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0.3em 0.2em" },
  ".cm-lint-marker": { width: "0.8em", height: "0.8em", margin: "auto", borderRadius: "50%" },
  ".cm-lint-marker-error, .cm-lint-marker-warning, .cm-lint-marker-info": { content: "normal" },
  ".cm-lint-marker-error": { backgroundColor: "var(--error)" },
  ".cm-lint-marker-warning": { backgroundColor: "var(--warning)", borderRadius: "1px", transform: "rotate(45deg) scale(0.85)" },
  ".cm-lint-marker-info": { backgroundColor: "var(--note)", borderRadius: "2px" },
  ".cm-activeLine": { backgroundColor: "var(--line-tint)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--line-tint)", color: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--selection)",
  },
  ".cm-content ::selection": { backgroundColor: "var(--selection)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "1px solid var(--rule)" },
  ".cm-specialChar": { color: "var(--error)" },
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0", textUnderlineOffset: "3px", textDecorationSkipInk: "none" },
  ".cm-lintRange-error": { textDecoration: line("error") },
  ".cm-lintRange-warning": { textDecoration: line("warning") },
  ".cm-lintRange-info": { textDecoration: line("note") },
  ".cm-lintRange-active": { backgroundColor: "var(--selection)" },
  ".cm-tooltip": {
    color: "var(--ink)",
    backgroundColor: "var(--raised)",
    border: "1px solid var(--rule)",
    borderRadius: "8px",
    boxShadow: "0 4px 16px var(--shadow)",
    maxWidth: "min(30rem, calc(100vw - 24px))",
    overflow: "auto",
    fontFamily: "var(--sans)",
    fontSize: "14px",
    lineHeight: "1.45",
  },
  ".cm-tooltip ul.cm-tooltip-lint": { margin: "0", padding: "0" },
  ".cm-diagnostic": { padding: "10px 12px", border: "0", whiteSpace: "normal" },
  ".cm-diagnostic + .cm-diagnostic": { borderTop: "1px solid var(--rule)" },
  ".cm-diagnostic p": { margin: "0 0 4px" },
  ".cm-diagnostic p:last-child": { margin: "6px 0 0", display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center" },
  ".cm-diagnostic code": { fontFamily: "var(--mono)", fontSize: "0.92em", backgroundColor: "var(--tint)", borderRadius: "3px", padding: "0 3px" },
  ".cm-diagnostic a": { color: "var(--link)", minHeight: "24px", display: "inline-flex", alignItems: "center" },
  ".cm-diagnostic button": {
    font: "inherit",
    color: "var(--ink)",
    backgroundColor: "var(--tint)",
    border: "1px solid var(--control)",
    borderRadius: "6px",
    padding: "2px 10px",
    minHeight: "28px",
    cursor: "pointer",
    textAlign: "left",
  },
  ".cm-diagnostic button.suppress": { color: "var(--quiet)", backgroundColor: "transparent", borderColor: "transparent", padding: "2px 4px", textDecoration: "underline" },
  ".cm-diagnostic a:focus-visible, .cm-diagnostic button:focus-visible": { outline: "2px solid var(--focus)", outlineOffset: "2px" },
  ".severity": { fontWeight: "600" },
  ".severity-error": { color: "var(--error)" },
  ".severity-warning": { color: "var(--warning)" },
  ".severity-note": { color: "var(--note)" },
  ".cm-panels": { color: "var(--ink)", backgroundColor: "var(--tint)", borderColor: "var(--rule)", fontFamily: "var(--sans)" },
  ".cm-panel.cm-search input, .cm-panel.cm-search button": { fontSize: "13px" },
  ".cm-textfield": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--control)", borderRadius: "4px" },
  ".cm-button": { color: "var(--ink)", background: "var(--paper)", border: "1px solid var(--control)", borderRadius: "4px" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink)", minWidth: "24px", minHeight: "24px" },
  ".cm-searchMatch": { backgroundColor: "var(--selection)", outline: "1px solid var(--control)" },
  ".cm-placeholder": { color: "var(--quiet)" },
});

const colors = HighlightStyle.define([
  { tag: tags.comment, color: "var(--code-comment)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-number)" },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-name)" },
  { tag: [tags.keyword, tags.typeName, tags.labelName], color: "var(--code-keyword)" },
  { tag: [tags.meta, tags.punctuation, tags.operator, tags.separator], color: "var(--quiet)" },
]);

export const theme: Extension = [shape, syntaxHighlighting(colors)];
