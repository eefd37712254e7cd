/* Copy buttons: the exact text of an element, with a word of confirmation. */
(() => {
  "use strict";
  const { text, onPage, make } = window.qloop;

  const fallback = (value) => {
    const area = make("textarea", { readonly: true, style: "position:fixed;opacity:0;inset:0 auto auto 0" });
    area.value = value;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy refused");
  };

  const copy = async (value) => {
    // navigator.clipboard is missing on plain http, where factories often open an intranet copy.
    if (!navigator.clipboard) return fallback(value);
    try { return await navigator.clipboard.writeText(value); } catch { return fallback(value); }
  };

  const attach = (button) => {
    if (!button.textContent.trim()) button.textContent = text("copy.label");
    const label = button.textContent;
    const language = button.closest("[data-tab-label]")?.dataset.tabLabel;
    if (language) button.setAttribute("aria-label", `${label} ${language}`);
    const status = make("span", { class: "qloop-hidden", role: "status" });
    button.after(status);
    let timer = 0;
    const say = (key, state) => {
      button.textContent = text(key);
      button.dataset.state = state;
      status.textContent = text(key);
      clearTimeout(timer);
      timer = setTimeout(() => { button.textContent = label; delete button.dataset.state; status.textContent = ""; }, 2500);
    };
    button.addEventListener("click", async () => {
      const source = document.querySelector(button.dataset.qloopCopy);
      try {
        await copy(source.textContent.replace(/\n$/, ""));
        say("copy.done", "done");
      } catch {
        say("copy.failed", "failed");
      }
    });
  };

  onPage(() => document.querySelectorAll("[data-qloop-copy]:not([data-ready])").forEach((button) => {
    button.dataset.ready = "1";
    attach(button);
  }));
})();
