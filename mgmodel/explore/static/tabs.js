// The panels beside the drawing as tabs, of which one is open; and the small parts that all panels
// are made of. A panel that is not open is neither filled nor painted.

// ---- parts of panels ------------------------------------------------------------------------------
function actButton(onclick, attributes = {}) {
  return h("button", { type: "button", onclick, ...attributes });
}

function setAttribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

// The children of `parent`, one an item: those that were there stay and are only updated, so that
// focus and selection live on. make(item) -> {element, ...}; update(row, item, index).
function keepRows(parent) {
  let rows = new Map();
  return {
    show(items, keyOf, make, update = () => {}) {
      const next = new Map();
      items.forEach((item, index) => {
        const key = keyOf(item, index);
        const row = rows.get(key) ?? make(item, index);
        next.set(key, row);
        update(row, item, index);
      });
      rows = next;
      const wanted = [...next.values()].map((row) => row.element);
      const same =
        wanted.length === parent.children.length &&
        wanted.every((element, index) => element === parent.children[index]);
      if (same) return;
      const held = parent.getRootNode().activeElement;
      const inside = held && held !== parent && parent.contains(held);
      parent.replaceChildren(...wanted);
      if (!inside) return;
      const stays = held.isConnected ? held : parent.closest("[role=tabpanel]");
      stays?.focus({ preventScroll: true });
    },
    empty() {
      rows = new Map();
      parent.replaceChildren();
    },
    rows: () => rows,
  };
}

const placesByAtlas = new WeakMap();

// Where each node and each arrow stands in the map's order, by id.
function placesOf(atlas) {
  if (!placesByAtlas.has(atlas)) {
    placesByAtlas.set(atlas, {
      nodes: new Map(atlas.nodes.map((id, place) => [id, place])),
      edges: new Map(atlas.edges.map((edge, place) => [edge.id, place])),
    });
  }
  return placesByAtlas.get(atlas);
}

const edgePlace = (now, edge) =>
  typeof edge === "number" ? edge : placesOf(now.atlas).edges.get(edge);

// Letters as a person may type them: without capitals, accents and kinds of dashes.
function foldText(text) {
  return String(text)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ø", "o")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .replace(/[\s\u2010-\u2015_-]+/gu, " ")
    .trim();
}

const namesOf = (node) => (Array.isArray(node.names) ? node.names : String(node.names).split("\n"));

// A verdict in words with how sure it is: "rises, robust".
function verdictText(now, node) {
  const [verdict, strength] = now.told.nodes[node] ?? [];
  if (!verdict) return "";
  const word = now.words.say(`verdict.word.${verdict}`);
  const graded = strength && (verdict === "rises" || verdict === "falls");
  return graded ? `${word}, ${now.words.say(`strength.word.${strength}`)}` : word;
}

const countsText = (now, supporting, opposing) =>
  now.words.say("card.counts", {
    supporting: now.words.number(supporting),
    opposing: now.words.number(opposing),
  });

// What a document says and what a reader has verified are two things: two marks, each in words.
function makeMarks() {
  const described = h("span", { class: "mgm-mark" });
  const verified = h("span", { class: "mgm-mark" });
  const paint = (now, mark, on, [yes, no], [full, hollow]) => {
    setText(mark, on ? `${full} ${now.words.say(yes)}` : `${hollow} ${now.words.say(no)}`);
    mark.dataset.on = String(Boolean(on));
  };
  return {
    element: h("span", { class: "mgm-marks" }, described, verified),
    show(now, of) {
      paint(now, described, of.described, ["card.described", "page.not_described"], ["■", "□"]);
      paint(now, verified, of.verified, ["card.verified", "page.not_verified"], ["◆", "◇"]);
    },
  };
}

const ARROW_CHOICES = ["mend", "cut", "flip"];

function arrowChoice(view, id) {
  return view.cut.includes(id) ? "cut" : view.flipped.includes(id) ? "flip" : "mend";
}

// The three switches of one arrow: as drawn, without it, turned round.
function makeArrowSwitch(name, id, send) {
  const radios = makeRadios(name, ARROW_CHOICES, (choice) => send(choice, id));
  const [, , turned] = radios.element.querySelectorAll("input");
  return {
    element: radios.element,
    show(now) {
      const words = ["page.as_drawn", "page.without", "page.turned"].map((key) => now.words.say(key));
      const place = edgePlace(now, id);
      radios.fill(now.book.edges[place].arrow, words);
      radios.choose(arrowChoice(now.view, id));
      const { effect } = now.atlas.edges[place];
      turned.disabled = effect !== "increases" && effect !== "decreases"; // no sign to turn round
    },
  };
}

// ---- the tabs -------------------------------------------------------------------------------------
const PANEL_MAKERS = () => [
  ["paths", "explore.paths", makePathsPanel],
  ["why", "page.tab_why", makeWhyPanel],
  ["card", "card.title", makeCardPanel],
  ["loops", "page.tab_loops", makeLoopsPanel],
  ["table", "page.tab_table", makeTablePanel],
  ["focus", "page.tab_focus", makeFocus],
  ["evidence", "heading.evidence", makeEvidencePanel],
  ["compare", "page.tab_compare", makeComparePanel],
  ["history", "page.tab_history", makeHistoryPanel],
  ["help", "page.tab_help", makeHelpPanel],
];
const OPENED_BY = { card: "arrow", why: "why" }; // an act, and the field of the View that it fills

function makeTabs(id, send) {
  let open = "paths";
  let now = null;
  let seen = { arrow: null, why: null };
  let mine = null; // what a panel has just sent, until it is painted

  const tabs = new Map(
    PANEL_MAKERS().map(([name, word, make]) => {
      const tab = actButton(() => choose(name), {
        role: "tab",
        id: `${id}-tab-${name}`,
        "aria-controls": `${id}-panel-${name}`,
      });
      const part = make(`${id}-${name}`, sendFromPanel);
      const panel = h(
        "div",
        {
          role: "tabpanel",
          id: `${id}-panel-${name}`,
          "aria-labelledby": tab.id,
          tabindex: "0",
          class: `mgm-tabpanel mgm-tabpanel-${name}`,
        },
        part.element
      );
      return [name, { word, tab, part, panel, stale: true }];
    })
  );
  const order = [...tabs.keys()];
  const list = h(
    "div",
    { role: "tablist", class: "mgm-tablist", onkeydown: onKey },
    ...order.map((name) => tabs.get(name).tab)
  );
  const element = h("div", { class: "mgm-tabs" }, list, ...order.map((name) => tabs.get(name).panel));
  mark();

  // A panel that opens another one takes the focus along: its own button is about to vanish.
  function sendFromPanel(action, value = null) {
    const field = OPENED_BY[action];
    mine = {
      opens: Boolean(field) && value !== null,
      from: open,
      until: performance.now() + 500,
    };
    const same = mine.opens && now && now.view[field] === value;
    send(action, value);
    if (same) follow(action);
  }

  function follow(name) {
    const moves = mine?.opens && mine.from !== name;
    mine = null;
    choose(name);
    if (moves) tabs.get(name).tab.focus({ preventScroll: true });
  }

  function choose(name) {
    if (name === open) return;
    open = name;
    mark();
    paint();
  }

  function mark() {
    for (const [name, { tab, panel }] of tabs) {
      setAttribute(tab, "aria-selected", name === open);
      setAttribute(tab, "tabindex", name === open ? 0 : -1);
      panel.hidden = name !== open;
    }
  }

  function paint() {
    if (!now) return;
    const one = tabs.get(open);
    if (one.stale) one.part.fill(now);
    one.stale = false;
    one.part.show(now);
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = order.indexOf(open);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    choose(order[(to + order.length) % order.length]);
    tabs.get(open).tab.focus({ preventScroll: true });
    event.preventDefault();
  }

  // A card or a Why that was asked for opens its tab; one that comes back with a step of the
  // history does not take the list of steps away.
  function openWhatWasAsked() {
    if (mine && performance.now() > mine.until) mine = null; // it came to nothing
    for (const [name, field] of Object.entries(OPENED_BY)) {
      const value = now.view[field];
      const other = value !== seen[field];
      seen = { ...seen, [field]: value };
      if (other && value !== null && (!mine || mine.opens)) follow(name);
    }
    mine = null;
  }

  return {
    element,
    fill(next) {
      now = next;
      setAttribute(list, "aria-label", now.words.say("page.tabs"));
      for (const one of tabs.values()) {
        one.stale = true;
        setText(one.tab, now.words.say(one.word));
      }
    },
    show(next) {
      now = next;
      openWhatWasAsked();
      paint();
    },
    open: choose,
    opened: () => open,
  };
}
