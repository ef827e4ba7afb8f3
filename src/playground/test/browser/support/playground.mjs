// What a person does on the page of the playground, and sees there.

export class Playground {
  #visitor;
  page;

  constructor(visitor, page = visitor.page) {
    this.#visitor = visitor;
    this.page = page;
  }

  async open(fragment = "") {
    await this.page.goto(this.#visitor.server.address(`playground/${fragment}`));
    return this;
  }

  /** Open the page, and wait for the first findings. */
  async started(fragment = "") {
    await this.open(fragment);
    await this.answered();
    return this;
  }

  async answered() {
    await this.page.locator("#panel-check .numbers").waitFor();
    await this.state("ready");
  }

  async state(name) {
    await this.page.locator(`#status[data-state=${name}]`).waitFor();
  }

  /** The list of findings says this: "2 errors, 1 note". */
  async says(numbers) {
    await this.page.locator("#panel-check .numbers").filter({ hasText: numbers }).waitFor();
  }

  async mode(name) {
    await this.page.locator(`.modes label:has(input[value=${name}])`).click();
  }

  async tab(name) {
    await this.page.locator(`#tab-${name}`).click();
    await this.page.locator(`#panel-${name}`).waitFor();
  }

  get editor() {
    return this.page.locator("#editor .cm-content");
  }

  get hosts() {
    return this.page.locator("#hosts .cm-content");
  }

  /** Replace a text as a person does: select all of it, and type or paste. */
  async type(text, editor = this.editor) {
    await editor.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.press("Delete");
    // Without the automatic indentation of the editor.
    await this.page.keyboard.insertText(text);
  }

  async text(editor = this.editor) {
    const lines = await editor.locator(".cm-line").allTextContents();
    return lines.join("\n");
  }

  finding(rule) {
    return this.page.locator("#panel-check .finding").filter({ hasText: rule });
  }

  get underlined() {
    return this.page.locator("#editor .cm-lintRange-error, #editor .cm-lintRange-warning, #editor .cm-lintRange-info");
  }

  get notice() {
    return this.page.locator("#notice");
  }
}

/** A fragment with texts, in its plain form. */
export function link(shared) {
  const all = { mode: "cloudformation", files: [], hosts: "", region: "", asOf: "", ...shared };
  return `#1.${Buffer.from(JSON.stringify(all)).toString("base64url")}`;
}
