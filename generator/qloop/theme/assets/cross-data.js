/* Crossing: reads api/v1/cross/*.json (generator/qloop/publish/files/cross.py) and counts. No DOM here; cross.js is the page. */
(() => {
  "use strict";
  const ROWS = 20, COLS = 12;
  const NONE = -1, OTHER = -2;
  const UNIT_DIMS = new Set(["month", "product", "market", "factory"]);
  const ORDERED = new Set(["month", "status", "severity"]);

  const many = (value) => (Array.isArray(value) ? value : [value]);

  // One data set: dims by key with the values and the value indexes of a row, and what a row weighs.
  const expand = (file) => {
    const columns = { ...file.columns };
    let units = null;
    if (file.factory_of) {
      const factory = (products) => products.map((product) => (product < 0 ? NONE : file.factory_of[product]));
      columns.factory = factory(columns.product);
      units = { ...file.units, factory: factory(file.units.product) };
    }
    const dims = new Map(Object.entries(file.values).map(([key, values]) => [key, {
      key, values, index: new Map(values.map(([id], i) => [id, i])), column: columns[key],
    }]));
    const size = columns.month.length;
    return { ...file, dims, units, size, columns, weight: (i) => (columns.count ? columns.count[i] : 1) };
  };

  const loads = new Map();
  const load = (address) => {
    if (!loads.has(address)) {
      const mine = fetch(address, { cache: "no-cache" }).then((response) => {
        if (!response.ok) throw new Error(`${address}: ${response.status}`);
        return response.json();
      }).then(expand);
      mine.catch(() => loads.delete(address));
      loads.set(address, mine);
    }
    return loads.get(address);
  };

  // The months of a view as indexes; both ends included.
  const monthTest = (set, view) => {
    const months = set.dims.get("month").values;
    const good = months.map(([id]) => (!view.from || id >= view.from) && (!view.to || id <= view.to));
    return (index) => index < 0 ? !view.from && !view.to : good[index];
  };

  // A row passes when it has one of the chosen values of each filtered dimension.
  const passing = (set, view, columns, only) => {
    const inPeriod = monthTest(set, view);
    const tests = [...view.filters].filter(([key]) => columns[key] && (!only || only.has(key)));
    return (i) => inPeriod(columns.month[i]) &&
      tests.every(([key, chosen]) => many(columns[key][i]).some((value) => chosen.has(value)));
  };

  // The groups along one side: the largest values (the latest months), what is left of them summed up as one.
  const side = (set, view, key, most, rows) => {
    const { column, values } = set.dims.get(key);
    const chosen = view.filters.get(key);
    const totals = new Map();
    for (const i of rows) {
      for (const value of many(column[i])) {
        if (!chosen || chosen.has(value)) totals.set(value, (totals.get(value) ?? 0) + set.weight(i));
      }
    }
    const place = (value) => (value === NONE ? values.length : value);
    const natural = view.sort === "auto" && ORDERED.has(key);
    const large = (a, b) => totals.get(b) - totals.get(a) || place(a) - place(b);
    const late = (a, b) => (a === NONE) - (b === NONE) || b - a;
    const found = [...totals.keys()].sort(natural && key === "month" ? late : large);
    const kept = found.slice(0, most), rest = found.slice(most);
    if (natural) kept.sort((a, b) => place(a) - place(b));
    if (!natural) kept.sort((a, b) => (a === NONE) - (b === NONE) || large(a, b));
    const groups = kept.map((value) => ({ value, values: new Set([value]) }));
    if (rest.length) groups.push({ value: OTHER, values: new Set(rest) });
    const at = new Map(groups.flatMap((group, i) => [...group.values].map((value) => [value, i])));
    const places = (columns) => (i) => {
      const own = many(columns[key][i]);
      if (own.length === 1) return at.has(own[0]) ? [at.get(own[0])] : [];
      return [...new Set(own.map((value) => at.get(value)).filter((value) => value !== undefined))];
    };
    return { key, groups, places, label: (group) => values[group.value]?.[1] };
  };

  const zeros = (rows, cols) => ({
    cells: Array.from({ length: rows }, () => new Array(cols).fill(0)),
    rows: new Array(rows).fill(0), cols: new Array(cols).fill(0), total: 0,
  });

  // A row with several values counts in each of its cells and once in every total.
  const addTo = (sums, inRows, inCols, weight) => {
    for (const r of inRows) {
      sums.rows[r] += weight;
      for (const c of inCols) sums.cells[r][c] += weight;
    }
    for (const c of inCols) sums.cols[c] += weight;
    sums.total += weight;
  };

  // {rows, cols: sides, counts, rates (null where units divide nothing), matching: rows of the data set}
  const tally = (set, view) => {
    const passes = passing(set, view, set.columns);
    const matching = [];
    for (let i = 0; i < set.size; i++) if (passes(i)) matching.push(i);
    const rows = side(set, view, view.rows, ROWS, matching), cols = side(set, view, view.cols, COLS, matching);
    const rowsOf = rows.places(set.columns), colsOf = cols.places(set.columns);
    const counts = zeros(rows.groups.length, cols.groups.length);
    const rated = zeros(rows.groups.length, cols.groups.length);
    for (const i of matching) {
      const inRows = rowsOf(i), inCols = colsOf(i);
      addTo(counts, inRows, inCols, set.weight(i));
      if (set.columns.rated?.[i]) addTo(rated, inRows, inCols, set.weight(i));
    }
    return { rows, cols, counts, rates: hasRate(set, view) ? rates(set, view, rows, cols, rated) : null, matching };
  };

  const divides = (key) => UNIT_DIMS.has(key);
  const hasRate = (set, view) => Boolean(set.units) && (divides(view.rows) || divides(view.cols));

  // Cases per 1,000 units; a side without units divides nothing: all its groups share the units of the other.
  const rates = (set, view, rows, cols, rated) => {
    const { units } = set;
    const sold = zeros(rows.groups.length, cols.groups.length);
    const passes = passing(set, view, units, UNIT_DIMS);
    const every = (one) => { const all = one.groups.map((_, i) => i); return () => all; };
    const rowsOf = UNIT_DIMS.has(rows.key) ? rows.places(units) : every(rows);
    const colsOf = UNIT_DIMS.has(cols.key) ? cols.places(units) : every(cols);
    for (let i = 0; i < units.units.length; i++) {
      if (passes(i)) addTo(sold, rowsOf(i), colsOf(i), units.units[i]);
    }
    const rate = (count, number) => (number ? count / number * 1000 : null);
    return {
      cells: rated.cells.map((line, r) => line.map((count, c) => rate(count, sold.cells[r][c]))),
      rows: rated.rows.map((count, r) => rate(count, sold.rows[r])),
      cols: rated.cols.map((count, c) => rate(count, sold.cols[c])),
      total: rate(rated.total, sold.total),
    };
  };

  // The rows behind a cell; null stands for all of a side.
  const behind = (set, found, row, col) => {
    const rowsOf = found.rows.places(set.columns), colsOf = found.cols.places(set.columns);
    return found.matching.filter((i) => (row === null || rowsOf(i).includes(row)) && (col === null || colsOf(i).includes(col)));
  };

  window.qloop.cross = { load, tally, behind, divides, many, NONE, OTHER };
})();
