// The search box: a field, and a list of what answers.
import { all, make } from "../lib/dom.js";
import { words } from "../lib/words.js";
import { leave, styles } from "./arrival.js";
import { open } from "./engine.js";
import { shown } from "./excerpts.js";
import { filters } from "./filters.js";
import { parts } from "./parts.js";
import { clear, keep, recent } from "./recent.js";
import { asked, group, starting } from "./results.js";

const SHOWN_PAGES = 10;

// A word with a value in the place of its %.
const fill = (word, value) => word.replace("%", () => value);

// The option that Enter follows.
function selection(input, list) {
  const options = () => all("[role=option]", list);
  const active = () => options().findIndex((each) => each.id === input.getAttribute("aria-activedescendant"));
  const select = (at) => {
    const every = options();
    every[active()]?.setAttribute("aria-selected", "false");
    const next = every.length ? every[(at + every.length) % every.length] : null;
    if (!next) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    next.setAttribute("aria-selected", "true");
    next.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", next.id);
  };
  return {
    select,
    none() {
      options()[active()]?.setAttribute("aria-selected", "false");
      input.removeAttribute("aria-activedescendant");
    },
    // From none, the first arrow leads to the first or to the last.
    move: (step) => select(active() < 0 && step < 0 ? -1 : active() + step),
    current: () => options()[active()],
  };
}

/** Shows the answers of the engine, and before anything is asked where to begin. */
class Answers {
  constructor(box, chosen, engine) {
    Object.assign(this, { ...box, chosen, engine });
    this.hits = [];
    this.only = null;
    this.number = 0;
  }

  fill(...options) {
    this.list.replaceChildren(...options);
    this.list.scrollTop = 0;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.forget.hidden = true;
  }

  // Before anything is asked: what was asked before, and pages to start with, which are those of the part
  // of the site that is asked for.
  async idle() {
    const { tabs, start, pages } = await this.engine.site;
    if (this.input.value.trim()) return;
    this.hits = [];
    const before = recent();
    const first = this.only ? pages.filter(this.only).slice(0, SHOWN_PAGES) : start.map((at) => pages[at]);
    this.fill(...before.map(asked), ...first.map((page, at) => starting(page, at, tabs)));
    this.chosen.none();
    this.forget.hidden = !before.length;
    this.status.textContent = words.search_hint;
  }

  async ask() {
    this.number += 1;
    const number = this.number;
    const query = this.input.value.trim();
    try {
      if (!query) {
        await this.idle();
        return;
      }
      const answer = await this.engine.ask(query, this.only ?? undefined);
      if (answer && number === this.number) await this.show(answer, query);
    } catch {
      this.status.textContent = words.search_failed;
    }
  }

  async show({ hits, instead, terms, texts }, query) {
    const { tabs } = await this.engine.site;
    this.hits = hits.slice(0, SHOWN_PAGES);
    this.terms = terms;
    // The texts of the others are loaded when the reader goes on to them: each is a request.
    this.texts = texts;
    this.fill(...this.hits.map((hit, at) => group(hit, at, { tabs, terms })));
    const found = fill(words.found, hits.length);
    if (!hits.length) {
      const tip = make("span", { class: "search-tip" }, words.search_tip);
      this.status.replaceChildren(fill(words.nothing_found, query), " ", tip);
    } else this.status.textContent = instead ? `${fill(words.searched_instead, instead)} ${found}` : found;
    this.chosen.select(0);
    await this.complete(0, texts);
  }

  // Loads what the pages in the list say, and shows it.
  async complete(from, to) {
    const { tabs } = await this.engine.site;
    const hits = this.hits;
    const terms = this.terms;
    await Promise.all(
      hits.slice(from, to).map(async (hit, by) => {
        const own = terms.map((term) => ({ weight: term.weight, result: term.pages.get(hit.page)?.result }));
        const found = own.filter(({ result }) => result);
        if (hit.done || !found.length) return;
        hit.done = true;
        const fragment = await found[0].result.data();
        if (hits !== this.hits) return;
        const places = found.map(({ weight, result }) => ({ weight, locations: result.words }));
        const chosen = this.chosen.current()?.id;
        const at = from + by;
        this.list.children[at]?.replaceWith(group(hit, at, { tabs, terms, shown: shown(fragment, places) }));
        const again = all("[role=option]", this.list).findIndex(({ id }) => id === chosen);
        if (again >= 0) this.chosen.select(again);
      }),
    );
  }

  rest() {
    if (this.hits.length > this.texts) this.complete(this.texts, SHOWN_PAGES).catch(console.error);
  }

  // Follows an option: a query is asked again, and a page gets the words that were found.
  follow(event, option) {
    if (option.dataset.query) {
      event.preventDefault();
      this.input.value = option.dataset.query;
      this.input.focus();
      this.ask();
      return;
    }
    if (this.hits.length) {
      keep(this.input.value.trim());
      leave(
        option.href,
        this.terms.flatMap((term) => term.words),
      );
    }
    if (!event.metaKey && !event.ctrlKey) this.dialog.close();
  }
}

function onKey(event, answers, chosen) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    chosen.move(step);
    answers.rest();
  } else if (event.key === "Enter" && chosen.current()) {
    event.preventDefault();
    chosen.current().click();
  }
}

/** Makes the box that belongs to a button; what comes back opens it, with a query if there is one. */
export async function create(button, begun) {
  const box = parts();
  const { input, close, list, dialog } = box;
  const ready = styles(button.dataset.styles);
  document.body.append(dialog);

  const chosen = selection(input, list);
  const engine = open(button.dataset.index, document.documentElement.lang, begun);
  const answers = new Answers(box, chosen, engine);
  engine.site.then(
    (site) => {
      filters(box.filters, site, (only) => {
        answers.only = only;
        input.focus();
        answers.ask();
      });
    },
    () => {},
  );
  input.addEventListener("input", () => answers.ask());
  input.addEventListener("keydown", (event) => onKey(event, answers, chosen));
  list.addEventListener("click", (event) => {
    const option = event.target.closest("a");
    if (option) answers.follow(event, option);
  });
  for (const kind of ["wheel", "touchmove"]) {
    list.addEventListener(kind, () => answers.rest(), { passive: true });
  }
  box.forget.addEventListener("click", () => {
    clear();
    answers.ask();
    input.focus();
  });
  close.addEventListener("click", () => dialog.close());
  // What lies outside of the box is the dialog itself.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  await ready;
  return (query) => {
    if (!dialog.open) dialog.showModal();
    if (query) input.value = query;
    input.focus();
    input.select();
    answers.ask();
  };
}
