// Finding a node by any of its names, and looking at a part of the map: the rest is dimmed.

const MOST_FOUND = 12;

const foldedByBook = new WeakMap();

// All names of each node, as they are looked in: [[name, folded], ...].
function foldedNames(book) {
  if (!foldedByBook.has(book)) {
    const named = (node) => [...new Set([node.label, ...namesOf(node)])];
    foldedByBook.set(
      book,
      book.nodes.map((node) => named(node).map((name) => [name, foldText(name)]))
    );
  }
  return foldedByBook.get(book);
}

// Nodes whose name holds the words, best first: [{place, name}] with the name that was matched.
function findNodes(book, text) {
  const wanted = foldText(text);
  if (!wanted) return [];
  const found = [];
  foldedNames(book).forEach((names, place) => {
    let best = null;
    for (const [name, folded] of names) {
      const rank = matchRank(folded, wanted);
      if (rank !== null && (best === null || rank < best.rank)) best = { rank, name };
    }
    if (best) found.push({ place, ...best });
  });
  return found.sort((a, b) => a.rank - b.rank || a.place - b.place);
}

function matchRank(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) ? 3 : null;
}

// A text field with a list of the nodes that answer to what is typed (the combobox of WAI-ARIA).
function makeSearch(id, send, { act = "focus", label: word = "explore.find" } = {}) {
  const label = h("label", { for: `${id}-search` });
  const field = h("input", {
    type: "search",
    id: `${id}-search`,
    role: "combobox",
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": `${id}-found`,
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => look(),
    onkeydown: onKey,
    onblur: () => shut(),
  });
  const list = h("ul", { role: "listbox", id: `${id}-found`, class: "mgm-found", hidden: true });
  const status = h("p", { class: "mgm-sr", role: "status" });
  let now = null;
  let found = [];
  let active = -1;

  function look() {
    found = findNodes(now.book, field.value);
    const { words } = now;
    const shown = found.slice(0, MOST_FOUND);
    list.replaceChildren(...shown.map(option));
    const more = found.length - shown.length;
    if (more) list.append(rest(words.say("page.found_more", { n: words.number(more) })));
    const typed = field.value.trim() !== "";
    if (typed && !found.length) list.append(rest(words.say("explore.nothing_found")));
    list.hidden = !typed;
    setAttribute(field, "aria-expanded", shown.length > 0);
    setText(status, typed ? words.sayCount("page.found", found.length) : "");
    point(-1);
  }
  const rest = (text) => h("li", { role: "presentation", class: "mgm-note", text });

  function option({ place, name }, index) {
    const { label: own } = now.book.nodes[place];
    const by = name === own ? "" : now.words.say("page.found_as", { name });
    return h(
      "li",
      {
        role: "option",
        id: `${id}-found-${index}`,
        "aria-selected": "false",
        onpointerdown: (event) => event.preventDefault(), // the field keeps the focus
        onclick: () => take(index),
      },
      h("span", { text: own }),
      by ? h("span", { class: "mgm-note", text: ` ${by}` }) : null
    );
  }
  function point(index) {
    active = index;
    [...list.querySelectorAll("[role=option]")].forEach((one, place) => {
      setAttribute(one, "aria-selected", place === index);
      if (place === index) one.scrollIntoView({ block: "nearest" });
    });
    setAttribute(field, "aria-activedescendant", index < 0 ? null : `${id}-found-${index}`);
  }
  function shut() {
    list.hidden = true;
    setAttribute(field, "aria-expanded", false);
    point(-1);
  }
  function take(index) {
    const one = found[index];
    if (!one) return;
    field.value = now.book.nodes[one.place].label;
    shut();
    send(act, now.atlas.nodes[one.place]);
  }
  function onKey(event) {
    const options = Math.min(found.length, MOST_FOUND);
    const steps = { ArrowDown: active + 1, ArrowUp: active < 0 ? options - 1 : active - 1 };
    if (event.key in steps) {
      if (list.hidden) look();
      const count = Math.min(found.length, MOST_FOUND);
      if (count) point((steps[event.key] + count) % count);
    } else if (event.key === "Enter" && !list.hidden) take(Math.max(0, active));
    else if (event.key === "Escape" && !list.hidden) shut();
    else return;
    event.preventDefault();
    if (event.key === "Escape") event.stopPropagation();
  }

  return {
    element: h(
      "div",
      { class: "mgm-field mgm-search" },
      label,
      h("div", { class: "mgm-search-box" }, field, list),
      status
    ),
    fill(next) {
      now = next;
      setText(label, now.words.say(word));
      setAttribute(list, "aria-label", now.words.say("explore.nodes"));
      shut();
    },
    show(next) {
      now = next;
    },
    focus: () => field.focus(),
  };
}

// ---- focus ----------------------------------------------------------------------------------------
const FOCUS_WAYS = ["both", "up", "down"];
const FOCUS_STEPS = ["1", "2", "3"];

function makeFocus(id, send) {
  const search = makeSearch(`${id}-part`, send);
  const told = h("p", { role: "status" });
  const clear = actButton(() => {
    send("focus", null);
    search.focus();
  });
  const steps = makeRadios(`${id}-steps`, FOCUS_STEPS, (value) => send("steps", Number(value)));
  const way = makeRadios(`${id}-way`, FOCUS_WAYS, (value) => send("way", value));
  const legend = h("legend");
  const ticks = h("div", { class: "mgm-ticks" });
  const layers = new Map();

  function makeTick(now, layer) {
    const input = h("input", {
      type: "checkbox",
      onchange: () => send(input.checked ? "layer_on" : "layer_off", layer),
    });
    layers.set(layer, input);
    return h("label", { class: "mgm-tick" }, input, h("span", { text: now.book.layers[layer] }));
  }

  return {
    element: h(
      "div",
      {},
      search.element,
      told,
      h("p", { class: "mgm-buttons" }, clear),
      steps.element,
      way.element,
      h("fieldset", { class: "mgm-layers" }, legend, ticks)
    ),
    fill(now) {
      const { words } = now;
      search.fill(now);
      setText(clear, words.say("page.focus_none"));
      steps.fill(words.say("page.steps"), FOCUS_STEPS);
      way.fill(
        words.say("page.way"),
        ["page.way_both", "page.way_up", "page.way_down"].map((key) => words.say(key))
      );
      setText(legend, words.say("page.layers"));
      layers.clear();
      ticks.replaceChildren(...now.atlas.layers.map((layer) => makeTick(now, layer)));
    },
    show(now) {
      search.show(now);
      const { view, words, book, atlas } = now;
      const node = view.focus === null ? null : book.nodes[placesOf(atlas).nodes.get(view.focus)];
      setText(
        told,
        node ? words.say("page.focused", { label: node.label }) : words.say("page.focused_not")
      );
      clear.disabled = !node;
      steps.choose(String(view.steps));
      way.choose(view.way);
      for (const [layer, input] of layers) input.checked = !view.without_layers.includes(layer);
    },
  };
}
