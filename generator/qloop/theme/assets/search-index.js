/* Finding: reads the index that generator/qloop/publish/search writes, only the files that a query needs. No DOM here;
   search.js is the box. Cutting (terms.py), places (places.py), numbers (shape.py), bits (postings.py, rice.py) and
   cards (cards.py) are told there; change both sides together. */
(() => {
  "use strict";
  const { root } = window.qloop;

  const SHOWN = 12;   // results; each costs a small file
  const WIDE = 8;     // term files read for a lone beginning such as "2": beyond, results are some of many
  const LONGEST = 30, MANY = 31, LONG = 24, RAW = 44, LENGTH_CLASSES = 8, CHECKSUM = 4;
  const ALIAS = 3, TITLE = 4, TITLE_START = 5, ID = 6;
  const FREQUENCY = [1, 2.5, 5, 5, 6, 6, 8]; // by place: what a token there counts for, in occurrences
  const K1 = 1.2, B = 0.75;                  // BM25's usual constants

  /* ---- words ---- */
  const CJK = "\\u3005-\\u3007\\u3041-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uac00-\\ud7af\\u{20000}-\\u{3ffff}";
  const CJK_RUN = new RegExp(`^[${CJK}]`, "u");
  const WORD = `(?:(?![${CJK}])[\\p{L}\\p{N}])+`;
  const RUNS = new RegExp(`[${CJK}]+|\\p{Nd}+(?:\\.\\p{Nd}+)+|${WORD}(?:[-_'’‐‑–]${WORD})*`, "gu");

  const fold = (value) => value.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");
  const letters = (value) => value.replace(/[^\p{L}\p{N}]/gu, "");
  const joined = (value) => letters(fold(value));
  const short = (token) => [...token].slice(0, LONGEST).join("");

  // What a reader typed → tokens that must all be there, each as the beginning of an indexed one.
  const tokens = (value) => [...new Set((fold(value).match(RUNS) ?? []).flatMap((run) => {
    if (CJK_RUN.test(run)) {
      const characters = [...run];
      return characters.length === 1 ? [run] : characters.slice(1).map((next, i) => characters[i] + next);
    }
    if (/^\p{Nd}+\./u.test(run)) return [short(run)];
    const plain = letters(run.normalize("NFD"));
    return plain.length > 1 || /\p{N}/u.test(plain) ? [short(plain)] : [];
  }))];

  /* ---- files ---- */
  const utf8 = new TextEncoder();
  const hex = (token) => Array.from(utf8.encode(token), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const asked = async (name, options) => {
    const response = await fetch(new URL(`search/${name}`, root), options);
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  };

  let index = null; // a promise of index.json with what was read since, asked for at the first focus
  const load = () => {
    index ??= asked("index.json", { cache: "no-cache" }).then((response) => response.json()).then((head) => ({
      ...head, names: head.chunks.map(hex), kinds: Object.keys(head.kinds), files: new Map(),
      count: Object.values(head.kinds).reduce((sum, count) => sum + count, 0),
    }));
    const mine = index;
    mine.catch(() => { if (index === mine) index = null; });
    return index;
  };

  const body = (head, name) => {
    if (!head.files.has(name)) {
      head.files.set(name, asked(`${name}?v=${head.version}`)
        .then(async (response) => new Uint8Array(await response.arrayBuffer(), CHECKSUM)));
    }
    return head.files.get(name);
  };

  /* ---- term files ---- */
  // A cursor over bytes: numbers of seven bits a byte.
  const cursor = (bytes, at = 0) => ({
    bytes, at,
    byte() { return this.bytes[this.at++]; },
    number() {
      let value = 0, unit = 1, byte;
      do { byte = this.byte(); value += (byte & 127) * unit; unit *= 128; } while (byte > 127);
      return value;
    },
    take(length) { this.at += length; return this.bytes.subarray(this.at - length, this.at); },
  });

  const documents = function* (bytes, count, first, k) {
    let at = 0, number = first;
    const bit = () => (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
    const bits = (length) => { let value = 0; for (let i = 0; i < length; i++) value = value * 2 + bit(); return value; };
    yield number;
    for (let i = 1; i < count; i++) {
      let ones = 0;
      while (ones < LONG && bit()) ones++;
      number += ones < LONG ? ones * 2 ** k + bits(k) : bits(RAW);
      yield number;
    }
  };

  const addPostings = (bytes, hashBits, places) => {
    for (const read = cursor(bytes); read.at < bytes.length;) {
      const lead = read.byte();
      const count = (lead & MANY) === MANY ? read.number() : lead & MANY;
      const first = read.number();
      const run = count > 1 ? read.take(Math.ceil(read.number() / 8)) : bytes;
      const k = Math.max(0, hashBits + Math.clz32(count) - 31);
      for (const number of documents(run, count, first, k)) {
        places.set(number, Math.max(places.get(number) ?? 0, lead >> 5));
      }
    }
  };

  const addEntries = (bytes, wanted, exact, hashBits, places) => {
    for (const read = cursor(bytes); read.at < bytes.length;) {
      const token = read.take(read.number());
      const postings = read.take(read.number());
      const fits = token.length >= wanted.length && wanted.every((byte, i) => token[i] === byte);
      if (fits && (!exact || token.length === wanted.length)) addPostings(postings, hashBits, places);
    }
  };

  // The documents of a token, or of all tokens that begin with it: place by document, and whether these are all.
  const lookup = async (head, token, { exact = false, most = Infinity } = {}) => {
    const name = hex(token);
    const after = head.names.findIndex((other) => other > name);
    const first = Math.max((after < 0 ? head.names.length : after) - 1, 0);
    let end = first + 1;
    while (!exact && end < head.names.length && head.names[end].startsWith(name)) end++;
    const names = head.names.slice(first, Math.min(end, first + most));
    const places = new Map();
    const files = await Promise.all(names.map((other) => body(head, `terms/${other}.bin`)));
    for (const bytes of files) addEntries(bytes, utf8.encode(token), exact, head.hash_bits, places);
    return { places, all: end - first <= most };
  };

  /* ---- order ---- */
  const lengthClass = (head, document) => Math.floor(document / 2 ** head.hash_bits) % LENGTH_CLASSES;
  const kindOf = (head, document) =>
    head.kinds[Math.floor(document / (2 ** head.hash_bits * LENGTH_CLASSES)) % head.kinds.length];

  const scorer = (head, found) => {
    const average = head.length / head.count;
    const weights = found.map(({ places }) => Math.log(1 + (head.count - places.size + 0.5) / (places.size + 0.5)));
    const norms = Array.from({ length: LENGTH_CLASSES }, (_, i) => K1 * (1 - B + B * ((i ? 12 * 2 ** i : 8) / average)));
    return (document) => found.reduce((sum, { places }, i) => {
      const frequency = FREQUENCY[places.get(document)] ?? 0;
      return sum + weights[i] * frequency * (K1 + 1) / (frequency + norms[lengthClass(head, document)]);
    }, 0);
  };

  // What rank() will say, as far as places tell: decides which cards are read.
  const level = (places) => {
    const worst = Math.min(...places);
    if (worst >= ID) return 1;
    if (worst >= TITLE) return places[0] >= TITLE_START ? 2 : 3;
    return worst >= ALIAS ? 4 : 5;
  };

  // Lower is better: the record itself, the start of its id, the words in its title, in its names, elsewhere.
  const rank = (card, value) => {
    const whole = joined(value);
    const names = [card.id, ...card.aliases].map(joined);
    const title = joined(card.title);
    if (names.includes(whole)) return 0;
    if (names[0].startsWith(whole) || names[0].endsWith(whole)) return 1;
    if (title.startsWith(whole)) return 2;
    if (title.includes(whole)) return 3;
    return names.some((name) => name.includes(whole)) ? 4 : 5;
  };

  const card = async (head, document) => {
    const bytes = await body(head, `cards/${(document % head.card_files).toString(16)}.bin`);
    const found = JSON.parse(new TextDecoder().decode(bytes))[document];
    if (!found) throw new Error(`no card ${document}`); // files of two builds
    const [id, kind, url, title, excerpt, status, language, aliases] = found;
    return { id, kind, url, title, excerpt, status, language, aliases };
  };

  const query = async (head, value, kind) => {
    const wanted = tokens(value);
    if (!wanted.length) return { rows: [], count: 0, more: false };
    const most = wanted.length === 1 ? WIDE : Infinity; // with several, a part of one's documents would hide results
    const [own, ...found] = await Promise.all([
      lookup(head, short(`=${joined(value)}`), { exact: true }), ...wanted.map((token) => lookup(head, token, { most })),
    ]);
    const [rarest] = [...found].sort((a, b) => a.places.size - b.places.size);
    const everywhere = [...rarest.places.keys()].filter((document) => found.every(({ places }) => places.has(document)));
    const score = scorer(head, found);
    const hits = [...new Set([...own.places.keys(), ...everywhere])]
      .filter((document) => !kind || kindOf(head, document) === kind)
      .map((document) => ({
        document, score: score(document),
        level: own.places.has(document) ? 0 : level(found.map(({ places }) => places.get(document))),
      }))
      .sort((a, b) => a.level - b.level || b.score - a.score || a.document - b.document);
    const cards = await Promise.all(hits.slice(0, SHOWN).map(async (hit) => ({ ...hit, ...(await card(head, hit.document)) })));
    const rows = cards.map((row) => ({ ...row, rank: rank(row, value) }))
      .sort((a, b) => a.rank - b.rank || b.score - a.score || a.id.localeCompare(b.id));
    return { rows, count: hits.length, more: !found.every(({ all }) => all) };
  };

  // The best rows for what a reader typed, how many there are in all, and whether there are still more.
  const find = async (value, kind) => {
    const mine = load();
    try {
      return await query(await mine, value, kind);
    } catch {
      if (index === mine) index = null; // the site was published anew since this page was opened: once more
      return query(await load(), value, kind);
    }
  };

  window.qloop.index = { load, find, tokens };
})();
