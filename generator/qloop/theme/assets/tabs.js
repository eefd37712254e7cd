/* Tabs from sections that are all readable without this script. One choice is remembered per group name. */
(() => {
  "use strict";
  const { text, onPage, make, stored, store } = window.qloop;

  const groups = []; // every group of the page: groups of one name follow each other

  const choose = (group, name, focus) => {
    if (!group.tabs.some((tab) => tab.name === name)) return false;
    for (const tab of group.tabs) {
      const active = tab.name === name;
      tab.section.hidden = !active;
      tab.button.setAttribute("aria-selected", String(active));
      tab.button.tabIndex = active ? 0 : -1;
      if (active && focus) tab.button.focus();
    }
    return true;
  };

  const chooseAll = (group, name, focus) => {
    choose(group, name, focus);
    store(`tabs.${group.name}`, name);
    groups.filter((other) => other !== group && other.name === group.name).forEach((other) => choose(other, name, false));
  };

  const build = (root, number) => {
    const sections = [...root.querySelectorAll(":scope > section[data-tab]")];
    if (sections.length < 2) return;
    const list = make("div", { role: "tablist", class: "qloop-tablist", "aria-label": root.getAttribute("aria-label") ?? text("tabs.label") });
    const group = { name: root.dataset.qloopTabs, tabs: [] };
    for (const section of sections) {
      section.id ||= `qloop-tab-${number}-${section.dataset.tab}`;
      const button = make("button", { type: "button", role: "tab", id: `${section.id}--tab`, "aria-controls": section.id }, section.dataset.tabLabel);
      section.setAttribute("role", "tabpanel");
      section.setAttribute("aria-labelledby", button.id);
      const name = section.dataset.tab;
      button.addEventListener("click", () => chooseAll(group, name, false));
      group.tabs.push({ name, section, button });
      list.append(button);
    }
    list.addEventListener("keydown", (event) => {
      const now = group.tabs.findIndex((tab) => tab.button === document.activeElement);
      const last = group.tabs.length - 1;
      const next = { ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last }[event.key];
      if (now < 0 || next === undefined) return;
      event.preventDefault();
      chooseAll(group, group.tabs[next].name, true);
    });
    root.removeAttribute("aria-label");
    root.prepend(list);
    root.classList.add("qloop-tabs--on");
    groups.push(group);
    choose(group, sections[0].dataset.tab, false);
    choose(group, stored(`tabs.${group.name}`), false);
  };

  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    for (const group of groups) {
      const tab = group.tabs.find(({ section }) => id && (section.id === id || section.querySelector(`#${CSS.escape(id)}`)));
      if (tab) { choose(group, tab.name, false); document.getElementById(id).scrollIntoView(); }
    }
  };

  onPage(() => {
    groups.length = 0;
    document.querySelectorAll("[data-qloop-tabs]:not(.qloop-tabs--on)").forEach(build);
    follow();
  });
  window.addEventListener("hashchange", follow);
})();
