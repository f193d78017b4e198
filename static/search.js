// The search box: loaded when it is first opened. The index is Pagefind's.
const SHOWN_PAGES = 10;
const SHOWN_HEADINGS = 3;
const SHOWN_NAMES = 5;

const make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
  element.append(...children);
  return element;
};

// Of an excerpt only text and marks count, whatever a page says.
const excerpt = (html) => {
  const parsed = new DOMParser().parseFromString(html, "text/html").body;
  return [...parsed.childNodes].map((node) => (node.nodeName === "MARK" ? make("mark", {}, node.textContent) : node.textContent));
};

// Titles come without marks.
const marked = (title, query) => {
  const words = query.split(/\s+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!words.length) return [title];
  const parts = title.split(new RegExp(`(${words.join("|")})`, "giu"));
  return parts.map((part, at) => (at % 2 ? make("mark", {}, part) : part));
};

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").trim();

// The names of all pages and headings, made once: with each keystroke, nine thousand of them took
// 11 ms, and a phone is slower. `titles` is the list that stands beside the index: [address, title,
// first heading, [[id, heading], …]] for each page.
export function names(titles) {
  const all = [];
  const add = (url, title, page, text, weight) => all.push({ url, title, page, weight, name: plain(text) });
  titles.forEach(([url, title, first, headings]) => {
    add(url, title, title, title, 1);
    if (first) add(url, title, title, first, 1);
    headings.forEach(([id, text]) => add(`${url}#${encodeURIComponent(id)}`, text, title, text, 0));
  });
  return all;
}

// What is called as the reader asks: pages and headings, best first.
export function named(all, query, most) {
  const asked = plain(query);
  if (asked.length < 2) return [];
  const found = [];
  all.forEach(({ url, title, page, weight, name }) => {
    const at = name.indexOf(asked);
    if (at < 0) return;
    const fit = name === asked ? 4 : at === 0 ? 2 : ` ${name}`.includes(` ${asked}`) ? 1 : 0;
    found.push({ url, title, page, score: 2 * fit + weight - name.length / 1000 });
  });
  found.sort((a, b) => b.score - a.score || a.url.length - b.url.length);
  const seen = new Set();
  return found.filter(({ url }) => !seen.has(url) && seen.add(url)).slice(0, most);
}

// Pagefind shortens a word that it does not know until something begins like it: of a result that
// shares less than half of a word nobody sees why it is there. Scripts without spaces are cut into
// words otherwise.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
export function related(result, query) {
  if (UNSPACED.test(query)) return true;
  const shown = [result, ...result.sub_results].map((part) => part.excerpt).join(" ");
  const found = plain([...shown.matchAll(/<mark>(.*?)<\/mark>/gs)].map((match) => match[1]).join(" "));
  const starts = plain(query).split(" ").map((word) => word.slice(0, Math.ceil(word.length / 2)));
  return !found || starts.some((start) => found.includes(start));
}

function styles(href) {
  return new Promise((done) => {
    const link = make("link", { rel: "stylesheet", href });
    link.onload = done;
    link.onerror = done;
    document.head.append(link);
  });
}

export async function create(button) {
  const words = document.body.dataset;
  const bundle = button.dataset.index;
  const input = make("input", {
    type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "docgen-results", "aria-autocomplete": "list",
    "aria-label": words.search, placeholder: words.search, autocomplete: "off", spellcheck: "false", enterkeyhint: "go",
  });
  const close = make("button", { type: "button", class: "search-close" }, words.close);
  const status = make("p", { class: "search-status", role: "status" }, words.searchHint);
  const list = make("div", { id: "docgen-results", role: "listbox", "aria-label": words.results, class: "search-results" });
  const dialog = make("dialog", { class: "search", "aria-label": words.search }, make("div", { class: "search-head" }, input, close), status, list);
  const ready = styles(button.dataset.styles);
  document.body.append(dialog);

  let engine = null;
  let failed = false;
  const known = fetch(`${bundle}titles.json`).then((response) => (response.ok ? response.json() : [])).catch(() => []).then(names);
  const loaded = import(`${bundle}pagefind.js`).then(async (module) => {
    await module.options({ baseUrl: "/", excerptLength: 24 });
    await module.init();
    engine = module;
  }).catch((error) => {
    failed = true;
    console.error(error);
  });

  let active = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const mark = (at) => {
    const all = options();
    if (all[active]) all[active].setAttribute("aria-selected", "false");
    active = all.length ? (at + all.length) % all.length : -1;
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    all[active].setAttribute("aria-selected", "true");
    all[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[active].id);
  };

  const option = (id, url, kind, title, text, query) => {
    const link = make("a", { role: "option", id, href: url, class: kind, "aria-selected": "false", tabindex: "-1" });
    link.append(make("span", { class: "search-title" }, ...marked(title, query)));
    if (text) link.append(make("span", { class: "search-excerpt" }, ...excerpt(text)));
    return link;
  };

  const show = (called, results, total, query) => {
    const taken = new Set(called.map((one) => one.url));
    const first = called.map((one, at) => {
      const group = make("div", { role: "group", "aria-label": one.page });
      const link = option(`docgen-name-${at}`, one.url, "search-page", one.title, "", query);
      if (one.page !== one.title) link.append(make("span", { class: "search-excerpt" }, one.page));
      group.append(link);
      return group;
    });
    list.replaceChildren(...first, ...results.map((result, at) => {
      const title = result.meta.title || result.url;
      const other = (sub) => sub.url !== result.url && sub.title !== title && !taken.has(sub.url);
      const headings = result.sub_results.filter(other).slice(0, SHOWN_HEADINGS);
      const group = make("div", { role: "group", "aria-label": title });
      group.append(option(`docgen-result-${at}`, result.url, "search-page", title, headings.length ? "" : result.excerpt, query));
      headings.forEach((sub, number) => {
        group.append(option(`docgen-result-${at}-${number}`, sub.url, "search-heading", sub.title, sub.excerpt, query));
      });
      return group;
    }));
    input.setAttribute("aria-expanded", String(results.length + called.length > 0));
    status.textContent = total ? words.found.replace("%", total) : words.nothingFound.replace("%", query);
    active = -1;
    mark(0);
    list.scrollTop = 0;
  };

  let asked = 0;
  const search = async () => {
    const number = ++asked;
    const query = input.value.trim();
    if (!query) {
      list.replaceChildren();
      input.setAttribute("aria-expanded", "false");
      status.textContent = words.searchHint;
      return;
    }
    await loaded;
    if (failed) {
      status.textContent = words.searchFailed;
      return;
    }
    const found = await engine.debouncedSearch(query, {}, 80);
    if (found === null || number !== asked) return;
    const results = await Promise.all(found.results.slice(0, SHOWN_PAGES).map((result) => result.data()));
    const good = results.filter((result) => related(result, query));
    const total = found.results.length - results.length + good.length;
    const called = named(await known, query, SHOWN_NAMES);
    const taken = new Set(called.map((one) => one.url));
    const rest = good.filter((result) => !taken.has(result.url));
    if (number === asked) show(called, rest, Math.max(good.length && total, called.length), query);
  };

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      mark(active + steps[event.key]);
    } else if (event.key === "Enter" && options()[active]) {
      event.preventDefault();
      options()[active].click();
    }
  });
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
