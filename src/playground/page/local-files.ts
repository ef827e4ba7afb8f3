// Files of the reader's computer, opened or dropped. The browser reads them; nothing is sent.

import type { File as Text } from "../protocol";
import { count } from "./dom";
import { lines, MOST_FILES, MOST_TEXT, type Mode, nameFault } from "./state";

export interface Opened {
  files: Text[];
  /** Why other files were not read, as sentences. */
  faults: string[];
}

/** Read files as UTF-8 text. */
export async function readFiles(files: readonly File[]): Promise<Opened> {
  const opened: Opened = { files: [], faults: [] };
  if (files.length > MOST_FILES) opened.faults.push(`This page reads at most ${count(MOST_FILES, "file")}; the others were left out.`);
  for (const file of files.slice(0, MOST_FILES)) {
    const text = await readText(file).catch(() => null);
    if (text === null || text.fault) opened.faults.push(`\`${file.name}\` ${text?.fault ?? "cannot be read."}`);
    else if (opened.files.some((each) => each.name === file.name)) opened.faults.push(`Another file named \`${file.name}\` was left out.`);
    else opened.files.push({ name: file.name, text: text.text });
  }
  return opened;
}

async function readText(file: File): Promise<{ text: string; fault: string }> {
  const failed = (fault: string) => ({ text: "", fault });
  if (nameFault(file.name)) return failed("has a name that this page does not accept.");
  if (file.size > MOST_TEXT) return failed("is larger than 1 MiB, the limit of this page. Use the command for it.");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  // A certificate in DER begins like the digit 0, and then has what no text has there.
  if (start.includes("-----BEGIN") || /^0[\x81-\x84]/.test(start))
    return failed("is a certificate, a signing request or a key. This page does not read them: use the command.");
  try {
    return { text: lines(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), fault: "" };
  } catch {
    return failed("is not UTF-8 text.");
  }
}

/** The mode of files, by the name and the content of the first that shows it. */
export function modeOf(files: readonly Text[], current: Mode): Mode {
  for (const { name, text } of files) {
    if (/\.(?:tf|tofu|tfvars)(?:\.json)?$/i.test(name)) return "terraform";
    if (/\.txt$/i.test(name)) return "names";
    if (/"(?:CertificateArn|CertificateSummaryList)"/.test(text) && /\.json$/i.test(name) && !/"Resources"/.test(text)) return "certificates";
    if (/^apiVersion:/m.test(text)) return "kubernetes";
    // `\s` would match line breaks too, and take time with the square of empty lines.
    if (/^[ \t]*"?(?:AWSTemplateFormatVersion|Resources)"?\s*:/m.test(text)) return "cloudformation";
    if (/"DomainName"\s*:/.test(text) && /\.json$/i.test(name)) return "api";
  }
  return current;
}

/** Accept files that are dropped anywhere on the page, and show where they would go. */
export function acceptDrops(area: HTMLElement, open: (files: File[]) => void): void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  let inside = 0;
  const over = (change: number) => {
    inside = Math.max(0, inside + change);
    area.toggleAttribute("data-drop", inside > 0);
  };
  window.addEventListener("dragenter", (event) => hasFiles(event) && over(1));
  window.addEventListener("dragleave", (event) => hasFiles(event) && over(-1));
  window.addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    // Before the editor, which would insert the text at the cursor.
    event.preventDefault();
    event.stopPropagation();
    over(-inside);
    open([...(event.dataTransfer?.files ?? [])]);
  };
  window.addEventListener("drop", drop, { capture: true });
}
