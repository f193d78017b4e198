// What the pages gain by a script. Each part stands alone, and each page reads well without any.
(function () {
  "use strict";

  var root = document.documentElement;
  var words = document.body.dataset;
  var all = function (selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  };
  var make = function (name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text) element.textContent = text;
    return element;
  };
  // Storage may be forbidden or full; nothing here depends on it.
  var memory = {
    get: function (key) { try { return localStorage.getItem("docgen-" + key); } catch (e) { return null; } },
    set: function (key, value) { try { localStorage.setItem("docgen-" + key, value); } catch (e) { /* as above */ } },
    forget: function (key) { try { localStorage.removeItem("docgen-" + key); } catch (e) { /* as above */ } }
  };

  // ---- Theme: the choice is remembered only while it differs from the system's ----
  function themeSwitch() {
    var button = document.querySelector(".theme-switch");
    var system = matchMedia("(prefers-color-scheme: dark)");
    // A picture with a source for each theme asks the system alone.
    var sources = all("picture source[media*='prefers-color-scheme']").map(function (source) {
      return { source: source, media: source.media, theme: /:\s*dark/.test(source.media) ? "dark" : "light" };
    });
    var pictures = function () {
      sources.forEach(function (each) {
        var chosen = root.dataset.theme;
        each.source.media = !chosen ? each.media : chosen === each.theme ? "all" : "not all";
      });
    };
    pictures();
    if (!button) return;
    var current = function () { return root.dataset.theme || (system.matches ? "dark" : "light"); };
    var label = function () {
      button.setAttribute("aria-label", current() === "dark" ? words.light : words.dark);
    };
    button.addEventListener("click", function () {
      var next = current() === "dark" ? "light" : "dark";
      if (next === (system.matches ? "dark" : "light")) {
        delete root.dataset.theme;
        memory.forget("theme");
      } else {
        root.dataset.theme = next;
        memory.set("theme", next);
      }
      pictures();
      label();
    });
    system.addEventListener("change", label);
    label();
  }

  // ---- The sidebar as a sheet on small screens ----
  function menu() {
    var button = document.querySelector(".menu-button");
    var sidebar = document.getElementById("docgen-sidebar");
    if (!button || !sidebar) return;
    var rest = all(".site-header, .site-tabs, .main, .site-footer, .skip-link");
    var set = function (open) {
      root.classList.toggle("menu-open", open);
      button.setAttribute("aria-expanded", String(open));
      rest.forEach(function (element) { element.inert = open; });
      if (open) sidebar.focus({ preventScroll: true });
    };
    var close = function () {
      if (!root.classList.contains("menu-open")) return;
      set(false);
      button.focus();
    };
    button.addEventListener("click", function () { set(true); });
    all(".sidebar-close, .backdrop").forEach(function (element) {
      element.addEventListener("click", function (event) { event.preventDefault(); close(); });
    });
    addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
    matchMedia("(min-width: 60em)").addEventListener("change", function () { set(false); });
    // A page restored from the browser's cache must not come back behind its menu.
    addEventListener("pageshow", function () { set(false); });

    var here = sidebar.querySelector("ul.nav [aria-current], .nav-section [aria-current]");
    if (here) {
      var box = here.getBoundingClientRect();
      var frame = sidebar.getBoundingClientRect();
      if (box.bottom > frame.bottom - 40) sidebar.scrollTop += box.top - frame.top - frame.height / 3;
    }
    var tab = document.querySelector(".site-tabs [aria-current]");
    if (tab) {
      var row = tab.closest("ul");
      row.scrollLeft += tab.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
    }
  }

  function dropdowns() {
    var open = function () { return all("details.dropdown[open]"); };
    addEventListener("click", function (event) {
      open().forEach(function (each) { if (!each.contains(event.target)) each.open = false; });
    });
    addEventListener("keydown", function (event) {
      if (event.key !== "Escape") return;
      open().forEach(function (each) {
        each.open = false;
        each.querySelector("summary").focus();
      });
    });
  }

  // ---- On this page: folds on small screens, follows the reading on wide ones ----
  function toc() {
    var nav = document.querySelector(".toc");
    if (!nav) return;
    var toggle = nav.querySelector(".toc-toggle");
    var set = function (open) {
      nav.classList.toggle("open", open);
      toggle.setAttribute("aria-expanded", String(open));
    };
    toggle.addEventListener("click", function () { set(!nav.classList.contains("open")); });
    nav.addEventListener("click", function (event) { if (event.target.closest("a")) set(false); });

    var entries = all("a", nav).map(function (link) {
      return { link: link, heading: document.getElementById(fragment(link.hash)) };
    }).filter(function (entry) { return entry.heading; });
    if (!entries.length || !window.IntersectionObserver) return;
    var marked = null;
    var follow = function () {
      var line = innerHeight * 0.3;
      var shown = entries.filter(function (entry) { return entry.heading.offsetParent; });
      var passed = shown.filter(function (entry) { return entry.heading.getBoundingClientRect().top < line; });
      var now = passed[passed.length - 1];
      if (innerHeight + scrollY >= root.scrollHeight - 4 && scrollY > 0) now = shown[shown.length - 1];
      if (now === marked) return;
      if (marked) marked.link.removeAttribute("aria-current");
      marked = now;
      if (!now) return;
      now.link.setAttribute("aria-current", "true");
      var box = now.link.getBoundingClientRect();
      var frame = nav.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) nav.scrollTop += box.top - frame.top - frame.height / 3;
    };
    // All that lies above the line counts as seen: a jump past several headings is noticed, too.
    var observer = new IntersectionObserver(follow, { rootMargin: "1000000px 0px -70% 0px" });
    entries.forEach(function (entry) { observer.observe(entry.heading); });
    var end = document.querySelector(".site-footer");
    if (end) new IntersectionObserver(follow, { threshold: [0, 0.5, 1] }).observe(end);
  }

  // ---- Tabs ----
  var findable = "onbeforematch" in document.body;
  var serial = 0;

  function tabs() {
    all(".tabs").forEach(function (group) {
      var panels = Array.prototype.filter.call(group.children, function (child) {
        return child.classList.contains("tab");
      });
      if (!panels.length) return;
      var list = make("div", { role: "tablist", "class": "tablist", "aria-label": words.tabs });
      var buttons = panels.map(function (panel) {
        serial += 1;
        if (!panel.id) panel.id = "docgen-tab-" + serial;
        var button = make("button", {
          type: "button", role: "tab", "class": "tab-button", id: "docgen-tab-button-" + serial,
          "aria-controls": panel.id
        }, panel.dataset.title);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", button.id);
        // A panel without a focusable beginning is reached by Tab itself.
        if (!group.classList.contains("code-group")) panel.tabIndex = 0;
        button.addEventListener("click", function () { choose(panel, true); });
        // The browser's own search opens the panel that holds the match.
        panel.addEventListener("beforematch", function () { choose(panel, false); });
        list.appendChild(button);
        return button;
      });
      list.addEventListener("keydown", function (event) {
        var at = buttons.indexOf(document.activeElement);
        var forward = getComputedStyle(group).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
        var backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
        var to = { Home: 0, End: buttons.length - 1 }[event.key];
        if (event.key === forward) to = (at + 1) % buttons.length;
        if (event.key === backward) to = (at + buttons.length - 1) % buttons.length;
        if (at < 0 || to === undefined) return;
        event.preventDefault();
        buttons[to].focus();
        buttons[to].click();
      });
      group.insertBefore(list, group.firstChild);
      group.tabPanels = panels;
      select(group, panels[0]);
      group.classList.add("ready");
    });
    // Remembered choices, the oldest first, so that the latest wins.
    remembered().forEach(function (title) { selectTitled(title); });
  }

  function remembered() {
    try { return JSON.parse(memory.get("tabs") || "[]").filter(function (t) { return typeof t === "string"; }); }
    catch (e) { return []; }
  }

  function select(group, panel) {
    group.tabPanels.forEach(function (each) {
      var chosen = each === panel;
      var button = document.getElementById(each.getAttribute("aria-labelledby"));
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      if (chosen) each.removeAttribute("hidden");
      else each.setAttribute("hidden", findable ? "until-found" : "");
    });
  }

  function selectTitled(title, except) {
    all(".tabs.ready").forEach(function (group) {
      if (group === except) return;
      var panel = group.tabPanels.filter(function (each) { return each.dataset.title === title; })[0];
      if (panel) select(group, panel);
    });
  }

  // Tabs of one title switch together; the tab under the pointer stays where it is on the screen.
  function choose(panel, remember) {
    var group = panel.parentNode;
    var title = panel.dataset.title;
    var before = group.getBoundingClientRect().top;
    select(group, panel);
    if (!remember) return;
    selectTitled(title, group);
    memory.set("tabs", JSON.stringify(remembered().filter(function (t) { return t !== title; }).concat(title).slice(-20)));
    scrollBy({ top: group.getBoundingClientRect().top - before, behavior: "instant" });
  }

  // ---- Addresses: what a fragment points at, or into, is opened ----
  function fragment(hash) {
    try { return decodeURIComponent(hash.slice(1)); } catch (e) { return hash.slice(1); }
  }

  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(fragment(location.hash));
    if (!target) return;
    var opened = false;
    for (var each = target; each; each = each.parentElement) {
      if (each.tagName === "DETAILS" && !each.open) { each.open = true; opened = true; }
      if (each.hasAttribute("hidden") && each.getAttribute("role") === "tabpanel") {
        choose(each, false);
        opened = true;
      }
    }
    if (opened) target.scrollIntoView();
  }

  function addresses() {
    addEventListener("hashchange", reveal);
    // A second click on the same link changes no hash.
    addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[href*='#']");
      if (link && link.href === location.href) setTimeout(reveal);
    });
    reveal();
  }

  // ---- Copying ----
  // The text of a block without the lines marked as deleted, and without what is hidden.
  function codeText(code) {
    var copy = code.cloneNode(true);
    var shown = code.closest(".with-hidden");
    all(shown ? ".line-mark" : ".line-mark, .hidden-line", copy).forEach(function (part) { part.remove(); });
    all(".line.del", copy).forEach(function (line) {
      var next = line.nextSibling;
      // The line break stands in the line or behind it.
      if (!/\n$/.test(line.textContent) && next && next.nodeType === 3) next.data = next.data.replace(/^\n/, "");
      line.remove();
    });
    return copy.textContent;
  }

  // The commands of a terminal session, without prompts and output. A command goes on after a
  // backslash and up to the end of a here-document. A session without prompts is copied as it is.
  function commands(text) {
    var prompt = /^\s*(?:\([^)]*\)\s*)?(?:[\w.-]+@[\w.-]+[^$]*)?\$ /;
    var kept = [];
    var goesOn = false;
    var end = null;
    text.split("\n").forEach(function (line) {
      if (end === null && !goesOn && !prompt.test(line)) return;
      var body = end !== null || goesOn ? line.replace(/^> /, "") : line.replace(prompt, "");
      kept.push(body);
      if (end !== null) {
        if (body.trim() === end) end = null;
        return;
      }
      var here = /<<-?\s*(["']?)(\w+)\1/.exec(body);
      if (here) end = here[2];
      goesOn = !here && /\\$/.test(body);
    });
    return kept.length ? kept.join("\n") + "\n" : text;
  }

  function write(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    // Without a secure context, as in a preview over the local network.
    var area = make("textarea", { "class": "visually-hidden", "aria-hidden": "true" });
    area.value = text;
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copying is not allowed"));
  }

  function copying() {
    var status = make("div", { role: "status", "class": "visually-hidden" });
    document.querySelector("main").appendChild(status);
    all("figure.code").forEach(function (figure) {
      var code = figure.querySelector("pre code");
      if (!code) return;
      var button = make("button", { type: "button", "class": "copy", "aria-label": words.copy, title: words.copy });
      var timer;
      button.addEventListener("click", function () {
        var text = codeText(code);
        if (/^(console|shell-session)$/.test(figure.dataset.lang)) text = commands(text);
        write(text).then(function () {
          button.classList.add("done");
          status.textContent = words.copied;
          clearTimeout(timer);
          timer = setTimeout(function () {
            button.classList.remove("done");
            status.textContent = "";
          }, 2000);
        }, function () {
          // Not allowed to copy: select, so that the reader's own keys do it.
          getSelection().selectAllChildren(code);
        });
      });
      figure.appendChild(button);
    });
  }

  // ---- Hidden lines of code are shown when asked for ----
  function hiddenLines() {
    all("figure.code").forEach(function (figure) {
      if (!figure.querySelector(".hidden-line")) return;
      var button = make("button", {
        type: "button", "class": "copy show-hidden", "aria-pressed": "false", "aria-label": words.hidden, title: words.hidden
      });
      button.addEventListener("click", function () {
        button.setAttribute("aria-pressed", String(figure.classList.toggle("with-hidden")));
      });
      figure.appendChild(button);
    });
  }

  // ---- Regions that scroll can be reached by the keyboard ----
  function scrollers() {
    all("div.table, .math-block").forEach(function (box) {
      if (box.scrollWidth <= box.clientWidth) return;
      box.tabIndex = 0;
      // No landmark: a page may have many tables.
      box.setAttribute("role", "group");
      if (box.matches(".table")) box.setAttribute("aria-label", words.table);
    });
  }

  // ---- The line above all pages, until its reader closes it ----
  function banner() {
    var button = document.querySelector(".banner-close");
    if (!button) return;
    button.addEventListener("click", function () {
      memory.set("banner", root.dataset.banner);
      root.classList.add("no-banner");
    });
  }

  // ---- Groups of the sidebar stay as the reader left them ----
  function groups() {
    var sidebar = document.getElementById("docgen-sidebar");
    if (!sidebar) return;
    var kept = {};
    try { kept = JSON.parse(sessionStorage.getItem("docgen-groups") || "{}") || {}; } catch (e) { kept = {}; }
    var key = function (group) {
      var names = [];
      for (var each = group; each && each !== sidebar; each = each.parentElement) {
        if (each.matches("details.nav-group")) names.unshift(each.querySelector("summary").textContent);
      }
      return names.join("/");
    };
    all("details.nav-group", sidebar).forEach(function (group) {
      var name = key(group);
      var here = group.querySelector("[aria-current]");
      if (typeof kept[name] === "boolean" && !here) group.open = kept[name];
      group.addEventListener("toggle", function () {
        kept[name] = group.open;
        try { sessionStorage.setItem("docgen-groups", JSON.stringify(kept)); } catch (e) { /* forgotten */ }
      });
    });
  }

  // ---- The page as Markdown ----
  function pageActions() {
    var button = document.querySelector(".copy-page");
    if (!button) return;
    var label = button.textContent;
    var say = function (text) {
      button.textContent = text;
      setTimeout(function () { button.textContent = label; }, 2000);
    };
    button.addEventListener("click", function () {
      fetch(button.dataset.url).then(function (response) {
        if (!response.ok) throw new Error(response.statusText);
        return response.text();
      }).then(write).then(function () { say(words.copied); }, function () { say(words.failed); });
    });
  }

  // ---- Long blocks of code ----
  function folding() {
    all("figure.code.expandable").forEach(function (figure) {
      var button = make("button", { type: "button", "class": "expand", "aria-expanded": "false" }, words.more);
      button.addEventListener("click", function () {
        var open = figure.classList.toggle("expanded");
        button.textContent = open ? words.less : words.more;
        button.setAttribute("aria-expanded", String(open));
        if (!open) figure.scrollIntoView({ block: "nearest" });
      });
      figure.appendChild(button);
    });
  }

  // ---- An address that does not exist: the nearest ones that do ----
  function suggestions() {
    var box = document.querySelector(".suggestions");
    if (!box) return;
    var parts = function (path) {
      var text = path;
      try { text = decodeURIComponent(path); } catch (e) { /* as it is */ }
      return text.toLowerCase().replace(/\.(html?|mdx?)$/, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    };
    var asked = parts(location.pathname);
    if (!asked.length) return;
    fetch(box.dataset.sitemap).then(function (response) { return response.ok ? response.text() : ""; }).then(function (text) {
      var found = (text.match(/<loc>[^<]*/g) || []).map(function (loc) {
        var path = new URL(loc.slice(5).replace(/&amp;/g, "&"), location.href).pathname;
        var own = parts(path);
        var shared = asked.filter(function (part, at) { return own.indexOf(part) >= 0 && asked.indexOf(part) === at; });
        var last = own[own.length - 1] === asked[asked.length - 1] ? 1 : 0;
        return { path: path, score: (2 * shared.length + last) / (own.length + asked.length) };
      }).filter(function (each) { return each.score > 0.3; });
      found.sort(function (a, b) { return b.score - a.score || a.path.length - b.path.length; });
      var list = box.querySelector("ul");
      found.slice(0, 5).forEach(function (each) {
        var item = make("li", {});
        item.appendChild(make("a", { href: each.path }, decodeURI(each.path)));
        list.appendChild(item);
      });
      box.hidden = !found.length;
    }, function () { /* the page stands without */ });
  }

  // ---- A heading's link is copied as it is followed ----
  function headingLinks() {
    addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a.anchor");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      write(link.href).then(function () {
        link.classList.add("done");
        setTimeout(function () { link.classList.remove("done"); }, 1500);
      }, function () { /* the address bar has it */ });
    });
  }

  // ---- Search: its box comes when it is first asked for ----
  function searching() {
    var button = document.querySelector(".search-button");
    if (!button) return;
    var box = null;
    if (/Mac|iPhone|iPad/.test(navigator.platform)) button.querySelector("kbd").dataset.key = "⌘ K";
    var open = function () {
      if (!box) {
        box = import(button.dataset.script).then(function (module) { return module.create(button); });
        box.catch(function () { box = null; });
      }
      box.then(function (show) { show(); }, function (error) { console.error(error); });
    };
    button.addEventListener("click", open);
    addEventListener("keydown", function (event) {
      var field = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      // A field of a box that was closed this moment may hold the focus still.
      var writing = field && field.getClientRects().length > 0;
      var slash = event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey;
      var letter = (event.key === "k" || event.key === "K") && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (!slash && !letter) return;
      event.preventDefault();
      open();
    });
  }

  [
    themeSwitch, searching, banner, groups, menu, dropdowns, tabs, toc, addresses, headingLinks, copying, hiddenLines, folding,
    pageActions, suggestions, scrollers
  ].forEach(function (part) {
    // One part that fails takes no other with it.
    try { part(); } catch (error) { console.error(error); }
  });
})();
