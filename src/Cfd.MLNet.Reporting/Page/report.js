"use strict";
(() => {
  // Sorting: a button in each heading; cells sort by data-sort, else by their text.
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.sort ?? cell.textContent.trim();
  };
  const compare = (a, b) => {
    if (a === "" || a === "–") return b === "" || b === "–" ? 0 : 1;
    if (b === "" || b === "–") return -1;
    const x = Number(a.replaceAll(",", "")), y = Number(b.replaceAll(",", ""));
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, undefined, { numeric: true }) : x - y;
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      heading.setAttribute("aria-sort", "none");
      heading.querySelector("button").addEventListener("click", () => {
        const up = heading.getAttribute("aria-sort") !== "ascending";
        headings.forEach(other => other.setAttribute("aria-sort", "none"));
        heading.setAttribute("aria-sort", up ? "ascending" : "descending");
        const known = row => !["", "–"].includes(value(row, column));
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => compare(value(a, column), value(b, column)) * (up || !known(a) || !known(b) ? 1 : -1));
        table.tBodies[0].append(...rows);
      });
    });
  }

  // Filters: a row stays where all of them hold.
  for (const form of document.querySelectorAll("form[data-filters]")) {
    const rows = [...document.getElementById(form.dataset.filters).tBodies[0].rows];
    const output = form.querySelector("output");
    const apply = () => {
      const wanted = [...form.querySelectorAll("[data-filter]")].map(field => [field.dataset.filter, field.value]).filter(([, text]) => text !== "");
      let shown = 0;
      for (const row of rows) {
        row.hidden = !wanted.every(([name, text]) => name === "text"
          ? row.textContent.toLowerCase().includes(text.toLowerCase()) : row.dataset[name] === text);
        if (!row.hidden) shown++;
      }
      output.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`;
    };
    form.addEventListener("input", apply);
    form.addEventListener("submit", event => event.preventDefault());
    apply();
  }

  // Links to a counterfactual dataset open it; two buttons open or close all; printing opens all.
  const details = name => document.querySelectorAll(`details.${name}`);
  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", openTarget);
  openTarget();
  for (const button of document.querySelectorAll("[data-open], [data-close]")) {
    button.hidden = false;
    button.addEventListener("click", () => details(button.dataset.open ?? button.dataset.close).forEach(one => { one.open = "open" in button.dataset; }));
  }
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(one => { one.open = true; }));

  // Charts: as files, in the colours of the moment.
  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const standalone = svg => {
    const style = getComputedStyle(svg);
    const copy = svg.cloneNode(true);
    const box = svg.viewBox.baseVal;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    copy.setAttribute("style", `background:${getComputedStyle(svg.closest("section")).backgroundColor}`);
    return new XMLSerializer().serializeToString(copy)
      .replace(/var\((--\w+)\)/g, (_, name) => style.getPropertyValue(name).trim())
      .replaceAll("currentColor", style.color);
  };
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const svg = figure.querySelector("svg");
    const button = (text, action) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.setAttribute("aria-label", `Save the chart as ${text}`);
      made.addEventListener("click", action);
      figure.querySelector("figcaption").append(made);
    };
    button("SVG", () => save(new Blob([standalone(svg)], { type: "image/svg+xml" }), `${figure.dataset.chart}.svg`));
    button("PNG", () => {
      const image = new Image();
      image.onload = () => {
        const canvas = document.createElement("canvas");
        canvas.width = 2 * image.width;
        canvas.height = 2 * image.height;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(image.src);
        canvas.toBlob(blob => save(blob, `${figure.dataset.chart}.png`));
      };
      image.src = URL.createObjectURL(new Blob([standalone(svg)], { type: "image/svg+xml" }));
    });
  }
})();
