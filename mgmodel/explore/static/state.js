// The View and every act on it, in the page: the twin of mgmodel/explore/views.py and state.py, held
// equal by tests/browser/test_state_js.py. A View is a frozen object of ids, with the names that its
// parts have in Python; an act gives another one. Nothing here paints or answers.

const CLICK_MEANINGS = ["switch_off", "hold", "source", "target"];
const WAYS = ["both", "up", "down"];
const LANGUAGES = ["en", "nl", "sv"];

const DEFAULTS = Object.freeze({
  drawing: "whole",
  source: null,
  target: null,
  push: 1,
  switched_off: [],
  held: [],
  route: null,
  arrow: null,
  click: "switch_off",
  language: "en",
  cut: [],
  flipped: [],
  evidence: "documents",
  focus: null,
  steps: 1,
  way: "both",
  without_layers: [],
  hidden: [],
  loop: null,
  why: null,
  beside: null,
});

// What cannot be chosen. Its words are looked up when it is said, in the language of that moment;
// a value {node} or {edge} is a number and is said by its name, a list is joined.
class Refusal extends Error {
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
    this.problems = [this];
  }

  static all(problems) {
    const one = new Refusal(problems[0].key, problems[0].values);
    one.problems = problems;
    return one;
  }
}

function refusalInWords(words, book, error) {
  if (!(error instanceof Refusal)) return error.message;
  const named = (value) => {
    if (Array.isArray(value)) return words.join(value);
    if (typeof value !== "object") return value;
    return value.node === undefined ? book.edges[value.edge].arrow : book.nodes[value.node].name;
  };
  const sentence = ({ key, values }) =>
    words.say(key, Object.fromEntries(Object.entries(values).map(([k, v]) => [k, named(v)])));
  return error.problems.map(sentence).join(" ");
}

// What acts and codes ask of a map, looked up once: numbers by id, and how Views become numbers.
function makeChart(atlas) {
  const chart = {
    atlas,
    nodes: numbersOf(atlas.nodes),
    edges: numbersOf(atlas.edges.map(({ id }) => id)),
  };
  chart.codec = makeCodec(chart);
  return chart;
}

// Where an id stands twice, its first place counts.
function numbersOf(ids) {
  const numbers = new Map();
  ids.forEach((id, number) => numbers.has(id) || numbers.set(id, number));
  return numbers;
}

const openView = (parts = {}) => Object.freeze({ ...DEFAULTS, ...parts });
const sameView = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// The View, and the one beside it, with these preferences.
function withPreferences(view, click, language) {
  const beside = view.beside && withPreferences(view.beside, click, language);
  return openView({ ...view, click, language, beside });
}

const bareView = (view) => withPreferences(view, DEFAULTS.click, DEFAULTS.language);

// ---- which Views a map can show -------------------------------------------------------------------

function checkedView(chart, view) {
  checkIds(chart, view);
  checkRanges(chart, view);
  checkPairs(chart, view);
  if (view.beside !== null) {
    if (view.beside.beside !== null) throw new Refusal("code.beside_beside");
    checkedView(chart, view.beside);
  }
  return view;
}

function checkIds({ atlas, nodes, edges }, view) {
  const known = (ids, kind, isKnown) => {
    for (const id of ids)
      if (id !== null && !isKnown(id)) throw new Error(`There is no ${kind} ${inPython(id)}.`);
  };
  const fixed = [...view.switched_off, ...view.held];
  known([view.drawing], "drawing", (id) => atlas.drawings.includes(id));
  known([view.source, view.target, ...fixed, view.focus, view.why], "node", (id) => nodes.has(id));
  known([...view.cut, ...view.flipped, view.arrow], "arrow", (id) => edges.has(id));
  known(view.hidden, "node or arrow", (id) => nodes.has(id) || edges.has(id));
  known(view.without_layers, "kind of statement", (id) => atlas.layers.includes(id));
}

function checkRanges({ atlas }, view) {
  for (const [name, allowed] of [
    ["push", [1, -1]],
    ["click", CLICK_MEANINGS],
    ["language", LANGUAGES],
    ["evidence", atlas.bars],
    ["steps", [1, 2, 3]],
    ["way", WAYS],
  ])
    if (!allowed.includes(view[name])) {
      const choices = allowed.map(inPython).join(", ");
      throw new Error(`${name} is ${inPython(view[name])}; it must be one of ${choices}.`);
    }
  for (const [name, what] of [
    ["route", "paths"],
    ["loop", "loops"],
  ])
    if (view[name] !== null && !(Number.isInteger(view[name]) && view[name] >= 0))
      throw new Error(`${name} is ${inPython(view[name])}; ${what} are counted from 0.`);
}

function checkPairs({ nodes, edges }, view) {
  if (view.source !== null && view.source === view.target)
    throw new Refusal("code.same_ends", { node: { node: nodes.get(view.source) } });
  for (const id of inBoth(view.switched_off, view.held))
    throw new Refusal("code.off_and_held", { node: { node: nodes.get(id) } });
  for (const id of inBoth(view.cut, view.flipped))
    throw new Refusal("code.cut_and_flipped", { arrow: { edge: edges.get(id) } });
}

const inBoth = (ids, others) => [...new Set(ids)].filter((id) => others.includes(id)).sort();

// ---- acts -----------------------------------------------------------------------------------------

// what is chosen already keeps its place, so that choosing it again changes nothing
const withIds = (ids, ...more) => [...new Set([...ids, ...more])];
const withoutIds = (ids, ...gone) => ids.filter((id) => !gone.includes(id));
const eachId = (ids) => (typeof ids === "string" ? [ids] : ids);

function offSet(view, node, on) {
  const switched_off = on ? withIds(view.switched_off, node) : withoutIds(view.switched_off, node);
  const held = on ? withoutIds(view.held, node) : view.held;
  return { ...view, switched_off, held, route: null };
}

function heldSet(view, node, on) {
  const held = on ? withIds(view.held, node) : withoutIds(view.held, node);
  const switched_off = on ? withoutIds(view.switched_off, node) : view.switched_off;
  return { ...view, switched_off, held, route: null };
}

function arrowSet(view, arrow, as) {
  const set = (name) => (as === name ? withIds : withoutIds)(view[name], arrow);
  return { ...view, cut: set("cut"), flipped: set("flipped"), route: null };
}

const CLICKED = {
  switch_off: (view, node) => offSet(view, node, !view.switched_off.includes(node)),
  hold: (view, node) => heldSet(view, node, !view.held.includes(node)),
  source: (view, node) => ({ ...view, source: node || null, route: null }),
  target: (view, node) => ({ ...view, target: node || null, route: null }),
};

const ACTS = {
  draw: (view, value) => ({ ...view, drawing: value }),
  source: CLICKED.source,
  target: CLICKED.target,
  push: (view, value) => ({ ...view, push: value, route: null }),
  click: (view, node) => CLICKED[view.click](view, node),
  click_means: (view, value) => withPreferences(view, value, view.language),
  switch_off: (view, node) => offSet(view, node, true),
  hold: (view, node) => heldSet(view, node, true),
  restore: (view, node) => heldSet(offSet(view, node, false), node, false),
  cut: (view, arrow) => arrowSet(view, arrow, "cut"),
  flip: (view, arrow) => arrowSet(view, arrow, "flipped"),
  mend: (view, arrow) => arrowSet(view, arrow, ""),
  evidence: (view, value) => ({ ...view, evidence: value, route: null }),
  focus: (view, node) => ({ ...view, focus: node || null }),
  steps: (view, value) => ({ ...view, steps: value }),
  way: (view, value) => ({ ...view, way: value }),
  layer_off: (view, layer) => ({ ...view, without_layers: withIds(view.without_layers, layer) }),
  layer_on: (view, layer) => ({ ...view, without_layers: withoutIds(view.without_layers, layer) }),
  hide: (view, ids) => ({ ...view, hidden: withIds(view.hidden, ...eachId(ids)) }),
  show: (view, ids) => ({
    ...view,
    hidden: ids === null ? [] : withoutIds(view.hidden, ...eachId(ids)),
  }),
  highlight: (view, route) => ({ ...view, route, loop: route === null ? view.loop : null }),
  loop: (view, loop) => ({ ...view, loop, route: loop === null ? view.route : null }),
  card: (view, arrow) => ({ ...view, arrow }),
  why: (view, node) => ({ ...view, why: node || null }),
  beside: (view, on) => ({ ...view, beside: on ? openView({ ...view, beside: null }) : null }),
  language: (view, value) => withPreferences(view, view.click, value),
};

// The View after one act; throws where it leads to no View of this map.
function acted(chart, view, action, value = null) {
  if (!Object.hasOwn(ACTS, action)) throw new Error(`There is no action ${inPython(action)}.`);
  return checkedView(chart, openView(ACTS[action](view, value)));
}

// The opening question again, in the drawing and with the preferences chosen since.
function resetView(view, opening) {
  const again = withPreferences(opening, view.click, view.language);
  return openView({ ...again, drawing: view.drawing });
}

// ---- as a line of Python --------------------------------------------------------------------------

const ARGUMENTS = {
  drawing: "view",
  ...Object.fromEntries(["source", "target", "push", "switched_off", "held"].map((n) => [n, n])),
  ...Object.fromEntries(["cut", "flipped", "evidence", "language"].map((n) => [n, n])),
};

// The line that opens the explorer on this View; its code is written where a part would be lost.
function asPython(view, code) {
  const differs = (name) => JSON.stringify(view[name]) !== JSON.stringify(DEFAULTS[name]);
  const written = Object.keys(ARGUMENTS).filter((name) => name === "drawing" || differs(name));
  const parts = written.map((name) => `${ARGUMENTS[name]}=${inPython(view[name])}`);
  const others = Object.keys(DEFAULTS).filter((name) => !(name in ARGUMENTS) && name !== "click");
  if (code && others.some(differs)) parts.push(`code=${inPython(code)}`);
  return `explore_map(${["model", ...parts].join(", ")})`;
}

// A value as Python writes it.
function inPython(value) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `(${value.map(inPython).join(", ")}${value.length === 1 ? "," : ""})`;
  if (typeof value !== "string") return String(value);
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const special = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", [quote]: `\\${quote}` };
  return quote + [...value].map((sign) => special[sign] ?? sign).join("") + quote;
}
