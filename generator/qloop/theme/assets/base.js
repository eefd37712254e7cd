/* Shared by the other scripts: texts of the page's language, the site's root, and running on every page. */
(() => {
  "use strict";

  const json = (id) => {
    const element = document.getElementById(id);
    return element ? JSON.parse(element.textContent) : {};
  };
  const texts = json("qloop-texts");
  const config = json("__config");

  // text("search.count", {count: 3}): the words of texts/<language>/theme.yml with {names} filled in.
  const text = (path, values = {}) => {
    const found = path.split(".").reduce((level, key) => (level || {})[key], texts);
    return String(found ?? path).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  };

  // Relative to the page that loaded this script, so it is resolved once, before any instant navigation.
  const root = new URL((config.base ?? ".").replace(/\/*$/, "/"), location.href);

  // Calls start once per page: after loading, and again when Material swaps the content of the page.
  const onPage = (start) => {
    if (window.document$) window.document$.subscribe(() => start());
    else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start());
    else start();
  };

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  };

  const stored = (key) => {
    try { return localStorage.getItem(`qloop.${key}`); } catch { return null; }
  };
  const store = (key, value) => {
    try { localStorage.setItem(`qloop.${key}`, value); } catch { /* private window: the choice lasts for this page */ }
  };

  window.qloop = { text, texts, root, onPage, make, stored, store };

  // What scrolls sideways in its frame must be reachable by keyboard.
  onPage(() => document.querySelectorAll(".qloop-scroll, figure.qloop-chart").forEach((frame) => {
    if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
  }));

  // The drawer's button is a label (Material's way); it must answer to the space bar and say its state.
  onPage(() => {
    const button = document.querySelector("[data-qloop-drawer]");
    const toggle = document.getElementById("__drawer");
    if (!button || !toggle || button.dataset.ready) return;
    button.dataset.ready = "1";
    const say = () => button.setAttribute("aria-expanded", String(toggle.checked));
    toggle.addEventListener("change", say);
    say();
    button.addEventListener("keydown", (event) => {
      if (event.key === " ") { event.preventDefault(); button.click(); }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && toggle.checked) { toggle.click(); button.focus(); }
    });
  });
})();
