// What the search box consists of.
import { make } from "../lib/dom.js";
import { words } from "../lib/words.js";

const MAGNIFIER =
  '<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/></svg>';

function magnifier() {
  const holder = make("span", { class: "search-icon" });
  holder.innerHTML = MAGNIFIER;
  return holder;
}

// What the keys do, for those who see; a screen reader says it of a list by itself.
function hints() {
  const keys = [
    [["↑", "↓"], words.key_choose],
    [["↵"], words.key_open],
    [["esc"], words.close],
  ];
  const hint = ([names, says]) => make("span", {}, ...names.map((key) => make("kbd", {}, key)), says);
  return make("p", { class: "search-keys", "aria-hidden": "true" }, ...keys.map(hint));
}

/** The elements of the box. */
export function parts() {
  const input = make("input", {
    type: "search",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "docgen-results",
    "aria-autocomplete": "list",
    "aria-label": words.search,
    placeholder: words.search,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "go",
  });
  const close = make("button", { type: "button", class: "search-close" }, words.close);
  const status = make("p", { class: "search-status", role: "status" }, words.search_hint);
  const filters = make("div", {
    class: "search-filters",
    role: "group",
    "aria-label": words.sections,
    hidden: "",
  });
  const forget = make("button", { type: "button", class: "search-forget", hidden: "" }, words.clear_searches);
  const list = make("div", {
    id: "docgen-results",
    role: "listbox",
    "aria-label": words.results,
    class: "search-results",
  });
  const head = make("div", { class: "search-head" }, magnifier(), input, close);
  const line = make("div", { class: "search-line" }, status, forget);
  const dialog = make(
    "dialog",
    { class: "search", "aria-label": words.search },
    head,
    filters,
    line,
    list,
    hints(),
  );
  return { input, close, status, filters, forget, list, dialog };
}
