// The search box. The index is Pagefind's.
import { all, make } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { load } from "./engine.js";
import { foundGroup, namedGroup } from "./results.js";

// A word with a value in the place of its %.
const fill = (word, value) => word.replace("%", () => value);

function loadStyles(href) {
  return new Promise((done) => {
    const link = make("link", { rel: "stylesheet", href });
    link.onload = done;
    link.onerror = done;
    document.head.append(link);
  });
}

function parts() {
  const input = make("input", {
    type: "search",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "docgen-results",
    "aria-autocomplete": "list",
    "aria-label": words.search,
    placeholder: words.search,
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "go",
  });
  const close = make("button", { type: "button", class: "search-close" }, words.close);
  const status = make("p", { class: "search-status", role: "status" }, words.search_hint);
  const list = make("div", {
    id: "docgen-results",
    role: "listbox",
    "aria-label": words.results,
    class: "search-results",
  });
  const head = make("div", { class: "search-head" }, input, close);
  const dialog = make("dialog", { class: "search", "aria-label": words.search }, head, status, list);
  return { input, close, status, list, dialog };
}

// The option that Enter follows.
function selection(input, list) {
  const options = () => all("[role=option]", list);
  let active = -1;
  const select = (at) => {
    const every = options();
    every[active]?.setAttribute("aria-selected", "false");
    active = every.length ? (at + every.length) % every.length : -1;
    if (active < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    every[active].setAttribute("aria-selected", "true");
    every[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", every[active].id);
  };
  return {
    selectFirst() {
      active = -1;
      select(0);
    },
    move: (step) => select(active + step),
    current: () => options()[active],
  };
}

function searching({ input, status, list }, chosen, ask) {
  const clear = () => {
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    status.textContent = words.search_hint;
  };
  const show = ({ called, results, taken, total }, query) => {
    const first = called.map((one, at) => namedGroup(one, at, query));
    const rest = results.map((result, at) => foundGroup(result, at, query, taken));
    list.replaceChildren(...first, ...rest);
    input.setAttribute("aria-expanded", String(first.length + rest.length > 0));
    status.textContent = total ? fill(words.found, total) : fill(words.nothing_found, query);
    chosen.selectFirst();
    list.scrollTop = 0;
  };
  let asked = 0;
  return async () => {
    asked += 1;
    const number = asked;
    const query = input.value.trim();
    if (!query) {
      clear();
      return;
    }
    try {
      const answer = await ask(query);
      if (answer && number === asked) show(answer, query);
    } catch {
      status.textContent = words.search_failed;
    }
  };
}

function onKey(event, chosen) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    chosen.move(step);
  } else if (event.key === "Enter" && chosen.current()) {
    event.preventDefault();
    chosen.current().click();
  }
}

/** Makes the box that belongs to a button; what comes back opens it. */
export async function create(button) {
  const box = parts();
  const { input, close, list, dialog } = box;
  const ready = loadStyles(button.dataset.styles);
  document.body.append(dialog);

  const chosen = selection(input, list);
  input.addEventListener("input", searching(box, chosen, load(button.dataset.index)));
  input.addEventListener("keydown", (event) => onKey(event, chosen));
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && !event.metaKey && !event.ctrlKey) dialog.close();
  });
  close.addEventListener("click", () => dialog.close());
  // What lies outside of the box is the dialog itself.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  await ready;
  return () => {
    if (!dialog.open) dialog.showModal();
    input.focus();
    input.select();
  };
}
