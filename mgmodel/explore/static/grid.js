// A table that is sorted by any of its columns and changes in place; and the cells that act.

const MOST_ROWS = 300; // what a page still scrolls smoothly; the filter finds the others

// A table that can be sorted by each column and filtered. A column is {word, value(now, place), text(now,
// place)} or {word, value, control(now, place)}; value is what is sorted by, and without it nothing is. A
// `wide` column holds long texts.
function makeSortable(columns, makeHead, showHead) {
  const caption = h("caption", { class: "mgm-sr" });
  const heads = columns.map((column, index) => makeColumnHead(column, () => sortBy(index)));
  const body = h("tbody");
  const rows = keepRows(body);
  const thead = h("thead", {}, h("tr", {}, ...heads.map((head) => head.element)));
  const element = h("div", { class: "mgm-grid" }, h("table", {}, caption, thead, body));
  let now = null;
  let places = []; // all that pass the filter, in the order shown
  let sort = { column: null, way: 1, holds: true };
  let collator = null;

  function compare(a, b) {
    const value = columns[sort.column].value;
    const [one, other] = [value(now, a), value(now, b)];
    const by = typeof one === "string" ? collator.compare(one, other) : one - other;
    return by * sort.way || a - b;
  }
  function sortBy(index) {
    const again = sort.column === index && sort.holds;
    sort = { column: index, way: again ? -sort.way : 1, holds: true };
    places = [...places].sort(compare);
    showSort();
    showRows();
  }
  // A row never jumps away under the pointer: where an act has changed the order, the table says so.
  function stillSorted() {
    if (sort.column === null || !sort.holds) return;
    sort.holds = places.every((place, index) => !index || compare(places[index - 1], place) <= 0);
    if (!sort.holds) showSort();
  }
  function showSort() {
    heads.forEach((head, index) => head.mark(index === sort.column && sort.holds ? sort.way : 0));
  }
  function makeRow(place) {
    const head = makeHead(now, place);
    const cells = columns.slice(1).map((column) => column.control?.(now, place) ?? { element: null });
    const boxes = cells.map((cell, index) =>
      h("td", { class: columns[index + 1].wide ? "mgm-wide-cell" : null }, cell.element)
    );
    return { element: h("tr", {}, head.element, ...boxes), head, cells, boxes };
  }
  function showRow(row, place) {
    showHead(now, row.head, place, row.element);
    columns.slice(1).forEach((column, index) => {
      if (column.text) setText(row.boxes[index], column.text(now, place));
      row.cells[index].show?.(now);
    });
  }
  function showRows() {
    rows.show(places.slice(0, MOST_ROWS), (place) => place, makeRow, showRow);
  }

  return {
    element,
    fill(next, title) {
      now = next;
      collator = new Intl.Collator(now.book.language, { numeric: true });
      setText(caption, title);
      heads.forEach((head) => head.fill(now.words));
      rows.empty();
      showSort();
    },
    // Which rows there are: again only when that changes, for it puts them in order anew.
    list(next, wanted) {
      now = next;
      places = sort.column === null ? wanted : [...wanted].sort(compare);
      sort.holds = true;
      showSort();
      showRows();
    },
    show(next) {
      now = next;
      stillSorted();
      showRows();
    },
    counts: () => [Math.min(places.length, MOST_ROWS), places.length],
  };
}

function makeColumnHead(column, onSort) {
  if (!column.value) {
    const element = h("th", { scope: "col" });
    return { element, fill: (words) => setText(element, words.say(column.word)), mark() {} };
  }
  const text = h("span");
  const glyph = h("span", { "aria-hidden": "true", class: "mgm-sort" });
  const button = actButton(onSort);
  button.append(text, glyph);
  const element = h("th", { scope: "col", "aria-sort": "none" }, button);
  return {
    element,
    fill: (words) => setText(text, words.say(column.word)),
    mark(way) {
      setAttribute(element, "aria-sort", { 1: "ascending", "-1": "descending", 0: "none" }[way]);
      setText(glyph, { 1: "▲", "-1": "▼", 0: "↕" }[way]);
    },
  };
}

// ---- cells ----------------------------------------------------------------------------------------
// A tick that does `act` and takes it back with `undo`; it is named by what it does and to what.
function tick(send, act, undo, value, isOn, nameOf) {
  const element = h("input", {
    type: "checkbox",
    onchange: () => send(element.checked ? act : undo, value),
  });
  return {
    element,
    show(now) {
      element.checked = isOn(now.view);
      setAttribute(element, "aria-label", nameOf(now));
    },
  };
}

function rowButton(send, act, value, word, labelOf) {
  const element = actButton(() => send(act, value));
  return {
    element,
    show(now) {
      setText(element, now.words.say(word));
      setAttribute(element, "aria-label", `${now.words.say(word)}: ${labelOf(now)}`);
    },
  };
}

function rowHead() {
  const text = h("span");
  const badges = h("span", { class: "mgm-badges" });
  return { element: h("th", { scope: "row" }, text, badges), text, badges };
}

function showRowHead(now, head, row, label, badges, current) {
  setText(head.text, label);
  setText(head.badges, badges.map((key) => now.words.say(key)).join(", "));
  head.badges.hidden = !badges.length;
  row.classList.toggle("mgm-marked", badges.length > 0);
  setAttribute(head.element, "aria-current", current ? "true" : null);
}
