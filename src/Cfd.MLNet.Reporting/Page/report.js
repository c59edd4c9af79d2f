"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const say = (key, ...holes) => document.body.dataset[key].replace(/\{(\d)\}/g, (_, hole) => holes[hole]);
  const make = (name, text, action) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (action) {
      made.type = "button";
      made.className = "small-button";
      made.addEventListener("click", action);
    }
    return made;
  };
  const mark = document.documentElement.lang === "de" ? "," : ".";

  // A cell as data: numbers without the marks that are for readers, all else as it stands.
  const plain = cell => cell.textContent.replace(/\s+/g, " ").trim();
  const number = text => {
    const found = /^([+−-]?[\d.,]+(?:e[+−-]?\d+)?)( %|$| [–obtv/(\d])/.exec(text);
    if (!found) return NaN;
    const digits = found[1].replace(/−/g, "-").replaceAll(mark === "," ? "." : ",", "").replace(",", ".");
    const share = /^(\d+) \D+ (\d+)$/.exec(text);
    return share ? share[1] / share[2] : Number(digits);
  };
  const value = cell => cell.classList.contains("tick") ? String(cell.firstChild.checked)
    : cell.classList.contains("n") && /^[+−-]?[\d.,]+( %)?$/.test(plain(cell)) ? String(number(plain(cell))) + (plain(cell).endsWith("%") ? " %" : "") : plain(cell);

  // State of a table in the address: #people?sort=logit&up=1&outcome=…
  const state = new Map();
  const remember = (section, changes) => {
    const one = state.get(section) ?? new URLSearchParams();
    for (const [key, text] of Object.entries(changes)) {
      if (text === "") one.delete(key);
      else one.set(key, text);
    }
    state.set(section, one);
    history.replaceState(null, "", one.size ? `#${section}?${one}` : `#${section}`);
  };

  // Sorting: a button in each heading; empty cells last, whichever way.
  const sort = (table, heading, up) => {
    const headings = [...table.tHead.rows[0].cells], column = headings.indexOf(heading);
    headings.forEach(other => other.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map(row => {
      const cell = row.cells[column], text = cell.classList.contains("tick") ? String(cell.firstChild.checked) : plain(cell);
      return { row, text, number: number(text), empty: text === "" || text === "–" };
    });
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
    rows.sort((a, b) => a.empty || b.empty ? a.empty - b.empty
      : (Number.isNaN(a.number) || Number.isNaN(b.number) ? order.compare(a.text, b.text) : a.number - b.number) * (up ? 1 : -1));
    table.tBodies[0].append(...rows.map(one => one.row));
  };

  // Boxes to tick off reviewed labels, kept on the device.
  for (const bar of all("[data-review]")) {
    const table = bar.parentNode.querySelector("table"), key = `cfd-reviewed-${bar.dataset.review}`, output = bar.querySelector("output");
    let ticked = new Set();
    try { ticked = new Set(JSON.parse(localStorage.getItem(key)) ?? []); } catch { /* no storage: the boxes hold until the page closes */ }
    const boxes = [];
    const show = () => { output.textContent = say("reviewed", boxes.filter(box => box.checked).length, boxes.length); };
    const heading = make("th", "");
    heading.scope = "col";
    heading.dataset.key = "reviewed";
    const button = make("button", say("tickColumn"));
    button.type = "button";
    heading.append(button);
    table.tHead.rows[0].append(heading);
    heading.className = "tick";
    for (const row of table.tBodies[0].rows) {
      const name = plain(row.cells[0]), box = make("input", "");
      box.type = "checkbox";
      box.checked = ticked.has(name);
      box.setAttribute("aria-label", say("tick", name));
      row.classList.toggle("reviewed", box.checked);
      box.addEventListener("change", () => {
        row.classList.toggle("reviewed", box.checked);
        if (box.checked) ticked.add(name);
        else ticked.delete(name);
        try { localStorage.setItem(key, JSON.stringify([...ticked])); } catch { /* as above */ }
        show();
      });
      row.insertCell().append(box);
      row.lastChild.className = "tick";
      boxes.push(box);
    }
    bar.hidden = false;
    show();
  }

  // Each table: sorted by its headings; copied and saved as it stands.
  const csv = text => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const neutral = text => /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  for (const table of all("table[data-table]")) {
    const section = table.closest("section").id;
    for (const heading of table.tHead.rows[0].cells) {
      heading.firstElementChild.addEventListener("click", () => {
        const up = heading.getAttribute("aria-sort") !== "ascending";
        sort(table, heading, up);
        remember(section, { sort: heading.dataset.key, up: up ? "1" : "0" });
      });
    }
    const lines = () => [table.tHead.rows[0], ...[...table.tBodies[0].rows].filter(row => !row.hidden)]
      .map((row, index) => [...row.cells].map(cell => index === 0 ? plain(cell) : value(cell)));
    const tools = make("div", "");
    tools.className = "tools";
    const copy = make("button", say("copy"), async () => {
      const text = lines().map(line => line.map(cell => neutral(cell).replaceAll("\t", " ")).join("\t")).join("\n");
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        const area = make("textarea", text);
        document.body.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
      copy.textContent = say("copied");
      setTimeout(() => { copy.textContent = say("copy"); }, 1500);
    });
    const save = make("button", say("csv"), () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\uFEFF", lines().map(line => line.map(cell => csv(neutral(cell))).join(",")).join("\r\n"), "\r\n"], { type: "text/csv" }));
      link.download = `${table.id.replace("-table", "")}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
    tools.append(copy, save);
    table.parentNode.after(tools);
  }

  // Filters: a row stays where all of them hold.
  const filters = all("form[data-filters]").map(form => {
    const table = document.getElementById(form.dataset.filters), fields = all("[data-filter]", form), output = form.querySelector("output");
    const keys = [...table.tHead.rows[0].cells].map(cell => cell.dataset.key);
    const apply = () => {
      const wanted = fields.filter(field => field.value !== "").map(field => [field.dataset.filter, field.value]);
      let shown = 0;
      const rows = table.tBodies[0].rows;
      for (const row of rows) {
        row.hidden = !wanted.every(([key, text]) => key === "text" ? row.textContent.toLowerCase().includes(text.toLowerCase()) : plain(row.cells[keys.indexOf(key)]) === text.replace(/\s+/g, " ").trim());
        if (!row.hidden) shown++;
      }
      output.textContent = say("shown", shown, rows.length);
    };
    form.hidden = false;
    form.addEventListener("submit", event => event.preventDefault());
    form.addEventListener("input", () => {
      apply();
      remember(form.closest("section").id, Object.fromEntries(fields.map(field => [field.dataset.filter, field.value])));
    });
    apply();
    return { form, fields, apply };
  });
  const restore = () => {
    const [id, query] = location.hash.slice(1).split("?");
    if (query === undefined || !document.getElementById(id)) return;
    const one = new URLSearchParams(query), section = document.getElementById(id), table = section.querySelector("table[data-table]");
    state.set(id, one);
    const heading = table && [...table.tHead.rows[0].cells].find(cell => cell.dataset.key === one.get("sort"));
    if (heading) sort(table, heading, one.get("up") === "1");
    for (const { fields, apply } of filters.filter(filter => section.contains(filter.form))) {
      for (const field of fields) field.value = one.get(field.dataset.filter) ?? "";
      apply();
    }
    section.scrollIntoView();
  };
  restore();
  addEventListener("hashchange", () => {
    restore();
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.matches(".person")) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  });

  // What a heading means, when it is pointed at or focused.
  const help = make("div", "");
  help.className = "help";
  help.setAttribute("role", "tooltip");
  help.id = "help";
  help.hidden = true;
  document.body.append(help);
  const hide = () => { help.hidden = true; };
  for (const button of all("th button[title]")) {
    const text = button.title;
    button.removeAttribute("title");
    button.setAttribute("aria-description", text);
    const show = () => {
      help.textContent = text;
      help.hidden = false;
      const box = button.getBoundingClientRect();
      help.style.left = `${Math.max(8, Math.min(box.left, innerWidth - help.offsetWidth - 8))}px`;
      help.style.top = `${box.top - help.offsetHeight - 8 > 0 ? box.top - help.offsetHeight - 8 : box.bottom + 8}px`;
    };
    button.addEventListener("mouseenter", show);
    button.addEventListener("focus", show);
    button.addEventListener("mouseleave", hide);
    button.addEventListener("blur", hide);
  }
  addEventListener("keydown", event => { if (event.key === "Escape") hide(); });

  // The map: one stop of the Tab key a lane, then arrow keys from mark to mark.
  for (const lane of all(".map .marks")) {
    const marks = all("a", lane).sort((a, b) => parseFloat(a.lastElementChild.getAttribute("cx")) - parseFloat(b.lastElementChild.getAttribute("cx")));
    if (marks.length) marks[0].tabIndex = 0;
    lane.addEventListener("keydown", event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const next = step && marks[marks.indexOf(document.activeElement) + step];
      if (!next) return;
      event.preventDefault();
      marks.forEach(one => { one.tabIndex = -1; });
      next.tabIndex = 0;
      next.focus();
    });
  }

  // Paper: one case alone, or everything with all parts open.
  for (const header of all(".person.found header")) {
    header.append(make("button", say("print"), () => {
      header.parentNode.classList.add("printed");
      document.body.classList.add("case");
      print();
    }));
  }
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details:not([open])");
    if (!document.body.classList.contains("case")) opened.forEach(one => { one.open = true; });
  });
  addEventListener("afterprint", () => {
    opened.forEach(one => { one.open = false; });
    document.body.classList.remove("case");
    all(".printed").forEach(one => one.classList.remove("printed"));
  });
})();
