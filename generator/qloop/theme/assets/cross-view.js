/* Crossing: a view and the query string that keeps it. */
(() => {
  "use strict";
  const { cross } = window.qloop;
  const START = { issues: ["category", "status"], feedback: ["category", "month"] };
  const SETS = Object.keys(START), MEASURES = ["count", "share", "rate"], SORTS = ["auto", "total"];
  const ALL = "~all", NONE = "~none", OTHER = "~other";
  const FOREIGN = new Set(["find"]); // the search box's

  const start = (name) => ({
    set: name, rows: START[name][0], cols: START[name][1], measure: "count", from: "", to: "", sort: "auto",
    filters: new Map(), cell: null,
  });

  const setOf = (search) => {
    const asked = new URLSearchParams(search).get("set");
    return SETS.includes(asked) ? asked : SETS[0];
  };

  const nameOf = (dim, value) => (value === cross.NONE ? NONE : value === cross.OTHER ? OTHER : dim.values[value][0]);
  const valueOf = (dim, name) => (name === NONE ? cross.NONE : dim.index.get(name));

  // The view that a query string tells, and what of it nobody knows.
  const read = (search, set) => {
    const view = start(setOf(search)), ignored = [];
    const months = new Set(set.dims.get("month").values.map(([id]) => id));
    const known = {
      set: (value) => SETS.includes(value),
      rows: (value) => set.dims.has(value), cols: (value) => set.dims.has(value),
      measure: (value) => MEASURES.includes(value), sort: (value) => SORTS.includes(value),
      from: (value) => months.has(value), to: (value) => months.has(value), at_row: () => true, at_col: () => true,
    };
    const query = new URLSearchParams(search);
    for (const [key, value] of query) {
      if (FOREIGN.has(key)) continue;
      const dim = key.startsWith("f.") ? set.dims.get(key.slice(2)) : null;
      const index = dim ? valueOf(dim, value) : undefined;
      if (Object.hasOwn(known, key) && known[key](value)) {
        if (!key.startsWith("at_")) view[key] = value;
      } else if (index !== undefined) {
        view.filters.set(dim.key, (view.filters.get(dim.key) ?? new Set()).add(index));
      } else {
        ignored.push(`${key}=${value}`);
      }
    }
    if (view.rows === view.cols) {
      // only one of two equal ones can stay: the one that the link does not name gives way
      const key = query.has("cols") && !query.has("rows") ? "rows" : "cols";
      if (query.has("rows") && query.has("cols")) ignored.push(`cols=${view.cols}`);
      view[key] = other(set, view[key === "rows" ? "cols" : "rows"]);
    }
    if (view.from && view.to && view.from > view.to) [view.from, view.to] = [view.to, view.from];
    if (query.has("at_row") && query.has("at_col")) view.cell = [query.get("at_row"), query.get("at_col")];
    return { view, ignored };
  };

  const other = (set, key) => [...START[set.set], ...set.dims.keys()].find((name) => name !== key);

  // Only what differs from the start of its data set stands in the address.
  const write = (view, set) => {
    const first = start(view.set), query = new URLSearchParams();
    if (view.set !== SETS[0]) query.set("set", view.set);
    for (const key of ["rows", "cols", "measure", "from", "to", "sort"]) {
      if (view[key] !== first[key]) query.set(key, view[key]);
    }
    for (const [key, chosen] of view.filters) {
      for (const value of chosen) query.append(`f.${key}`, nameOf(set.dims.get(key), value));
    }
    if (view.cell) { query.set("at_row", view.cell[0]); query.set("at_col", view.cell[1]); }
    return query;
  };

  // A cell as a link names it: [row, column], each a value or all of a side; the numbers of its groups, or undefined.
  const nameGroup = (set, side, number) => (number === null ? ALL : nameOf(set.dims.get(side.key), side.groups[number].value));
  const cellName = (set, found, row, col) => [nameGroup(set, found.rows, row), nameGroup(set, found.cols, col)];
  const findGroup = (set, side, name) => {
    if (name === ALL) return null;
    const at = side.groups.findIndex((group) => nameOf(set.dims.get(side.key), group.value) === name);
    return at < 0 ? undefined : at;
  };
  const findCell = (set, found, [row, col]) => {
    const numbers = [findGroup(set, found.rows, row), findGroup(set, found.cols, col)];
    return numbers.includes(undefined) ? undefined : numbers;
  };

  // The list of all issues with the same filters, "" where it cannot say what the cell says.
  const listLink = (address, listed, set, view, found, row, col) => {
    if (view.set !== "issues" || view.from || view.to) return "";
    const query = new Map([...view.filters].map(([key, chosen]) => [key, [...chosen]]));
    for (const [side, number] of [[found.rows, row], [found.cols, col]]) {
      if (number !== null) query.set(side.key, [...side.groups[number].values]);
    }
    if (![...query].every(([key, values]) => listed.includes(key) && values.length === 1 && values[0] >= 0)) return "";
    const text = new URLSearchParams([...query].map(([key, [value]]) => [key, set.dims.get(key).values[value][0]]));
    return query.size ? `${address}?${text}` : address;
  };

  Object.assign(cross, { SETS, MEASURES, SORTS, start, setOf, read, write, other, cellName, findCell, listLink });
})();
