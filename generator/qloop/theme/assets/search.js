/* The search box: keys, kinds, rows, sentences. search-index.js finds. */
(() => {
  "use strict";
  const { text, texts, root, onPage, make, index } = window.qloop;

  const DELAY = 140; // ms after the last key

  let loaded = false; // the index is asked for at the first focus
  const load = () => index.load().then(() => { loaded = true; });

  // The typed words, marked in a text as nodes (never as HTML).
  const marked = (value, query) => {
    const words = query.normalize("NFKC").split(/[\s，。、,;；]+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!words.length) return [value];
    return value.split(new RegExp(`(${words.join("|")})`, "giu")).map((part, i) => (i % 2 ? make("mark", {}, part) : part));
  };

  const badge = (name, value, label) => make("span", { class: "qloop-badge", [`data-${name}`]: value }, label);

  const row = (record, query, number) => {
    const { id, kind, status, title, excerpt, url } = record;
    const head = make("span", { class: "qloop-hit__head" });
    if (kind) head.append(badge("kind", kind, texts.kinds?.[kind] ?? kind));
    head.append(make("span", { class: "qloop-hit__id" }, ...marked(id, query)));
    if (status) {
      // A record's own word or already its label: the colour goes with the word, the reader sees the label.
      const [word, label] = Object.entries(texts.statuses?.[kind] ?? {}).find((pair) => pair.includes(status)) ?? [status, status];
      head.append(badge("status", word, label));
    }
    return make("a", {
      class: "qloop-hit", id: `qloop-hit-${number}`, role: "option", "aria-selected": "false", tabindex: "-1",
      href: new URL(url.replace(/^\/+/, ""), root).href, "data-id": id, lang: record.language,
    }, head, make("span", { class: "qloop-hit__title" }, ...marked(title || id, query)),
    make("span", { class: "qloop-hit__excerpt" }, ...marked(excerpt, query)));
  };

  const kindButtons = (place, choose) => {
    const names = ["issue", "faq", "sop", "change", "product"].map((name) => [name, text(`kinds.${name}`)]);
    const buttons = [["", text("search.all")], ...names].map(([name, label]) => {
      const button = make("button", { type: "button", "aria-pressed": String(!name) }, label);
      button.addEventListener("click", () => {
        buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
        choose(name);
      });
      return button;
    });
    place.append(...buttons);
  };

  const slashFocuses = (input) => document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  const attach = (box) => {
    const part = (name) => box.querySelector(`[data-qloop-${name}]`);
    const [input, panel, note, live, kinds] = ["search", "panel", "note", "live", "kinds"].map(part);
    const list = box.querySelector("[role=listbox]");
    let turn = 0, timer = 0, chosen = -1, kind = "", shown = "";

    const hits = () => [...list.querySelectorAll(".qloop-hit")];
    const open = (state) => {
      panel.hidden = !state;
      input.setAttribute("aria-expanded", String(state));
      if (!state) choose(-1);
    };
    const say = (sentence) => { note.textContent = sentence; live.textContent = sentence; };
    const choose = (index) => {
      chosen = index;
      hits().forEach((hit, i) => hit.setAttribute("aria-selected", String(i === index)));
      if (index < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", `qloop-hit-${index}`);
      hits()[index].scrollIntoView({ block: "nearest" });
    };

    const show = ({ rows, count, more }, query) => {
      shown = query;
      list.replaceChildren(...rows.map((record, i) => row(record, query, i)));
      choose(-1);
      if (!count) say(text("search.none", { query }));
      else if (more || count > rows.length) say(text("search.more", { count: more ? `${count}+` : count, shown: rows.length }));
      else say(text("search.count", { count }));
      open(true);
    };

    const run = async () => {
      const mine = ++turn;
      const query = input.value.trim();
      if (!query) { list.replaceChildren(); shown = ""; note.textContent = ""; live.textContent = ""; open(false); return; }
      if (location.protocol === "file:") { say(text("search.file")); open(true); return; }
      if (!loaded) { say(text("search.loading")); open(true); }
      try {
        const found = await index.find(query, kind);
        loaded = true;
        if (mine === turn) show(found, query);
      } catch (error) {
        if (mine !== turn) return;
        list.replaceChildren();
        say(text(loaded ? "search.failed" : "search.missing"));
        open(true);
      }
    };
    const soon = () => { clearTimeout(timer); turn += 1; timer = setTimeout(run, DELAY); };

    const move = (step) => {
      const count = hits().length;
      if (!count) return;
      if (panel.hidden) open(true);
      choose((chosen + step + count + (chosen < 0 && step < 0 ? 1 : 0)) % count);
    };
    const enter = async () => {
      clearTimeout(timer);
      if (shown !== input.value.trim()) await run();
      const target = hits()[Math.max(chosen, 0)];
      if (target) target.click();
    };

    input.addEventListener("focus", () => {
      if (location.protocol === "file:") { say(text("search.file")); open(true); return; }
      load().catch(() => { if (document.activeElement === input) { say(text("search.missing")); open(true); } });
      if (hits().length) open(true);
    });
    input.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
    input.addEventListener("compositionend", soon);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const act = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: enter, Escape: () => (panel.hidden ? input.blur() : open(false)) }[event.key];
      if (act) { event.preventDefault(); event.stopPropagation(); act(); }
    });
    list.addEventListener("click", () => open(false));
    document.addEventListener("pointerdown", (event) => { if (!box.contains(event.target)) open(false); });
    box.addEventListener("focusout", (event) => { if (event.relatedTarget && !box.contains(event.relatedTarget)) open(false); });

    kindButtons(kinds, (name) => { kind = name; input.focus(); run(); });
    slashFocuses(input);
    const asked = new URLSearchParams(location.search).get("find");
    if (asked) { input.value = asked; input.focus(); run(); }
  };

  onPage(() => {
    const box = document.querySelector("[data-qloop-searchbox]");
    if (!box || box.dataset.ready) return;
    box.dataset.ready = "1";
    attach(box);
  });
})();
