/* The page of boards/cross: choices, table, records behind a cell. Counting: cross-data.js; address: cross-view.js. */
(() => {
  "use strict";
  const { make, root, cross } = window.qloop;
  const SHOWN = 50;
  const SHARES = [0, 0.02, 0.05, 0.1, 0.2], TIMES = [0, 1, 1.5, 2, 3]; // from where each shade begins
  const ISSUE_COLUMNS = ["status", "severity", "category", "product", "month"];
  const FEEDBACK_COLUMNS = ["month", "category", "product", "batch", "market", "source"];

  const attach = (box) => {
    const texts = JSON.parse(box.dataset.texts);
    const text = (path, values = {}) => path.split(".").reduce((level, key) => level[key], texts)
      .replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
    const list = new URL(box.dataset.list, location.href).href;
    const listed = box.dataset.listed.split(" ").filter(Boolean);
    const fallback = box.querySelector(".qloop-cross__static");
    const note = make("p", { class: "qloop-note", "data-level": "warning", role: "status", hidden: true });
    const body = make("div", { class: "qloop-cross__body", hidden: true });
    box.prepend(note, body);
    const say = (words) => { note.textContent = words; note.hidden = !words; };
    if (location.protocol === "file:") { say(text("file")); return; }

    const number = (value) => value.toLocaleString("en-US");
    const percent = (value) => `${(value * 100).toLocaleString("en-US", { maximumFractionDigits: 1 })}%`;
    const perThousand = (value) => value.toLocaleString("en-US", { maximumFractionDigits: value >= 0.1 ? 1 : 2 });
    const dimName = (view, key) => (key === "month" && view.set === "issues" ? text("opened") : text(`dims.${key}`));

    let set = null, view = null, found = null, ignored = [];

    /* ---- words of a view ---- */
    const whole = (words) => words.replace(/\b(\d{4})-(\d\d)\b/g, "$1\u2011$2"); // a month is not broken
    const valueName = (key, value) => (value === cross.NONE ? text("none") : set.dims.get(key).values[value][1]);
    const groupName = (side, place) => {
      if (place === null) return text("total");
      const group = side.groups[place];
      return group.value === cross.OTHER ? text("other", { count: group.values.size }) : valueName(side.key, group.value);
    };
    const measure = () => (view.measure === "rate" && !found.rates ? "count" : view.measure);
    const measureName = () => (measure() === "count" ? text(`units.${view.set}`) : text(`measures.${measure()}`));
    const filterNames = () => [...view.filters].flatMap(([key, chosen]) =>
      [...chosen].map((value) => ({ key, value, name: `${dimName(view, key)}: ${valueName(key, value)}` })));
    const caption = () => {
      const months = set.dims.get("month").values.map(([id]) => id);
      const parts = [text("caption", { rows: dimName(view, view.rows), cols: dimName(view, view.cols), measure: measureName() })];
      if (months.length) parts.push(text("period", { from: view.from || months[0], to: view.to || months[months.length - 1] }));
      return whole([...parts, ...filterNames().map(({ name }) => name)].join(" · "));
    };

    /* ---- table ---- */
    const shade = (value, all) => {
      if (!value) return 0;
      const share = all ? value / all : 0;
      const steps = measure() === "rate" ? TIMES : SHARES;
      return steps.filter((step) => share >= step).length;
    };
    const shown = (sums, count, rate) => {
      if (measure() === "rate") return rate === null ? "–" : perThousand(rate);
      if (!count) return "";
      return measure() === "share" ? percent(count / sums.total) : number(count);
    };
    // What a rate is compared with: the row over all columns; where columns divide nothing, the column over all rows.
    const usual = (row, col) => (cross.divides(view.cols) ? found.rates.rows[row] : found.rates.cols[col]);
    const cell = (row, col) => {
      const pick = (sums) => (row === null ? (col === null ? sums.total : sums.cols[col]) : col === null ? sums.rows[row] : sums.cells[row][col]);
      const count = pick(found.counts), rate = found.rates ? pick(found.rates) : null;
      const words = shown(found.counts, count, rate);
      const inside = row !== null && col !== null;
      const level = inside && (measure() === "rate" ? shade(rate, usual(row, col)) : shade(count, found.counts.total));
      const made = make("td", { class: "num", "data-heat": level || null });
      if (!count) { made.append(words); return made; }
      const names = { row: groupName(found.rows, row), col: groupName(found.cols, col) };
      const listing = cross.listLink(list, listed, set, view, found, row, col);
      const name = cross.cellName(set, found, row, col);
      const link = make("a", {
        href: listing || `?${cross.write({ ...view, cell: name }, set)}`, "aria-label": `${words} – ${text("cell", names)}`,
        "aria-current": view.cell && view.cell.join("\n") === name.join("\n") ? "true" : null,
      }, words);
      if (!listing) link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        view.cell = name;
        changed();
        records.querySelector("h2")?.focus();
      });
      made.append(link);
      return made;
    };
    const table = () => {
      const cols = found.cols.groups.map((_, c) => c), rows = found.rows.groups.map((_, r) => r);
      const head = (scope, words) => make("th", { scope, class: scope === "col" ? "num" : null }, words);
      return make("table", { class: "qloop-table qloop-cross__table", id: "cross", "aria-labelledby": "cross-caption" },
        make("thead", {}, make("tr", {}, make("th", { scope: "col" }, dimName(view, view.rows)),
          ...cols.map((c) => head("col", whole(groupName(found.cols, c)))), head("col", text("total")))),
        make("tbody", {}, ...rows.map((r) => make("tr", {}, head("row", groupName(found.rows, r)), ...cols.map((c) => cell(r, c)), cell(r, null)))),
        make("tfoot", {}, make("tr", {}, head("row", text("total")), ...cols.map((c) => cell(null, c)), cell(null, null))));
    };
    const legend = () => {
      const rate = measure() === "rate";
      const word = (step, i) => (i ? `≥ ${rate ? `${step}×` : percent(step)}` : rate ? "< 1×" : `< ${percent(SHARES[1])}`);
      return make("p", { class: "qloop-meta qloop-cross__legend" }, text(!rate ? "heat-share" : cross.divides(view.cols) ? "heat-row" : "heat-col"),
        ...(rate ? TIMES : SHARES).map((step, i) => make("span", { "data-heat": i + 1 }, word(step, i))));
    };

    /* ---- records behind a cell ---- */
    const records = make("section", { class: "qloop-cross__records" });
    const labels = (key, i) => cross.many(set.columns[key][i]).map((value) => (value === cross.NONE ? "" : valueName(key, value))).join("\n");
    const issueRow = (i) => {
      const id = set.ids[i], file = id.replace(/[^\p{L}\p{N}_.-]+/gu, "-");
      const place = (pattern) => new URL(pattern.replace("{id}", encodeURIComponent(file)), root).href;
      const title = make("td", { class: "main", "data-label": text("title") }, make("a", { class: "qloop-ref", href: place(set.url) }, id));
      // titles of thousands of records would be most of the data: those that are shown are asked for
      fetch(place(set.api)).then((response) => response.json()).then((record) => {
        title.firstChild.textContent = record.title;
        title.append(" ", make("code", { class: "qloop-id" }, id));
      }).catch(() => {}); // the link with its id stays
      return make("tr", { "data-id": id }, title, ...ISSUE_COLUMNS.map((key) => make("td", { "data-label": dimName(view, key) }, labels(key, i))));
    };
    const feedbackRow = (i) => make("tr", {},
      ...FEEDBACK_COLUMNS.map((key) => make("td", { "data-label": dimName(view, key) }, labels(key, i))),
      make("td", { class: "num", "data-label": text("count") }, number(set.weight(i))));
    const showRecords = () => {
      records.replaceChildren();
      if (!view.cell) return;
      const place = cross.findCell(set, found, view.cell);
      if (!place) { ignored.push(`at=${view.cell.join(",")}`); view.cell = null; return; }
      const issues = view.set === "issues";
      const rows = cross.behind(set, found, ...place);
      rows.sort((a, b) => (issues ? set.columns.month[b] - set.columns.month[a] : set.weight(b) - set.weight(a)) || a - b);
      const total = rows.reduce((sum, i) => sum + set.weight(i), 0);
      const names = issues ? [text("title"), ...ISSUE_COLUMNS.map((key) => dimName(view, key))]
        : [...FEEDBACK_COLUMNS.map((key) => dimName(view, key)), text("count")];
      records.append(
        make("h2", { tabindex: "-1", id: "cross-records" }, text("records", {
          cell: [...new Set([groupName(found.rows, place[0]), groupName(found.cols, place[1])])].join(" · "), count: number(total) })),
        make("div", { class: "qloop-scroll" }, make("table", { class: `qloop-table ${issues ? "qloop-table--cards" : "qloop-cross__rows"}` },
          make("caption", {}, text(`records-${view.set}`)),
          make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name)))),
          make("tbody", {}, ...rows.slice(0, SHOWN).map(issues ? issueRow : feedbackRow)))));
      if (rows.length > SHOWN) records.append(make("p", { class: "qloop-meta" }, text("more", { count: number(rows.length - SHOWN) })));
    };

    /* ---- choices ---- */
    const choice = (label, options, value, act) => {
      const control = make("select", { "aria-label": label }, ...options.map(([id, name]) => make("option", { value: id, selected: id === value }, name)));
      control.addEventListener("change", () => act(control.value));
      return make("label", {}, make("span", {}, label), control);
    };
    const choose = (key) => (value) => { view[key] = value; view.cell = null; changed(); };
    const dims = () => [...set.dims.keys()].map((key) => [key, dimName(view, key)]);
    const axis = (key, opposite) => choice(text(key), dims(), view[key], (value) => {
      if (value === view[opposite]) view[opposite] = view[key]; // the same twice: they change places
      choose(key)(value);
    });
    const months = (key) => choice(text(key), [["", text("all")], ...set.dims.get("month").values], view[key], (value) => {
      if (key === "from" && value && view.to && value > view.to) view.to = value;
      if (key === "to" && value && view.from && value < view.from) view.from = value;
      choose(key)(value);
    });
    const filterChoice = () => {
      const button = make("button", { type: "button", class: "qloop-button", disabled: true }, text("add"));
      let key = "", value = "";
      const values = make("span", { class: "qloop-cross__value" });
      const pickValue = () => {
        value = "";
        button.disabled = true;
        const options = key ? [...set.dims.get(key).values.map(([, name], i) => [String(i), name]), [String(cross.NONE), text("none")]] : [];
        values.replaceChildren(choice(text("filter-value"), [["", text("pick")], ...options], "", (chosen) => { value = chosen; button.disabled = chosen === ""; }));
      };
      pickValue();
      button.addEventListener("click", () => {
        view.filters.set(key, (view.filters.get(key) ?? new Set()).add(Number(value)));
        view.cell = null;
        changed();
      });
      return [choice(text("filter"), [["", text("pick")], ...dims()], "", (chosen) => { key = chosen; pickValue(); }), values, button];
    };
    const chips = () => filterNames().map(({ key, value, name }) => {
      const chip = make("button", { type: "button", class: "qloop-button qloop-cross__chip", "aria-label": text("remove", { filter: name }) }, `${name} ✕`);
      chip.addEventListener("click", () => {
        view.filters.get(key).delete(value);
        if (!view.filters.get(key).size) view.filters.delete(key);
        view.cell = null;
        changed();
      });
      return chip;
    });
    const named = (group, ids) => ids.map((id) => [id, text(`${group}.${id}`)]);
    const controls = () => {
      const reset = make("button", { type: "button", class: "qloop-button" }, text("reset"));
      reset.addEventListener("click", () => { view = cross.start(view.set); changed(); });
      const measures = cross.MEASURES.filter((id) => id !== "rate" || set.units);
      const count = make("p", { class: "qloop-filter__count", role: "status" },
        text(`count-${view.set}`, { count: number(found.counts.total) }));
      return make("form", { class: "qloop-filter", "aria-label": text("form") },
        choice(text("set"), named("sets", cross.SETS), view.set, (value) => { view = null; show(`?set=${value}`, true); }),
        axis("rows", "cols"), axis("cols", "rows"),
        choice(text("measure"), named("measures", measures), view.measure, choose("measure")),
        months("from"), months("to"), choice(text("sort"), named("sorts", cross.SORTS), view.sort, choose("sort")),
        ...filterChoice(), reset, ...chips(), count);
    };

    /* ---- drawing ---- */
    const draw = () => {
      // the choices are made anew; who came by keyboard goes on where they were
      const all = () => [...body.querySelectorAll("form :is(select, button)")];
      const focused = all().indexOf(document.activeElement);
      found = cross.tally(set, view);
      showRecords();
      const words = [];
      if (ignored.length) words.push(text("ignored", { values: ignored.join(" ") }));
      if (view.measure === "rate" && !found.rates) words.push(text("no-rate"));
      say(words.join(" "));
      const empty = make("p", { class: "qloop-empty" }, text("nothing"));
      const frame = make("div", { class: "qloop-scroll", tabindex: "0", role: "region", "aria-labelledby": "cross-caption" }, table());
      const title = make("p", { class: "qloop-cross__caption", id: "cross-caption" }, caption());
      body.replaceChildren(controls(), title, ...(found.matching.length ? [frame, legend(), records] : [empty]));
      if (focused >= 0) (all()[focused] ?? all()[0]).focus();
      body.hidden = false;
      fallback.hidden = true;
    };
    const keep = () => {
      const query = cross.write(view, set), url = new URL(location.href);
      const find = url.searchParams.get("find");
      if (find) query.set("find", find);
      url.search = query;
      if (url.href !== location.href) history.replaceState(history.state, "", url);
      const link = document.getElementById("qloop-cross-link");
      if (link) link.textContent = url.href;
    };
    const changed = () => { ignored = []; draw(); keep(); };
    let asked = 0;
    const show = async (search, ours = false) => {
      const mine = ++asked;
      if (!set) say(text("loading"));
      try {
        const loaded = await cross.load(new URL(box.dataset[cross.setOf(search)], location.href).href);
        if (mine !== asked) return;
        set = loaded;
        ({ view, ignored } = cross.read(search, set));
        draw();
        keep();
        if (ours) body.querySelector("select")?.focus();
      } catch (error) {
        if (mine !== asked) return;
        console.warn(error);
        body.hidden = true;
        fallback.hidden = false;
        say(text("failed"));
      }
    };
    window.addEventListener("popstate", () => { if (box.isConnected) show(location.search); });
    show(location.search);
  };

  const box = document.getElementById("qloop-cross");
  if (box && !box.dataset.ready) {
    box.dataset.ready = "1";
    attach(box);
  }
})();
