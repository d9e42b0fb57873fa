// The drawing as two tables: every node and every arrow, with all that can be done to them.

const VERDICT_ORDER = ["rises", "falls", "depends", "unchanged", "no_route", "fixed"];

// ---- what the cells hold --------------------------------------------------------------------------
const factsByBook = new WeakMap();

// What does not change with a question: neighbours, counts, the texts that a filter looks in.
function factsOf({ atlas, book }) {
  if (factsByBook.has(book)) return factsByBook.get(book);
  const nodes = atlas.nodes.map((_, place) => ({
    ins: 0,
    outs: 0,
    near: new Set(),
    text: foldText([book.nodes[place].label, ...namesOf(book.nodes[place])].join("\n")),
  }));
  const edges = atlas.edges.map(({ source, target }, place) => {
    nodes[source].outs += 1;
    nodes[target].ins += 1;
    if (source !== target) {
      nodes[source].near.add(target);
      nodes[target].near.add(source);
    }
    return { text: foldText(`${book.edges[place].arrow} ${nodes[source].text} ${nodes[target].text}`) };
  });
  factsByBook.set(book, { nodes, edges });
  return factsByBook.get(book);
}

const MOST_NEIGHBOURS = 10;

function neighboursText(now, place) {
  const labels = [...factsOf(now).nodes[place].near].map((near) => now.book.nodes[near].label);
  if (labels.length <= MOST_NEIGHBOURS) return labels.join(", ");
  const more = now.words.number(labels.length - MOST_NEIGHBOURS);
  return `${labels.slice(0, MOST_NEIGHBOURS).join(", ")} ${now.words.say("page.and_more", { n: more })}`;
}

function share(now, place, index) {
  const told = now.told.nodes[place];
  return told ? told[index] : -1;
}
const shareText = (now, place, index) => {
  const part = share(now, place, index);
  return part < 0 ? "" : now.words.percent(part);
};
const verdictRank = (now, place) => {
  const [verdict] = now.told.nodes[place] ?? [];
  return VERDICT_ORDER.indexOf(verdict) - Math.max(0, share(now, place, 2), share(now, place, 3));
};

// ---- nodes ----------------------------------------------------------------------------------------
function nodeColumns(send) {
  const id = (now, place) => now.atlas.nodes[place];
  const label = (now, place) => now.book.nodes[place].label;
  const facts = (now, place) => factsOf(now).nodes[place];
  const fixing = (word, act, field) => ({
    word,
    value: (now, place) => (now.view[field].includes(id(now, place)) ? 0 : 1),
    control: (now, place) => {
      const node = id(now, place);
      const isOn = (view) => view[field].includes(node);
      return tick(send, act, "restore", node, isOn, (at) => `${at.words.say(word)}: ${label(at, place)}`);
    },
  });
  const counted = (word, count) => ({
    word,
    value: count,
    text: (now, place) => now.words.number(count(now, place)),
  });
  const shared = (word, index) => ({
    word,
    value: (now, place) => share(now, place, index),
    text: (now, place) => shareText(now, place, index),
  });
  return [
    { word: "heading.node", value: label },
    { word: "heading.verdict", value: verdictRank, text: (now, place) => verdictText(now, place) },
    fixing("explore.click_off", "switch_off", "switched_off"),
    fixing("explore.click_hold", "hold", "held"),
    shared("page.rises", 2),
    shared("page.falls", 3),
    counted("page.arrows_in", (now, place) => facts(now, place).ins),
    counted("page.arrows_out", (now, place) => facts(now, place).outs),
    {
      word: "page.neighbours",
      value: (now, place) => facts(now, place).near.size,
      text: neighboursText,
      wide: true,
    },
    {
      word: "page.actions",
      control: (now, place) => {
        const at = (then) => label(then, place);
        const both = [
          rowButton(send, "focus", id(now, place), "page.tab_focus", at),
          rowButton(send, "why", id(now, place), "page.tab_why", at),
        ];
        return {
          element: h("span", { class: "mgm-buttons" }, ...both.map((one) => one.element)),
          show: (then) => both.forEach((one) => one.show(then)),
        };
      },
    },
  ];
}

function showNodeHead(now, head, place, row) {
  const { view, told, atlas, book } = now;
  const id = atlas.nodes[place];
  const badges = [
    view.source === id ? "explore.source" : null,
    view.target === id ? "explore.target" : null,
    view.focus === id ? "page.in_focus" : null,
    told.lit_nodes.includes(place) ? "page.lit" : null,
  ].filter(Boolean);
  showRowHead(now, head, row, book.nodes[place].label, badges, view.focus === id);
}

// ---- arrows ---------------------------------------------------------------------------------------
function arrowColumns(send) {
  const edge = (now, place) => now.atlas.edges[place];
  const end = (which) => (now, place) => now.book.nodes[edge(now, place)[which]].label;
  const written = (word, text) => ({ word, value: text, text });
  const counted = (word, field) => ({
    word,
    value: (now, place) => edge(now, place)[field],
    text: (now, place) => now.words.number(edge(now, place)[field]),
  });
  const stated = (word, field, [full, hollow]) => ({
    word,
    value: (now, place) => (edge(now, place)[field] ? 0 : 1),
    text: (now, place) => {
      const yes = edge(now, place)[field];
      return `${yes ? full : hollow} ${now.words.say(yes ? "page.yes" : "page.no")}`;
    },
  });
  const changing = (word, act, field) => ({
    word,
    value: (now, place) => (now.view[field].includes(edge(now, place).id) ? 0 : 1),
    control: (now, place) => {
      const { id, effect } = edge(now, place);
      const isOn = (view) => view[field].includes(id);
      const name = (at) => `${at.words.say(word)}: ${at.book.edges[place].arrow}`;
      const made = tick(send, act, "mend", id, isOn, name);
      made.element.disabled = act === "flip" && effect !== "increases" && effect !== "decreases";
      return made;
    },
  });
  return [
    { word: "heading.source", value: end("source") },
    written("heading.effect", effectText),
    written("heading.target", end("target")),
    written("heading.grade", (now, place) => edge(now, place).grade),
    counted("page.for", "supporting"),
    counted("page.against", "opposing"),
    changing("page.without", "cut", "cut"),
    changing("page.turned", "flip", "flipped"),
    stated("card.described", "described", ["■", "□"]),
    stated("card.verified", "verified", ["◆", "◇"]),
    written("heading.layer", (now, place) => now.book.layers[edge(now, place).layer]),
    {
      word: "page.actions",
      control: (now, place) =>
        rowButton(send, "card", edge(now, place).id, "card.title", (at) => at.book.edges[place].arrow),
    },
  ];
}

function effectText(now, place) {
  const { effect, contested } = now.atlas.edges[place];
  const word = now.words.say(`effect.word.${effect}`);
  return contested ? `${word} (? ${now.words.say("card.contested").toLowerCase()})` : word;
}

function showArrowHead(now, head, place, row) {
  const { view, told, atlas, book } = now;
  const edge = atlas.edges[place];
  const badges = [
    view.arrow === edge.id ? "page.card_open" : null,
    told.lit_edges.includes(place) && view.arrow !== edge.id ? "page.lit" : null,
    told.faded_edges.includes(place) ? "page.faded" : null,
  ].filter(Boolean);
  showRowHead(now, head, row, book.nodes[edge.source].label, badges, view.arrow === edge.id);
}

// ---- the panel ------------------------------------------------------------------------------------
const SHEETS = ["nodes", "arrows"];

function makeTablePanel(id, send) {
  let now = null;
  let sheet = "nodes";
  let listed = null; // what the rows were last chosen by
  const choice = makeRadios(`${id}-sheet`, SHEETS, (value) => {
    sheet = value;
    show(now);
  });
  const label = h("label", { for: `${id}-find` });
  const find = h("input", { type: "search", id: `${id}-find`, oninput: () => now && show(now) });
  const drawn = h("input", { type: "checkbox", onchange: () => show(now) });
  const drawnText = h("span");
  const found = h("p", { class: "mgm-note", role: "status" });
  const grids = {
    nodes: makeSortable(nodeColumns(send), rowHead, showNodeHead),
    arrows: makeSortable(arrowColumns(send), rowHead, showArrowHead),
  };

  // Nodes and arrows that are hidden (by a scene that comes to them later) are not given away here.
  function wanted() {
    const { atlas, view } = now;
    const hidden = new Set(view.hidden);
    const text = foldText(find.value);
    const facts = factsOf(now)[sheet === "nodes" ? "nodes" : "edges"];
    const inDrawing = drawn.checked ? drawnPlaces(atlas, view.drawing, sheet) : null;
    const open = (place) => {
      if (sheet === "nodes") return !hidden.has(atlas.nodes[place]);
      const { id: own, source, target } = atlas.edges[place];
      return ![own, atlas.nodes[source], atlas.nodes[target]].some((one) => hidden.has(one));
    };
    return facts
      .map((_, place) => place)
      .filter((place) => open(place) && (!inDrawing || inDrawing.has(place)))
      .filter((place) => !text || facts[place].text.includes(text));
  }
  function show(next) {
    now = next;
    const { view, words } = now;
    choice.choose(sheet);
    for (const one of SHEETS) grids[one].element.hidden = one !== sheet;
    const grid = grids[sheet];
    const scope = drawn.checked ? view.drawing : "";
    const key = JSON.stringify([sheet, find.value, scope, view.hidden]);
    if (key === listed) grid.show(now);
    else grid.list(now, wanted());
    listed = key;
    const [shown, all] = grid.counts().map((count) => words.number(count));
    const cut = shown === all ? "" : ` ${words.say("page.use_filter")}`;
    setText(found, words.say("page.rows_shown", { shown, all }) + cut);
  }

  return {
    element: h(
      "div",
      {},
      h(
        "div",
        { class: "mgm-choices" },
        choice.element,
        h("div", { class: "mgm-field" }, label, find),
        h("label", { class: "mgm-tick" }, drawn, drawnText)
      ),
      found,
      grids.nodes.element,
      grids.arrows.element
    ),
    fill(next) {
      now = next;
      listed = null;
      const { words } = now;
      const titles = SHEETS.map((one) => words.say(`heading.${one}`));
      choice.fill(words.say("page.tab_table"), titles);
      setText(label, words.say("page.filter"));
      setText(drawnText, words.say("page.only_drawn"));
      SHEETS.forEach((one, index) => grids[one].fill(now, titles[index]));
    },
    show,
  };
}

function drawnPlaces(atlas, drawing, sheet) {
  const plan = atlas.plans[drawing];
  if (sheet === "nodes") return new Set(plan.nodes.map(([place]) => place));
  return new Set(plan.edges.map((edge) => edgePlace({ atlas }, edge.id)));
}
