// What style sheets cannot mend in the theme, for people who use keys, or need contrast.

/** Let keys scroll a wide table. */
const scrolling = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

/** The paths of results are paler than text may be, in a tree that the style of the site does not reach. */
const paths = new CSSStyleSheet();
paths.replaceSync('[role="option"] [id$="-path"] { color: rgb(var(--color-foreground) / 0.65) }');

const mended = new WeakSet();

function mend() {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap"))
    if (!mended.has(box)) {
      mended.add(box);
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "Table");
      scrolling.observe(box);
    }
  for (const { shadowRoot: tree } of document.querySelectorAll("body > div"))
    if (tree && !mended.has(tree)) {
      mended.add(tree);
      tree.adoptedStyleSheets.push(paths);
    }
}

// The theme wraps tables and adds the search after the page has loaded.
new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
mend();
