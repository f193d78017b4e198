// Keys: to the previous and the next page, and a list of what keys do.
import { make, root } from "../lib/dom.js";
import { areKeysOn, isWriting, turnKeys } from "../lib/keys.js";
import { words } from "../lib/words.js";

// What uses the arrow keys itself.
const USES_ARROWS = "[role=tab], pre, [role=group], video, audio, summary";

export function shortcuts() {
  let box = null;
  const show = () => {
    box ??= help();
    box.showModal();
  };
  document.querySelector(".shortcuts-button")?.addEventListener("click", show);
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (event.defaultPrevented || command || isWriting(target) || !areKeysOn()) return;
    if (document.querySelector("dialog[open]") || root.classList.contains("menu-open")) return;
    if (key === "?") show();
    else if (key in pages() && !event.shiftKey && !target.closest?.(USES_ARROWS)) {
      const link = document.querySelector(`link[rel=${pages()[key]}]`);
      if (link) location.assign(link.href);
    } else return;
    event.preventDefault();
  });
}

// Which page an arrow leads to.
function pages() {
  return root.dir === "rtl"
    ? { ArrowRight: "prev", ArrowLeft: "next" }
    : { ArrowLeft: "prev", ArrowRight: "next" };
}

function help() {
  const [back, forth] = root.dir === "rtl" ? ["→", "←"] : ["←", "→"];
  const keys = [
    [words.previous, back],
    [words.next, forth],
    [words.shortcuts, "?"],
  ];
  if (document.querySelector(".search-button")) keys.unshift([words.search, "/"]);
  const rows = keys.map(([word, key]) =>
    make("div", {}, make("dt", {}, word), make("dd", {}, make("kbd", {}, key))),
  );
  const on = make("input", { type: "checkbox" });
  on.checked = areKeysOn();
  on.addEventListener("change", () => turnKeys(on.checked));
  const box = make(
    "dialog",
    { class: "shortcuts", "aria-labelledby": "docgen-shortcuts" },
    make("h2", { id: "docgen-shortcuts" }, words.shortcuts),
    make("dl", {}, ...rows),
    make("label", {}, on, words.use_shortcuts),
    make("form", { method: "dialog" }, make("button", {}, words.close)),
  );
  box.addEventListener("click", ({ target }) => target === box && box.close());
  document.body.append(box);
  return box;
}
