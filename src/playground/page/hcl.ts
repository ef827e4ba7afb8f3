// Colors for Terraform: enough of HCL to tell comments, strings, keywords and names apart.

import { StreamLanguage, type StringStream } from "@codemirror/language";

interface Place {
  /** The word that ends a heredoc, if the place is in one. */
  heredoc: string;
  comment: boolean;
}

const KEYWORDS = /^(?:data|else|endfor|endif|for|if|import|in|locals|module|moved|output|provider|removed|resource|terraform|variable)$/;
const ATOMS = /^(?:true|false|null)$/;

function inHeredoc(stream: StringStream, place: Place): string {
  const line = stream.string.trim();
  stream.skipToEnd();
  if (line === place.heredoc) place.heredoc = "";
  return "string";
}

function inComment(stream: StringStream, place: Place): string {
  if (stream.skipTo("*/")) {
    stream.match("*/");
    place.comment = false;
  } else stream.skipToEnd();
  return "comment";
}

function word(stream: StringStream): string | null {
  const text = stream.current();
  if (ATOMS.test(text)) return "atom";
  if (stream.match(/^\s*=(?![=>])/, false)) return "propertyName";
  if (KEYWORDS.test(text)) return "keyword";
  return stream.match(/^\s*(?:"[^"]*"\s*)*\{/, false) ? "typeName" : "variableName";
}

function token(stream: StringStream, place: Place): string | null {
  if (place.heredoc) return inHeredoc(stream, place);
  if (place.comment) return inComment(stream, place);
  if (stream.eatSpace()) return null;
  if (stream.match(/^(?:#|\/\/)/)) {
    stream.skipToEnd();
    return "comment";
  }
  if (stream.match("/*")) {
    place.comment = true;
    return inComment(stream, place);
  }
  const heredoc = stream.match(/^<<[-~]?([A-Za-z_][\w-]*)/);
  if (heredoc instanceof Array) {
    place.heredoc = heredoc[1] ?? "";
    return "string";
  }
  if (stream.match(/^"(?:[^"\\]|\\.)*"?/)) return "string";
  if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
  if (stream.match(/^[A-Za-z_][\w-]*/)) return word(stream);
  if (stream.match(/^[-+*/%=<>!&|?:]+/)) return "operator";
  stream.next();
  return "punctuation";
}

export const hcl = StreamLanguage.define<Place>({
  name: "hcl",
  startState: () => ({ heredoc: "", comment: false }),
  copyState: (place) => ({ ...place }),
  token,
  languageData: { commentTokens: { line: "#", block: { open: "/*", close: "*/" } }, indentOnInput: /^\s*[}\])]$/ },
});
