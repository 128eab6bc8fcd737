"use strict";
// Without this script the page shows everything; it adds filtering, sorting, links to copy and a choice of light or dark.
(() => {
  const root = document.documentElement;
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  const theme = document.querySelector(".theme");
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  if (theme) {
    theme.hidden = false;
    theme.setAttribute("aria-pressed", String(dark()));
    theme.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      theme.setAttribute("aria-pressed", String(dark()));
    });
  }

  each(".copy", (button) => {
    const name = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const place = new URL(location.href);
      place.hash = button.dataset.place;
      history.replaceState(null, "", place);
      try {
        await navigator.clipboard.writeText(place.href);
        button.textContent = button.ownerDocument.body.dataset.copied;
      } catch {
        button.textContent = place.href;
      }
      setTimeout(() => { button.textContent = name; }, 3000);
    });
  });

  const closed = new Set();
  addEventListener("beforeprint", () => each("details:not([open])", (one) => { closed.add(one); one.open = true; }));
  addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); closed.clear(); });

  const place = (hash) => {
    try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch { return null; } // a stray % in it
  };
  const table = document.querySelector(".overview");
  const form = document.querySelector(".controls");
  if (!table || !form) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const count = form.querySelector(".count");
  const filter = () => {
    const text = form.elements.text.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = (!form.elements.outcome.value || row.dataset.outcome === form.elements.outcome.value)
        && (!form.elements.confidence.value || row.dataset.confidence === form.elements.confidence.value)
        && row.textContent.toLocaleLowerCase().includes(text);
      const article = place(row.querySelector("a").hash);
      row.hidden = !fits;
      if (article) article.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count.textContent = document.body.dataset.shown.replace("{shown}", shown).replace("{all}", rows.length);
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
  const reveal = () => {
    const article = place(location.hash);
    if (article && article.hidden) { form.reset(); filter(); article.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);

  const levels = ["high", "moderate", "low", "–"];
  const key = { number: (text) => Number(text), text: (text) => text.replace(/^[^\p{L}\p{N}]+/u, "").toLocaleLowerCase(), order: (text) => levels.indexOf(text) };
  each(".overview th[data-sort]", (head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      each(".overview th[aria-sort]", (other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = (row) => key[head.dataset.sort](row.cells[head.cellIndex].textContent.trim());
      rows.sort((a, b) => { const [x, y] = [value(a), value(b)]; return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1); });
      body.append(...rows);
    });
  });
})();
