/* The search box. Words become the same tokens as in generator/qloop/publish/search_terms.py: change both together. */
(() => {
  "use strict";
  const { text, texts, root, onPage, make } = window.qloop;

  const SHOWN = 12;      // rows in the drop-down
  const CHECKED = 60;    // candidates whose words are checked before counting stops
  const DELAY = 140;     // ms after the last key
  const CJK = "\\u3005-\\u3007\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uac00-\\ud7af\\u{20000}-\\u{3ffff}";
  const CJK_RUN = new RegExp(`^[${CJK}]`, "u");
  const WORD = `(?:(?![${CJK}])[\\p{L}\\p{N}])+`;
  const RUNS = new RegExp(`[${CJK}]+|\\p{Nd}+(?:\\.\\p{Nd}+)+|${WORD}(?:[-_'’‐‑–]${WORD})*`, "gu");

  const fold = (value) => value.normalize("NFKC").toLowerCase().replaceAll("ß", "ss");
  const code = (character) =>
    Array.from({ length: character.length }, (_, i) => character.charCodeAt(i).toString(16).padStart(4, "0")).join("");
  const joined = (value) => fold(value).replace(/[^\p{L}\p{N}]/gu, "");
  const facet = (key, value) => `zqk${fold(key)}${[...fold(value)].map(code).join("")}`;

  // What a reader typed → tokens that must all be there, each as the beginning of an indexed one.
  const tokens = (value) => (fold(value).match(RUNS) ?? []).flatMap((run) => {
    if (CJK_RUN.test(run)) {
      const codes = [...run].map(code);
      return codes.length === 1 ? [`zq${codes[0]}`] : codes.slice(1).map((next, i) => `zq${codes[i]}${next}`);
    }
    if (/^\p{Nd}+\./u.test(run)) return [run.replaceAll(".", "p")];
    const plain = run.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "");
    return plain.length > 1 || /\p{N}/u.test(plain) ? [plain] : [];
  });

  let engine = null; // a promise of Pagefind's module, asked for at the first focus
  const load = () => {
    engine ??= import(new URL("pagefind/pagefind.js", root).href).then(async (module) => {
      await module.init();
      const { shards } = await (await fetch(new URL("pagefind/shards.json", root))).json();
      const more = Array.from({ length: shards - 1 }, (_, i) => new URL(`pagefind/more/${i + 1}/`, root).href);
      await Promise.all(more.map((address) => module.mergeIndex(address)));
      return module;
    });
    engine.catch(() => { engine = null; });
    return engine;
  };

  const holds = (content, wanted) => {
    const padded = ` ${content}`;
    return wanted.every((token) => padded.includes(` ${token}`));
  };

  // Lower is better: the record itself, the start of its id, the words in its title, in its names, elsewhere.
  const rank = (meta, value) => {
    const whole = joined(value);
    const names = [meta.id, ...(meta.aliases ?? "").split("\n")].map((name) => joined(name ?? ""));
    const title = joined(meta.title ?? "");
    if (names.includes(whole)) return 0;
    if (names[0].startsWith(whole) || names[0].endsWith(whole)) return 1;
    if (title.startsWith(whole)) return 2;
    if (title.includes(whole)) return 3;
    return names.some((name) => name.includes(whole)) ? 4 : 5;
  };

  const find = async (value, kind) => {
    const wanted = tokens(value);
    if (!wanted.length) return { rows: [], count: 0, more: false };
    if (kind) wanted.push(facet("kind", kind));
    const pagefind = await load();
    const own = /^[\x00-\x7f]+$/.test(joined(value)) ? [`zqi${joined(value)}`, ...(kind ? [facet("kind", kind)] : [])] : null;
    const [exact, general] = await Promise.all([own ? pagefind.search(own.join(" ")) : { results: [] }, pagefind.search(wanted.join(" "))]);
    const unique = new Map([...exact.results.slice(0, SHOWN), ...general.results.slice(0, CHECKED)].map((hit) => [hit.id, hit]));
    const records = await Promise.all([...unique.values()].map(async (hit) => ({ score: hit.score, ...(await hit.data()) })));
    // Pagefind drops words that it does not know and shortens others; a reader expects all of them.
    const kept = records.filter((record) => holds(record.content, wanted))
      .map((record) => ({ ...record, rank: rank(record.meta, value) }))
      .sort((a, b) => a.rank - b.rank || b.score - a.score || a.meta.id.localeCompare(b.meta.id));
    // Candidates beyond the checked ones are announced only when the checked ones were mostly true.
    const more = general.results.length > CHECKED && kept.length > CHECKED / 2;
    return { rows: kept.slice(0, SHOWN), count: kept.length, more };
  };

  // The typed words, marked in a text as nodes (never as HTML).
  const marked = (value, query) => {
    const words = query.normalize("NFKC").split(/[\s，。、,;；]+/).filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!words.length) return [value];
    return value.split(new RegExp(`(${words.join("|")})`, "giu")).map((part, i) => (i % 2 ? make("mark", {}, part) : part));
  };

  const badge = (name, value, label) => make("span", { class: "qloop-badge", [`data-${name}`]: value }, label);

  const row = (record, query, index) => {
    const { id, kind, status, title, excerpt, url } = record.meta;
    const head = make("span", { class: "qloop-hit__head" });
    if (kind) head.append(badge("kind", kind, texts.kinds?.[kind] ?? kind));
    head.append(make("span", { class: "qloop-hit__id" }, ...marked(id, query)));
    if (status) {
      // A record's own word or already its label: the colour goes with the word, the reader sees the label.
      const [word, label] = Object.entries(texts.statuses?.[kind] ?? {}).find((pair) => pair.includes(status)) ?? [status, status];
      head.append(badge("status", word, label));
    }
    return make("a", {
      class: "qloop-hit", id: `qloop-hit-${index}`, role: "option", "aria-selected": "false", tabindex: "-1",
      href: new URL((url ?? record.raw_url).replace(/^\/+/, ""), root).href, "data-id": id, lang: record.meta.language,
    }, head, make("span", { class: "qloop-hit__title" }, ...marked(title ?? id, query)),
    make("span", { class: "qloop-hit__excerpt" }, ...marked(excerpt ?? "", query)));
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
      if (!engine) { say(text("search.loading")); open(true); }
      try {
        const found = await find(query, kind);
        if (mine === turn) show(found, query);
      } catch (error) {
        if (mine !== turn) return;
        list.replaceChildren();
        say(text(engine ? "search.failed" : "search.missing"));
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
  window.qloop.tokens = tokens;
})();
