// Tabs: those of one title switch together, on all pages.
import { all, make } from "../lib/dom.js";
import { recall, remember } from "../lib/storage.js";
import { words } from "../lib/words.js";

// So many choices are remembered.
const REMEMBERED = 20;
// Whether the browser's own search finds what stands in a panel that is not shown.
const findable = "onbeforematch" in document.body;
// The panels of each group.
const panelsOf = new WeakMap();

let serial = 0;

export function tabs() {
  all(".tabs").forEach(build);
  // The oldest choice first, so that the latest wins.
  for (const title of remembered()) selectTitled(title);
}

function build(group) {
  const panels = [...group.children].filter((child) => child.classList.contains("tab"));
  if (!panels.length) return;
  const buttons = panels.map((panel) => tabButton(panel));
  const list = make("div", { role: "tablist", class: "tablist", "aria-label": words.variants }, ...buttons);
  list.addEventListener("keydown", (event) => moveByKey(event, group, buttons));
  group.prepend(list);
  panelsOf.set(group, panels);
  select(group, panels[0]);
  group.classList.add("ready");
}

function tabButton(panel) {
  serial += 1;
  panel.id ||= `docgen-tab-${serial}`;
  const id = `docgen-tab-button-${serial}`;
  const attributes = { type: "button", role: "tab", class: "tab-button", id, "aria-controls": panel.id };
  const button = make("button", attributes, ...titleOf(panel));
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", id);
  button.addEventListener("click", () => choose(panel));
  // The browser's own search opens the panel that holds the match.
  panel.addEventListener("beforematch", () => show(panel));
  return button;
}

// The title of a panel as it is written, without links: a button holds none.
function titleOf(panel) {
  const title = panel.querySelector(":scope > .tab-title")?.cloneNode(true);
  if (!title) return [];
  for (const link of all("a", title)) link.replaceWith(...link.childNodes);
  return [...(title.querySelector("p") ?? title).childNodes];
}

function moveByKey(event, group, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const rightToLeft = getComputedStyle(group).direction === "rtl";
  const [forward, backward] = rightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
  const to = {
    Home: 0,
    End: buttons.length - 1,
    [forward]: (at + 1) % buttons.length,
    [backward]: (at + buttons.length - 1) % buttons.length,
  }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  buttons[to].focus();
  buttons[to].click();
}

function remembered() {
  try {
    return JSON.parse(recall("tabs") || "[]").filter((title) => typeof title === "string");
  } catch {
    return [];
  }
}

function select(group, panel) {
  for (const each of panelsOf.get(group)) {
    const chosen = each === panel;
    const button = document.getElementById(each.getAttribute("aria-labelledby"));
    button.setAttribute("aria-selected", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
    if (chosen) {
      each.removeAttribute("hidden");
      each.removeAttribute("aria-hidden");
      // A panel that does not begin with something focusable is reached by Tab itself.
      if (!group.classList.contains("code-group")) each.tabIndex = 0;
    } else {
      each.setAttribute("hidden", findable ? "until-found" : "");
      // What can be found is still there, as an empty panel.
      each.setAttribute("aria-hidden", "true");
      each.removeAttribute("tabindex");
    }
  }
}

function selectTitled(title, except) {
  for (const group of all(".tabs.ready")) {
    if (group === except) continue;
    const panel = panelsOf.get(group).find((each) => each.dataset.title === title);
    if (panel) select(group, panel);
  }
}

/** Shows a panel in its own group. */
export function show(panel) {
  select(panel.parentNode, panel);
}

// Shows a panel and all others of its title, and remembers the choice; the tab under the pointer
// stays where it is on the screen.
function choose(panel) {
  const group = panel.parentNode;
  const { title } = panel.dataset;
  const before = group.getBoundingClientRect().top;
  show(panel);
  selectTitled(title, group);
  const titles = [...remembered().filter((each) => each !== title), title];
  remember("tabs", JSON.stringify(titles.slice(-REMEMBERED)));
  scrollBy({ top: group.getBoundingClientRect().top - before, behavior: "instant" });
}
