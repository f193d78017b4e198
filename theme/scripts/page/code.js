// Blocks of code: copying, hidden lines, and long blocks that fold.
import { copy } from "../lib/clipboard.js";
import { all, make } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { commands, isSession } from "./session.js";

// So long a button says that it has copied.
const SAID_FOR_MS = 2000;

// The text of a block without the lines marked as deleted, without the signs of a difference, and
// without what is hidden. A patch is copied as it is.
function codeText(code) {
  if (code.closest(".patch")) return code.textContent;
  const text = code.cloneNode(true);
  const hidden = code.closest(".with-hidden") ? ".line-mark, .sign" : ".line-mark, .sign, .hidden-line";
  for (const part of all(hidden, text)) part.remove();
  for (const line of all(".line.del", text)) {
    const next = line.nextSibling;
    // The line break stands in the line or behind it.
    if (!line.textContent.endsWith("\n") && next?.nodeType === Node.TEXT_NODE) {
      next.data = next.data.replace(/^\n/, "");
    }
    line.remove();
  }
  return text.textContent;
}

export function copyButtons() {
  const status = make("div", { role: "status", class: "visually-hidden" });
  document.querySelector("main").append(status);
  for (const figure of all("figure.code")) {
    const code = figure.querySelector("pre code");
    if (code) figure.append(copyButton(figure, code, status));
  }
}

function copyButton(figure, code, status) {
  const button = make("button", {
    type: "button",
    class: "copy",
    // A name that its tooltip says again would be read twice.
    title: words.copy,
  });
  let timer;
  button.addEventListener("click", async () => {
    const text = codeText(code);
    try {
      await copy(isSession(figure.dataset.lang) ? commands(text) : text);
    } catch {
      // Not allowed to copy: select, so that the reader's own keys do it.
      getSelection().selectAllChildren(code);
      return;
    }
    button.classList.add("done");
    status.textContent = words.copied;
    clearTimeout(timer);
    timer = setTimeout(() => {
      button.classList.remove("done");
      status.textContent = "";
    }, SAID_FOR_MS);
  });
  return button;
}

/** Hidden lines are shown when asked for. */
export function hiddenLines() {
  for (const figure of all("figure.code")) {
    if (!figure.querySelector(".hidden-line")) continue;
    const button = make("button", {
      type: "button",
      class: "copy show-hidden",
      "aria-pressed": "false",
      title: words.show_hidden,
    });
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(figure.classList.toggle("with-hidden")));
    });
    figure.append(button);
  }
}

export function foldLongBlocks() {
  for (const figure of all("figure.code.expandable")) {
    const attributes = { type: "button", class: "expand", "aria-expanded": "false" };
    const button = make("button", attributes, words.more_lines);
    button.addEventListener("click", () => {
      const open = figure.classList.toggle("expanded");
      button.textContent = open ? words.less_lines : words.more_lines;
      button.setAttribute("aria-expanded", String(open));
      if (!open) figure.scrollIntoView({ block: "nearest" });
    });
    figure.append(button);
  }
}
