/* Sorting and filtering of tables; the state stands in the page's address. Contract: theme/README.md. */
(() => {
  "use strict";
  const { text, texts, onPage, make } = window.qloop;
  const collator = new Intl.Collator(document.documentElement.lang || "zh", { numeric: true });

  const shownText = (cell) => cell.textContent.trim();
  const sortValue = (cell) => (cell ? cell.dataset.sort ?? shownText(cell) : "");
  const fold = (value) => value.normalize("NFKC").toLowerCase();

  const number = (value) => {
    const found = value.replace(/[,\s]/g, "").match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : null;
  };
  const orders = {
    number: (a, b) => number(a) - number(b),
    date: (a, b) => (a < b ? -1 : Number(a > b)), // ISO dates and weeks sort as they are written
    text: (a, b) => collator.compare(a, b),
  };
  const missing = { number: (value) => number(value) === null, date: (value) => !value, text: (value) => !value };

  const read = (table, prefix) => {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const columns = [...table.tHead.rows[table.tHead.rows.length - 1].cells].map((head, index) => ({
      head, index, key: `${prefix}${head.dataset.key ?? index}`, title: shownText(head),
      type: head.dataset.sortType in orders ? head.dataset.sortType : "text",
      words: head.dataset.filter === "words",
    }));
    return { table, prefix, columns, rows, sort: null, choices: new Map(), query: "" };
  };

  const values = (column, row) => {
    const cell = row.cells[column.index];
    if (!cell) return [];
    if (column.words) return (cell.dataset.value ?? shownText(cell)).split(/\s+/).filter(Boolean);
    return [cell.dataset.value ?? shownText(cell)];
  };

  const order = (state) => {
    const body = state.table.tBodies[0];
    if (!state.sort) { body.append(...state.rows); return; }
    const { index, type } = state.sort.column;
    const rows = state.rows.map((row) => [sortValue(row.cells[index]), row]);
    const empty = rows.filter(([value]) => missing[type](value));
    const full = rows.filter(([value]) => !missing[type](value)).sort(([a], [b]) => state.sort.sign * orders[type](a, b));
    body.append(...[...full, ...empty].map(([, row]) => row));
  };

  const filter = (state) => {
    const words = fold(state.query).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of state.rows) {
      const chosen = [...state.choices].every(([column, value]) => !value || values(column, row).includes(value));
      const matches = chosen && (!words.length || words.every((word) => fold(row.textContent).includes(word)));
      row.hidden = !matches;
      shown += matches;
    }
    return shown;
  };

  const apply = (state) => {
    order(state);
    const shown = filter(state);
    for (const { head } of state.columns) head.removeAttribute("aria-sort");
    if (state.sort) state.sort.column.head.setAttribute("aria-sort", state.sort.sign > 0 ? "ascending" : "descending");
    if (!state.bar) return;
    const total = state.rows.length;
    const active = state.query || [...state.choices.values()].some(Boolean);
    const part = "part" in state.table.dataset; // a part of a longer list: its numbers are not those of the archive
    state.bar.count.textContent = active
      ? text(part ? "table.part-shown" : "table.shown", { shown, total })
      : text(part ? "table.part" : "table.rows", { total });
    state.bar.reset.hidden = !active;
    state.bar.empty.hidden = shown > 0 || !total;
    // Not while somebody types: it would eat the space bar and break Chinese input methods.
    if (document.activeElement !== state.bar.search) state.bar.search.value = state.query;
    for (const [column, select] of state.bar.selects) select.value = state.choices.get(column) ?? "";
  };

  const fromAddress = (state) => {
    const query = new URLSearchParams(location.search);
    state.query = query.get(`${state.prefix}q`) ?? "";
    for (const column of state.choices.keys()) state.choices.set(column, query.get(column.key) ?? "");
    const sort = query.get(`${state.prefix}sort`);
    state.sort = state.start;
    if (sort !== null) {
      const name = sort.replace(/^-/, "");
      const column = state.columns.find(({ key }) => key === `${state.prefix}${name}`);
      if (column) state.sort = { column, sign: sort.startsWith("-") ? -1 : 1 };
    }
  };

  const toAddress = (state) => {
    const address = new URL(location.href);
    const set = (key, value) => (value ? address.searchParams.set(key, value) : address.searchParams.delete(key));
    set(`${state.prefix}q`, state.query);
    for (const [column, value] of state.choices) set(column.key, value);
    const name = state.sort && `${state.sort.sign < 0 ? "-" : ""}${state.sort.column.key.slice(state.prefix.length)}`;
    set(`${state.prefix}sort`, state.sort && state.sort !== state.start ? name : "");
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };

  const changed = (state) => { apply(state); toAddress(state); };

  const sortButtons = (state) => {
    for (const column of state.columns) {
      if ("nosort" in column.head.dataset || !column.title) continue;
      const button = make("button", { type: "button", class: "qloop-sort", title: text("table.sort", { column: column.title }) });
      button.append(...column.head.childNodes);
      column.head.append(button);
      button.addEventListener("click", () => {
        const same = state.sort?.column === column;
        state.sort = { column, sign: same ? -state.sort.sign : 1 };
        changed(state);
      });
    }
  };

  const select = (state, column) => {
    const options = new Map();
    for (const row of state.rows) {
      const cell = row.cells[column.index];
      for (const value of values(column, row)) if (value) options.set(value, column.words ? value : shownText(cell) || value);
    }
    const sample = new Map(state.rows.map((row) => [values(column, row)[0], sortValue(row.cells[column.index])]));
    const sorted = [...options].sort(([a], [b]) => collator.compare(sample.get(a) ?? a, sample.get(b) ?? b));
    const control = make("select", {}, make("option", { value: "" }, text("table.all")),
      ...sorted.map(([value, label]) => make("option", { value }, label)));
    control.addEventListener("change", () => { state.choices.set(column, control.value); changed(state); });
    return control;
  };

  const filterBar = (state) => {
    const search = make("input", { type: "search", placeholder: text("table.placeholder"), autocomplete: "off", spellcheck: "false" });
    search.addEventListener("input", () => { state.query = search.value.trim(); changed(state); });
    search.addEventListener("search", () => { state.query = search.value.trim(); changed(state); });
    const bar = make("div", { class: "qloop-filter", role: "search", "aria-label": state.table.caption ? shownText(state.table.caption) : text("table.bar") },
      make("label", { class: "qloop-filter__text" }, make("span", {}, text("table.filter")), search));
    const selects = new Map();
    for (const column of state.columns.filter(({ head }) => "filter" in head.dataset)) {
      const control = select(state, column);
      selects.set(column, control);
      state.choices.set(column, "");
      bar.append(make("label", {}, make("span", {}, column.title), control));
    }
    const reset = make("button", { type: "button", class: "qloop-button", hidden: true }, text("table.reset"));
    reset.addEventListener("click", () => {
      state.query = "";
      for (const column of state.choices.keys()) state.choices.set(column, "");
      changed(state);
      search.value = "";
      search.focus();
    });
    const count = make("p", { class: "qloop-filter__count", role: "status" });
    const empty = make("p", { class: "qloop-empty", hidden: true }, text("part" in state.table.dataset ? "table.part-none" : "table.none"));
    bar.append(reset, count);
    const frame = state.table.closest(".qloop-scroll") ?? state.table;
    frame.before(bar);
    frame.after(empty);
    state.bar = { search, selects, reset, count, empty };
  };

  const states = [];
  const attach = (table, several) => {
    table.dataset.ready = "1";
    if (!table.tHead?.rows.length || !table.tBodies.length) return;
    const state = read(table, several && table.id ? `${table.id}.` : "");
    const sorted = state.columns.find(({ head }) => head.dataset.sorted);
    state.start = sorted ? { column: sorted, sign: sorted.head.dataset.sorted === "descending" ? -1 : 1 } : null;
    if (table.dataset.qloopTable !== "plain") filterBar(state);
    sortButtons(state);
    states.push(state);
    fromAddress(state);
    apply(state);
  };

  onPage(() => {
    states.length = 0;
    const tables = [...document.querySelectorAll("table[data-qloop-table]")];
    tables.filter((table) => !table.dataset.ready).forEach((table) => attach(table, tables.length > 1));
  });
  window.addEventListener("popstate", () => states.forEach((state) => { fromAddress(state); apply(state); }));
})();
