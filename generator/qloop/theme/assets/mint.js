/* "Report a similar issue": the built page cannot know the day, so the id is minted when the reader clicks. */
(() => {
  "use strict";

  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford base32, as in generator/qloop/records/ids.py

  const mint = (prefix, day) => {
    const random = crypto.getRandomValues(new Uint8Array(3));
    return `${prefix}-${day.slice(2).replaceAll("-", "")}-${Array.from(random, (n) => ALPHABET[n % 32]).join("")}`;
  };

  const today = () => {
    const now = new Date();
    return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-qloop-mint]");
    if (!link) return;
    const prefix = link.dataset.qloopMint;
    const day = today();
    const id = mint(prefix, day);
    link.dataset.qloopHref ||= link.href;
    const url = new URL(link.dataset.qloopHref);
    url.pathname = url.pathname.replace(/\/issues\/\d{4}$/, `/issues/${day.slice(0, 4)}`);
    for (const [key, value] of [...url.searchParams]) {
      const filled = value.replaceAll(`${prefix}-yymmdd-xxx`, id).replace(/^opened:/m, `opened: ${day}`);
      url.searchParams.set(key, filled);
    }
    link.href = url.href;
  });
})();
