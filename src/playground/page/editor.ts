// An editor: CodeMirror in a shadow tree, where its styles are constructed and so need no exception
// from the content security policy.

import { defaultKeymap, history, historyKeymap, indentWithTab, undo } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorSelection, EditorState, Prec, type TransactionSpec } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
  tooltips,
} from "@codemirror/view";
import { Doc } from "./documents";
import { languageOf } from "./languages";
import { visible } from "./spans";
import { theme } from "./theme";

/** How long Tab leaves the editor after Escape; CodeMirror's two seconds are short for some. */
const LEAVE_MS = 15_000;

const language = new Compartment();
const label = new Compartment();

const labelled = (name: string) => EditorView.contentAttributes.of({ "aria-label": `Text of ${name}`, tabindex: "0" });

const basic = [
  lineNumbers(),
  lintGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  rectangularSelection(),
  EditorState.allowMultipleSelections.of(true),
  indentOnInput(),
  indentUnit.of("  "),
  bracketMatching(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  tooltips({ position: "fixed" }),
  EditorView.domEventHandlers({
    // Chromium gives a text that replaces colored lines an inline style, which the policy reports.
    beforeinput: (event, view) => {
      if (event.inputType !== "insertText" || !event.data || view.composing || view.state.selection.main.empty) return false;
      event.preventDefault();
      view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
      return true;
    },
  }),
  Prec.highest(
    keymap.of([
      {
        key: "Escape",
        run: (view) => {
          view.setTabFocusMode(LEAVE_MS);
          return false;
        },
      },
    ]),
  ),
  keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
  theme,
];

export function createDoc(name: string, text: string): Doc {
  const extensions = [basic, language.of(languageOf(name)), label.of(labelled(name))];
  return new Doc(name, EditorState.create({ doc: text, extensions }));
}

export class Editor {
  readonly #view: EditorView;
  readonly #onEdit: (doc: Doc) => void;
  #doc: Doc;

  /** Show a document in an element; `onEdit` is called after each change of its text. */
  constructor(host: HTMLElement, doc: Doc, onEdit: (doc: Doc) => void) {
    this.#doc = doc;
    this.#onEdit = onEdit;
    const root = host.attachShadow({ mode: "open" });
    const parent = document.createElement("div");
    parent.style.height = "100%";
    root.append(parent);
    this.#view = new EditorView({
      state: doc.state,
      parent,
      root,
      dispatchTransactions: (transactions, view) => {
        view.update(transactions);
        this.#doc.state = view.state;
        if (transactions.some((each) => each.docChanged)) this.#onEdit(this.#doc);
      },
    });
  }

  get doc(): Doc {
    return this.#doc;
  }

  show(doc: Doc): void {
    if (doc === this.#doc) return;
    this.#doc.scroll = this.#view.scrollSnapshot();
    this.#doc = doc;
    this.#view.setState(doc.state);
    if (doc.scroll) this.#view.dispatch({ effects: doc.scroll });
  }

  /** Change a document, whether it is shown or not. */
  apply(doc: Doc, change: TransactionSpec): void {
    if (doc === this.#doc) {
      this.#view.dispatch(change);
      return;
    }
    const transaction = doc.state.update(change);
    doc.state = transaction.state;
    if (transaction.docChanged) this.#onEdit(doc);
  }

  rename(doc: Doc, name: string): void {
    doc.name = name;
    this.apply(doc, { effects: [language.reconfigure(languageOf(name)), label.reconfigure(labelled(name))] });
  }

  underline(doc: Doc, diagnostics: readonly Diagnostic[]): void {
    this.apply(doc, setDiagnostics(doc.state, diagnostics));
  }

  undo(doc: Doc): void {
    undo({ state: doc.state, dispatch: (transaction) => this.apply(doc, transaction) });
  }

  /** Select a part of the shown text, and show it in the middle. */
  select(from: number, to: number): void {
    const part = visible(this.#doc.text, { from, to });
    const range = EditorSelection.range(part.from, part.to);
    this.#view.dispatch({ selection: range, effects: EditorView.scrollIntoView(range, { y: "center" }) });
    this.#view.focus();
  }

  get cursor(): number {
    return this.#view.state.selection.main.head;
  }

  get hasFocus(): boolean {
    return this.#view.hasFocus;
  }

  focus(): void {
    this.#view.focus();
  }
}
