// The bar of choices over the drawing, and the tools under it. Native controls, in one row each
// where the window is wide; nothing here changes its size when an answer changes.

const CLICK_ACTS = ["switch_off", "hold", "source", "target"];
const CLICK_WORDS = ["click_off", "click_hold", "click_source", "click_target"];

function namedButton(className, glyph, onclick) {
  return h("button", { type: "button", class: className, onclick }, h("span", { "aria-hidden": "true", text: glyph }));
}

function nameButton(button, name) {
  if (button.getAttribute("aria-label") === name) return;
  button.setAttribute("aria-label", name);
  button.title = name;
}

// How well an arrow must be supported to be reasoned over: a slider from the lowest bar to the highest.
function makeEvidence(id, send) {
  const label = h("label", { for: `${id}-evidence` });
  const said = h("span");
  const longest = h("span"); // not seen: it keeps the place as wide as any word needs
  const word = h("span", { class: "mgm-bar-word", "aria-hidden": "true" }, said, longest); // read out as the value
  const input = h("input", { type: "range", id: `${id}-evidence`, min: 0, step: 1, class: "mgm-evidence" });
  const field = h(
    "div",
    { class: "mgm-field mgm-evidence-field" },
    h("span", { class: "mgm-field-line" }, label, word),
    input
  );
  let bars = [];
  let meanings = {};
  const say = (bar) => {
    const [short, meaning] = meanings[bar] ?? [bar, ""];
    setText(said, short);
    input.setAttribute("aria-valuetext", meaning ? `${short}: ${meaning}` : short);
    field.title = meaning;
  };
  input.addEventListener("input", () => send("evidence", bars[Number(input.value)]));
  return {
    element: field,
    fill({ atlas, book, words }) {
      bars = atlas.bars;
      meanings = book.bars;
      const all = Object.values(meanings).map(([short]) => short);
      setText(longest, all.reduce((one, other) => (other.length > one.length ? other : one), ""));
      input.max = String(Math.max(0, bars.length - 1));
      setText(label, words.say("walk.evidence"));
    },
    show({ view }) {
      input.value = String(Math.max(0, bars.indexOf(view.evidence)));
      say(view.evidence);
    },
  };
}

// Undo and redo; each says which step it takes back or makes again.
function makeStepButtons(send) {
  const undo = namedButton("mgm-undo", "↶", () => send("undo"));
  const redo = namedButton("mgm-redo", "↷", () => send("redo"));
  const reset = h("button", { type: "button", onclick: () => send("reset") });
  const show = (button, [named, none], step, words) => {
    // not `disabled`: a button that vanishes from under the finger would lose the keyboard's place
    button.setAttribute("aria-disabled", String(!step));
    nameButton(button, step ? words.say(named, { step }) : words.say(none));
  };
  return {
    element: h("div", { class: "mgm-undo-redo" }, undo, redo, reset),
    fill: ({ words }) => setText(reset, words.say("explore.reset")),
    show({ history, words }) {
      show(undo, ["walk.undo_step", "walk.no_undo"], history.label(history.at), words);
      show(redo, ["walk.redo_step", "walk.no_redo"], history.label(history.at + 1), words);
    },
  };
}

function makeBar(id, send) {
  const drawing = makeSelect(`${id}-drawing`, (value) => send("draw", value));
  const source = makeSelect(`${id}-source`, (value) => send("source", value || null));
  const target = makeSelect(`${id}-target`, (value) => send("target", value || null));
  const push = makeRadios(`${id}-push`, ["up", "down"], (value) => send("push", value === "up" ? 1 : -1));
  const evidence = makeEvidence(id, send);
  const steps = makeStepButtons(send);

  function nodeGroups({ atlas, book }) {
    return book.systems.map(([, label, numbers]) => ({
      label,
      options: numbers.map((number) => [atlas.nodes[number], book.nodes[number].label]),
    }));
  }

  return {
    element: h(
      "div",
      { class: "mgm-bar" },
      drawing.element,
      source.element,
      push.element,
      target.element,
      steps.element,
      evidence.element
    ),
    fill(now) {
      const { atlas, book, words } = now;
      const word = (key) => words.say(`explore.${key}`);
      const groups = nodeGroups(now);
      drawing.fill(word("drawing"), [{ options: atlas.drawings.map((one) => [one, book.drawings[one]]) }]);
      source.fill(word("source"), [{ options: [["", word("no_source")]] }, ...groups]);
      target.fill(word("target"), [{ options: [["", word("no_target")]] }, ...groups]);
      push.fill(word("direction"), [word("push_up"), word("push_down")]);
      evidence.fill(now);
      steps.fill(now);
    },
    show(now) {
      const { view } = now;
      drawing.choose(view.drawing);
      source.choose(view.source);
      target.choose(view.target);
      push.choose(view.push > 0 ? "up" : "down");
      evidence.show(now);
      steps.show(now);
    },
  };
}

// What a click means, the search, "Why?", comparing, zoom and language.
function makeTools(id, send, { zoomBy, fit }) {
  const click = makeRadios(`${id}-click`, CLICK_ACTS, (value) => send("click_means", value));
  const search = makeSearch(`${id}-search`, send);
  const language = makeSelect(`${id}-language`, (value) => send("language", value));
  const plain = (className, onclick) => h("button", { type: "button", class: className, onclick });
  const compare = plain("mgm-compare", () => send("beside", compare.getAttribute("aria-pressed") !== "true"));
  const why = plain("mgm-why", () => asked && send("why", asked));
  const zoomOut = namedButton("mgm-square", "−", () => zoomBy(0.8));
  const zoomIn = namedButton("mgm-square", "+", () => zoomBy(1.25));
  const whole = plain("", fit);
  let asked = null; // the node that "Why?" is about
  return {
    element: h(
      "div",
      { class: "mgm-tools" },
      h("div", { class: "mgm-asks" }, search.element, why, compare),
      click.element,
      h("div", { class: "mgm-zoom" }, zoomOut, zoomIn, whole, language.element)
    ),
    focusSearch: () => search.focus?.(),
    fill(now) {
      const { book, words } = now;
      const word = (key) => words.say(`explore.${key}`);
      click.fill(word("click"), CLICK_WORDS.map(word));
      search.fill(now);
      const field = search.element.querySelector("input"); // its label is read out, and stands inside
      if (field) field.placeholder = search.element.querySelector("label")?.textContent ?? "";
      language.fill(word("language"), [{ options: book.languages }]);
      setText(compare, words.say("walk.compare"));
      compare.title = words.say("walk.compare_meaning");
      setText(why, words.say("walk.why"));
      nameButton(zoomIn, word("zoom_in"));
      nameButton(zoomOut, word("zoom_out"));
      setText(whole, word("fit"));
    },
    show(now) {
      const { view, words, standing, book, atlas } = now;
      click.choose(view.click);
      language.choose(view.language);
      search.show(now);
      compare.setAttribute("aria-pressed", String(view.beside !== null));
      asked = standing ?? view.target;
      why.setAttribute("aria-disabled", String(!asked));
      const node = asked && book.nodes[atlas.nodes.indexOf(asked)];
      const name = node ? words.say("walk.why_node", { label: node.label }) : words.say("walk.why_nothing");
      why.title = name;
      why.setAttribute("aria-label", name);
    },
  };
}
