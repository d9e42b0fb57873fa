// Every View so far, undone and done again, each step named in words: the twin of
// mgmodel/explore/history.py, held equal by tests/browser/test_state_js.py. A history is a frozen
// {views, at, scene, notes}: the opening first, `at` on the screen, the scene of a talk or null, and
// what the last act had to leave out (refusals). All its views have the same preferences.

const MOST_STEPS = 100;
const MOST_SIGNS = 1000; // about as many characters may the codes of all steps have
const NAMED_PARTS = 3;
const ASKED_PARTS = [
  ...["drawing", "source", "target", "push", "switched_off", "held", "cut", "flipped", "evidence"],
];

const makeHistory = (parts) => Object.freeze({ at: 0, scene: null, notes: [], ...parts });
const openHistory = (view) => makeHistory({ views: [view] });
const viewOf = ({ views, at }) => views[at];

// The history after one act: one of ACTS, or undo, redo, step (place), reset, code (short code),
// file (its text), scene (its number among `scenes`, which are codes; null for none). Throws where it
// leads to no View of this map.
function historyActed(chart, history, action, value = null, opening = history.views[0], scenes = []) {
  const moved = { undo: history.at - 1, redo: history.at + 1, step: value };
  if (Object.hasOwn(moved, action))
    return makeHistory({ ...history, at: placeIn(history, action, moved[action]), notes: [] });
  if (action === "scene" && value === null) return makeHistory({ ...history, scene: null, notes: [] });
  const view = viewOf(history);
  let [after, notes, { scene }] = [null, [], history];
  if (action === "reset") after = checkedView(chart, resetView(view, opening));
  else if (action === "code") after = decode(chart, value);
  else if (action === "file") ({ view: after, leftOut: notes } = openedFile(chart, value));
  else if (action === "scene") {
    placeOfScene(value, scenes);
    [scene, after] = [value, decode(chart, scenes[value])];
  } else after = acted(chart, view, action, value);
  if (["code", "file", "scene"].includes(action))
    after = withPreferences(after, view.click, view.language);
  return makeHistory({ ...stepped(history, after), scene, notes });
}

function placeIn({ views }, action, wanted) {
  const last = views.length - 1;
  if (action !== "step") return Math.min(Math.max(wanted, 0), last);
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= last) return wanted;
  throw new Refusal("code.no_step", { n: inPython(wanted), last: String(last) });
}

function placeOfScene(wanted, scenes) {
  if (!Object.hasOwn(scenes, wanted)) throw new Error(`There is no scene ${inPython(wanted)}.`);
}

// An act that changes nothing makes no step; a new one drops those that were undone.
function stepped(history, after) {
  const { at, views } = history;
  const { click, language } = after;
  const differs = click !== views[at].click || language !== views[at].language;
  const now = differs ? views.map((view) => withPreferences(view, click, language)) : views;
  if (sameView(after, now[at])) return { ...history, views: now };
  const kept = boundedSteps([...now.slice(0, at + 1), after]);
  return { ...history, views: kept, at: kept.length - 1 };
}

// Without the oldest steps that are too many; the opening stays, for reset comes back to it.
function boundedSteps(views) {
  const sizes = views.map(sizeOfView);
  let [total, gone] = [sizes.reduce((sum, size) => sum + size, 0), 0];
  const left = () => views.length - gone;
  while (left() > MOST_STEPS || (total > MOST_SIGNS && left() > 2)) {
    gone += 1;
    total -= sizes[gone];
  }
  return [views[0], ...views.slice(1 + gone)];
}

// About the characters of its code, without the mark of the map; a part of a talk that is hidden hardly counts.
function sizeOfView({ switched_off: off, held, cut, flipped, hidden, beside }) {
  const chosen = off.length + held.length + cut.length + flipped.length;
  return 5 + 2 * chosen + Math.floor(hidden.length / 4) + (beside ? sizeOfView(beside) : 0);
}

// ---- as a value for the host ----------------------------------------------------------------------

function stateOf(chart, history) {
  const { click, language } = viewOf(history);
  const codes = history.views.map((view) => encode(chart, view));
  return { codes, at: history.at, click, language, scene: history.scene };
}

function historyOf(chart, { codes, at, click, language, scene = null }) {
  const views = codes.map((code) => withPreferences(decode(chart, code), click, language));
  const history = makeHistory({ views, scene });
  views.forEach((view) => checkedView(chart, view));
  return makeHistory({ ...history, at: placeIn(history, "step", at) });
}

// ---- in words -------------------------------------------------------------------------------------

const stepLabels = (chart, words, book, { views }) =>
  views.map((view, at) => stepLabel(chart, words, book, views[at - 1] ?? null, view));

// What one step did, as a heading; without a View before it, it is the start.
function stepLabel(chart, words, book, before, after) {
  if (before === null) return words.say("history.start");
  const step = { chart, words, book, before, after };
  const parts = [...labelsOfQuestion(step), ...labelsOfLook(step)];
  if (JSON.stringify(bareBeside(before)) !== JSON.stringify(bareBeside(after)))
    parts.push(words.say(after.beside ? "history.beside" : "history.no_beside"));
  return parts.length ? listed(words, parts, "; ") : words.say("history.other");
}

const bareBeside = ({ beside }) => beside && bareView(beside);

function listed(words, names, mark) {
  const told = names.slice(0, NAMED_PARTS).join(mark);
  const left = names.length - NAMED_PARTS;
  return left > 0 ? words.say("history.and_more", { names: told, n: words.number(left) }) : told;
}

const stepDiffers = ({ before, after }, name) =>
  JSON.stringify(before[name]) !== JSON.stringify(after[name]);

// What is asked of the map.
function labelsOfQuestion(step) {
  const { words, book, before, after } = step;
  const told = [];
  const differs = (name) => stepDiffers(step, name);
  const fresh = (name) => withoutIds(after[name], ...before[name]);
  const named = (key, ids) => told.push(...namesInStep(step, key, ids));
  if (differs("drawing")) told.push(words.say("history.drawing", { name: book.drawings[after.drawing] }));
  told.push(...endInStep(step, "source", "no_source"), ...endInStep(step, "target", "no_target"));
  if (differs("push")) told.push(words.say(after.push > 0 ? "history.push_up" : "history.push_down"));
  named("switched_off", fresh("switched_off"));
  named("held", fresh("held"));
  const gone = (...lists) =>
    withoutIds(lists.flatMap((list) => before[list]), ...lists.flatMap((list) => after[list]));
  named("restored", gone("switched_off", "held"));
  named("cut", fresh("cut"));
  named("flipped", fresh("flipped"));
  named("mended", gone("cut", "flipped"));
  if (differs("evidence")) told.push(words.say("history.evidence", { name: book.bars[after.evidence][0] }));
  return told;
}

// What is looked at, while the question stays.
function labelsOfLook(step) {
  const { words, book, before, after } = step;
  const told = endInStep(step, "focus", "no_focus");
  const gone = (name, one, other) => withoutIds(one[name], ...other[name]);
  if (stepDiffers(step, "steps")) told.push(words.say("history.steps", { n: String(after.steps) }));
  if (stepDiffers(step, "way")) told.push(words.say(`history.way.${after.way}`));
  for (const [key, layers] of [
    ["layers_off", gone("without_layers", after, before)],
    ["layers_on", gone("without_layers", before, after)],
  ])
    if (layers.length)
      told.push(words.say(`history.${key}`, { names: layers.map((id) => book.layers[id]).join(", ") }));
  told.push(...namesInStep(step, "hidden", gone("hidden", after, before)));
  told.push(...namesInStep(step, "shown", gone("hidden", before, after)));
  told.push(...placeInStep(step, "route", "no_route"), ...placeInStep(step, "loop", "no_loop"));
  return [...told, ...endInStep(step, "arrow", "no_arrow"), ...endInStep(step, "why", "no_why")];
}

// A highlighted path or loop; where the question took it away, nothing is said of it.
function placeInStep(step, name, none) {
  const { words, after } = step;
  if (!stepDiffers(step, name)) return [];
  if (after[name] !== null) return [words.say(`history.${name}`, { n: words.number(after[name] + 1) })];
  const asked = ASKED_PARTS.some((part) => stepDiffers(step, part));
  const other = after.route !== null || after.loop !== null;
  return asked || other ? [] : [words.say(`history.${none}`)];
}

// One node or arrow that is chosen, or none.
function endInStep(step, name, none) {
  if (!stepDiffers(step, name)) return [];
  const id = step.after[name];
  return id === null ? [step.words.say(`history.${none}`)] : namesInStep(step, name, [id]);
}

function namesInStep({ chart, words, book }, key, ids) {
  const name = (id) =>
    chart.nodes.has(id) ? book.nodes[chart.nodes.get(id)].label : book.edges[chart.edges.get(id)].arrow;
  return ids.length ? [words.say(`history.${key}`, { names: listed(words, ids.map(name), ", ") })] : [];
}
