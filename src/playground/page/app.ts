// Connects the parts of the page: each change goes through here, and so does each answer.

import { Interpreter } from "../engine/interpreter";
import { register } from "../offline/register";
import type { Answer, CheckAnswer, Fix, Question, Topic } from "../protocol";
import { AnswerPanel } from "./answers";
import { Checks } from "./checks";
import { today } from "./dates";
import { byId, count, marked } from "./dom";
import type { Doc } from "./documents";
import { Editing } from "./editing";
import { example } from "./examples";
import { isSuppression } from "./fixes";
import { FindingList, result } from "./findings";
import { Links } from "./links";
import { modeOf, readFiles } from "./local-files";
import { DETAILS } from "./modes";
import { Notice } from "./notice";
import { RegionChoice } from "./region";
import { together } from "./spans";
import { MOST_FILES, type Mode, type Shared } from "./state";
import { Status } from "./status";
import { keep, restore } from "./storage";
import { Tabs } from "./tabs";
import { Timeline } from "./timeline";
import { type Replaced, Workspace } from "./workspace";

const KEEP_MS = 400;
/** The folder of the page, where its files are. */
const BASE = new URL(".", document.baseURI);

const asSentence = (message: string): string => `${message.slice(0, 1).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? "" : "."}`;

export class App {
  readonly #workspace = new Workspace();
  readonly #status = new Status(() => this.#restart());
  readonly #notice = new Notice((message) => this.#status.say(message));
  readonly #region = new RegionChoice(() => this.#changed());
  readonly #panels = {
    coverage: new AnswerPanel(byId("panel-coverage", HTMLElement)),
    validation: new AnswerPanel(byId("panel-validation", HTMLElement)),
    diagnosis: new AnswerPanel(byId("panel-diagnosis", HTMLElement)),
  };
  readonly #timeline = new Timeline(byId("panel-dates", HTMLElement), () => this.#changed());
  readonly #list: FindingList;
  readonly #editing: Editing;
  readonly #links: Links;
  readonly #checks: Checks;
  readonly #tabs: Tabs;
  #interpreter: Interpreter;
  #answer: CheckAnswer | null = null;
  #keeping = 0;
  #isKept = true;
  #isOffline = false;

  constructor() {
    this.#interpreter = this.#start();
    const kept = restore();
    if (kept) this.#workspace.restore(kept);
    this.#region.set(kept?.region ?? "");
    this.#timeline.set(kept?.asOf ?? "");
    this.#list = new FindingList(byId("panel-check", HTMLElement), {
      go: (span) => this.#editing.go(span),
      fix: (fix) => this.fix(fix),
      fixAll: (fixes) => this.#fixAll(fixes),
    });
    this.#list.message("Python is downloaded once, and stays on this computer for later visits. You can edit in the meantime.");
    this.#editing = new Editing(this.#workspace, {
      changed: () => this.#edited(),
      removed: (message, undo) => this.#notice.show(message, undo),
      say: (message) => this.#notice.show(message),
    });
    this.#links = new Links({
      shared: () => this.#workspace.shared(this.#region.region, this.#timeline.date),
      open: (shared) => this.#open(shared),
      tell: (message) => this.#notice.show(message),
    });
    this.#checks = new Checks(this.#interpreter, {
      question: (topic) => this.#question(topic),
      shown: () => this.#tabs.selected as Topic,
      answered: (topic, answer) => this.#answered(topic, answer),
    });
    this.#tabs = new Tabs(byId("answers", HTMLElement), () => this.#checks.look());
    this.#drawMode();
    void this.#links.read().then(() => this.#checks.changed());
  }

  async share(): Promise<void> {
    await this.#links.write();
  }

  setMode(mode: Mode): void {
    if (mode === this.#workspace.mode) return;
    const before = DETAILS[this.#workspace.mode].tab;
    this.#workspace.mode = mode;
    this.#showMode();
    // A tab that the reader chose stays.
    if (this.#tabs.selected === before) this.#tabs.select(DETAILS[mode].tab);
  }

  /** Replace the texts of this mode by its example. */
  showExample(): void {
    if (this.#workspace.isExample) {
      this.#notice.show("This is the example. Edit it, or paste your own text.");
      return;
    }
    this.#replace(() => this.#workspace.replace(example(this.#workspace.mode, today())), "The example replaced your text.");
  }

  /** Remove the texts of this mode, to paste others. */
  clear(): void {
    this.#replace(() => this.#workspace.replace({ files: [], hosts: "" }), "The text was removed.");
    this.#editing.focus();
  }

  /** Read files of the reader's computer. */
  async open(files: readonly File[]): Promise<void> {
    const { files: texts, faults } = await readFiles(files);
    if (texts.length) {
      this.#workspace.mode = modeOf(texts, this.#workspace.mode);
      const { folder, isExample } = this.#workspace;
      const others = isExample ? [] : folder.docs.map((doc) => doc.file).filter((file) => file.text && !texts.some(({ name }) => name === file.name));
      const all = [...texts, ...others].slice(0, MOST_FILES);
      const left = texts.length + others.length - all.length;
      if (left) faults.push(`This page can have at most ${count(MOST_FILES, "file")}, so ${count(left, "earlier one")} ${left === 1 ? "was" : "were"} removed.`);
      const hosts = isExample ? "" : folder.hosts.text;
      this.#replace(() => this.#workspace.replace({ files: all, hosts }), `${count(texts.length, "file")} opened. ${faults.join(" ")}`);
    } else if (faults.length) this.#notice.show(faults.join(" "));
  }

  fix(fix: Fix): void {
    this.#apply(fix.edits, `Fixed: ${fix.title}.`);
  }

  /** Fix the finding at the cursor, or else the current one of the list. */
  fixHere(): void {
    const { cursor } = this.#editing;
    const here = this.#answer?.findings.filter(({ span }) => span && span.file === cursor?.file && span.from <= cursor.at && cursor.at <= span.to) ?? [];
    const current = this.#list.current;
    const candidates = [...here, ...(here.length || !current ? [] : [current])];
    const first = candidates.flatMap(({ fixes }) => fixes).find((fix) => !isSuppression(fix));
    if (first) this.fix(first);
    else this.#status.say("No fix here");
  }

  /** Move to the next finding that has a place, or to the previous one. */
  next(step: 1 | -1): void {
    const placed = this.#answer?.findings.filter(({ span }) => span) ?? [];
    const at = this.#list.current ? placed.indexOf(this.#list.current) : step > 0 ? -1 : 0;
    const finding = placed.at((at + step + placed.length) % (placed.length || 1));
    if (!finding?.span) {
      this.#status.say("No findings");
      return;
    }
    this.#tabs.select("check");
    this.#list.mark(finding);
    this.#editing.go(finding.span);
    this.#status.say(`${finding.severity}: ${finding.message.replaceAll("`", "")}`);
  }

  #start(): Interpreter {
    return new Interpreter(BASE, (state, detail) => {
      this.#status.show(state, detail);
      if (state === "ready") this.#becomeReady();
    });
  }

  /** Download what works offline, once what the reader waits for has arrived. */
  #becomeReady(): void {
    if (this.#isOffline) return;
    this.#isOffline = true;
    void register(BASE, () => this.#notice.show("A new version of this page is ready. Reload the page to use it; your text is kept."));
  }

  #restart(): void {
    this.#interpreter.close();
    this.#status.show("starting", "");
    this.#interpreter = this.#start();
    this.#checks.restart(this.#interpreter);
  }

  #question(topic: Topic): Question {
    const { files, hosts } = this.#workspace.texts();
    return { topic, files, hosts, region: this.#region.region, asOf: this.#timeline.date };
  }

  #open(shared: Shared): void {
    this.#workspace.mode = shared.mode;
    this.#region.set(shared.region);
    this.#timeline.set(shared.asOf);
    const { isExample } = this.#workspace;
    const old = this.#workspace.replace(shared);
    this.#showMode();
    if (isExample) this.#notice.show("This text comes from a link.");
    else this.#notice.show("A link replaced the text of this tab.", () => this.#putBack(old));
  }

  #replace(act: () => Replaced, message: string): void {
    const old = act();
    this.#showMode();
    this.#notice.show(message, () => this.#putBack(old));
  }

  #putBack(old: Replaced): void {
    this.#workspace.put(old);
    this.#showMode();
  }

  #showMode(): void {
    this.#answer = null;
    // The underlines are gone, so an answer that is known is wanted again.
    this.#checks.forget();
    this.#timeline.forget();
    this.#editing.underline([], () => undefined);
    this.#editing.show();
    this.#drawMode();
    this.#changed();
  }

  #drawMode(): void {
    const { mode } = this.#workspace;
    for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=mode]")) radio.checked = radio.value === mode;
    byId("hint", HTMLElement).replaceChildren(...marked(DETAILS[mode].hint));
  }

  #edited(): void {
    this.#notice.hide();
    this.#changed();
  }

  #changed(): void {
    this.#links.changed();
    this.#checks.changed();
    this.#list.wait(!this.#checks.isCurrent);
    window.clearTimeout(this.#keeping);
    this.#keeping = window.setTimeout(() => this.keep(), KEEP_MS);
  }

  /** Keep the texts for a reload. */
  keep(): void {
    const isKept = keep(this.#workspace.kept(this.#region.region, this.#timeline.chosen));
    if (!isKept && this.#isKept) this.#notice.show("If you reload the page, this text is lost: the browser cannot keep that much.");
    this.#isKept = isKept;
  }

  #answered(topic: Topic, answer: Answer): void {
    if (answer.topic === "check") this.#show(answer);
    else if (answer.topic === "dates") this.#timeline.show(answer.dates);
    else if (answer.topic !== "error") this.#panels[answer.topic].show(answer);
    else this.#failed(topic, answer.message);
  }

  #show(answer: CheckAnswer): void {
    this.#answer = answer;
    this.#editing.underline(answer.findings, (fix) => this.fix(fix));
    const number = byId("number-check", HTMLElement);
    number.textContent = answer.findings.length ? String(answer.findings.length) : "";
    if (this.#workspace.folder.isEmpty()) this.#list.message("There is no text to check. Type, paste, or open a file.");
    else this.#list.show(answer);
    this.#status.sayNumbers(result(answer));
  }

  #failed(topic: Topic, message: string): void {
    const sentence = asSentence(message);
    if (topic === "dates") this.#timeline.message(sentence);
    else if (topic !== "check") this.#panels[topic].message(sentence);
    else {
      this.#answer = null;
      this.#editing.underline([], () => undefined);
      byId("number-check", HTMLElement).textContent = "";
      this.#list.message(sentence);
      this.#status.say(sentence);
    }
  }

  #fixAll(fixes: Fix[]): void {
    const { edits, taken } = together(fixes);
    const left = fixes.length - taken;
    const rest = left ? ` You can apply the others after the next check.` : "";
    this.#apply(edits, `${taken === 1 ? "1 fix was" : `${taken} fixes were`} applied.${rest}`);
  }

  #apply(edits: Fix["edits"], message: string): void {
    const docs: Doc[] | null = this.#checks.isCurrent ? this.#editing.apply(edits) : null;
    if (docs) this.#notice.show(message, () => this.#editing.undo(docs));
    else this.#notice.show("The text has changed. Wait for the next check, and try again.");
  }
}

