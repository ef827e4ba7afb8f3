'use strict';

// The resource at a position of a JSON template, as in src/acmrules/guards/cdk/places.py.

const fs = require('node:fs');

const TOKEN = /[ \t\r\n]+|"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gsu;

/** The values of templates by line and column; each template is parsed once. */
class Places {
  constructor() {
    this._templates = new Map();
  }

  /**
   * Returns the logical ID of the resource at a position, and the path in the resource.
   *
   * Without a resource, the logical ID is empty, and the path is that in the template. Lines and
   * columns start at 1; columns count code points.
   */
  resource(file, line, column) {
    const pointer = this.pointer(file, line, column);
    if (pointer[0] === 'Resources' && pointer.length > 1) {
      return [pointer[1], pointer.slice(2).join('.')];
    }
    return ['', pointer.join('.')];
  }

  /** Returns the pointer to the last value that begins at or before a position. */
  pointer(file, line, column) {
    if (!this._templates.has(file)) this._templates.set(file, parsed(file));
    const { lines, starts } = this._templates.get(file);
    if (line < 1 || line > lines.length) return [];
    const { start, text } = lines[line - 1];
    const offset = start + [...text].slice(0, column - 1).join('').length;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle].offset <= offset) low = middle + 1;
      else high = middle;
    }
    return low ? pointerOf(starts[low - 1]) : [];
  }
}

function pointerOf(value) {
  const steps = [];
  for (let each = value; each.above; each = each.above) steps.unshift(each.step);
  return steps;
}

function parsed(file) {
  let text;
  try {
    text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/u, '');
    JSON.parse(text);
  } catch {
    return { lines: [], starts: [] };
  }
  const lines = [];
  let start = 0;
  for (const each of text.split('\n')) {
    lines.push({ start, text: each });
    start += each.length + 1;
  }
  return { lines, starts: valuesOf(text) };
}

/** Returns the values of a text in their order, each with its offset, or that of its key. */
function valuesOf(text) {
  const starts = [];
  const open = [];
  let value = { above: undefined, step: undefined };
  let expectsKey = false;
  let hasKey = false;
  const begin = (offset) => {
    const top = open.at(-1);
    if (top === undefined) value.offset = offset;
    else if (top.isList) value = { above: top.value, step: top.count++, offset };
    if (!hasKey) starts.push(value);
    hasKey = false;
  };
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (/^\s/u.test(token) || token === ':') continue;
    if (token === '{' || token === '[') {
      begin(index);
      open.push({ value, isList: token === '[', count: 0 });
      expectsKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      expectsKey = false;
    } else if (token === ',') {
      expectsKey = !open.at(-1).isList;
    } else if (expectsKey) {
      // The offset of a string is that of its first character, without the quote.
      value = { above: open.at(-1).value, step: JSON.parse(token), offset: index + 1 };
      starts.push(value);
      expectsKey = false;
      hasKey = true;
    } else {
      begin(token.startsWith('"') ? index + 1 : index);
    }
  }
  return starts;
}

module.exports = { Places };
