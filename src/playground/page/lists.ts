// Colors for lists of names: comments only.

import { StreamLanguage } from "@codemirror/language";

export const lineComments = StreamLanguage.define<null>({
  name: "names",
  startState: () => null,
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.peek() === "#") {
      stream.skipToEnd();
      return "comment";
    }
    stream.match(/^[^\s#]+/);
    return null;
  },
  languageData: { commentTokens: { line: "#" } },
});
