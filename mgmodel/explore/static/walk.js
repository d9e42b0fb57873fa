// Walking over the drawing by key: along arrows, back against them, and between those that leave or
// enter the same node. Every step is told: the arrow, and what the question does to its node.

// The nearest node above or below, for where no arrow was walked yet.
function nearestNode(places, from, down) {
  let best = null;
  for (const one of places) {
    const along = (one.y - from.y) * (down ? 1 : -1);
    const across = Math.abs(one.x - from.x);
    if (along <= 0 || across > along * 1.5) continue;
    const cost = along + 2 * across;
    if (!best || cost < best.cost) best = { number: one.number, cost };
  }
  return best ? best.number : null;
}

// The arrows of a drawing as a walk sees them: from top to bottom on each side.
function makeTrails(atlas, plan, hidden) {
  const place = (number) => plan.places.get(number);
  const seen = plan.edges.map(({ id }) => id).filter((edge) => !hidden.edge(edge));
  const byPlace = (end) => (one, other) => {
    const [a, b] = [place(atlas.edges[one][end]), place(atlas.edges[other][end])];
    return a.y - b.y || a.x - b.x || one - other;
  };
  return {
    out: (node) => seen.filter((edge) => atlas.edges[edge].source === node).sort(byPlace("target")),
    into: (node) => seen.filter((edge) => atlas.edges[edge].target === node).sort(byPlace("source")),
    places: [...plan.places.values()].filter(({ number }) => !hidden.node(number)),
  };
}

// One step of a walk. `at` is {node, edge, back}: where it stands, the arrow it came by, and whether
// it came against that arrow. Gives the next one, or the same where no arrow leads on.
function walked(atlas, trails, at, key) {
  const { node, edge, back } = at;
  const ends = (one) => atlas.edges[one];
  if (key === "ArrowRight") {
    const [first] = trails.out(node);
    return first === undefined ? at : { node: ends(first).target, edge: first, back: false };
  }
  if (key === "ArrowLeft") {
    // the way it came first, so that Left takes back what Right did
    const first = edge !== null && !back ? edge : trails.into(node)[0];
    return first === undefined ? at : { node: ends(first).source, edge: first, back: true };
  }
  const step = key === "ArrowDown" ? 1 : -1;
  if (edge === null) {
    const next = nearestNode(trails.places, trails.places.find((one) => one.number === node), step > 0);
    return next === null ? at : { node: next, edge: null, back: false };
  }
  const siblings = back ? trails.into(ends(edge).target) : trails.out(ends(edge).source);
  const next = siblings[(siblings.indexOf(edge) + step + siblings.length) % siblings.length];
  return { node: back ? ends(next).source : ends(next).target, edge: next, back };
}

function makeWalk(id, act, { scroll, boards }) {
  const options = h("div", { class: "mgm-sr" });
  const told = h("output", { class: "mgm-status mgm-told", role: "status" });
  let now = null;
  let at = null;
  let numbers = []; // of the options
  scroll.prepend(options);
  for (const [name, value] of Object.entries({
    tabindex: "0",
    role: "listbox",
    "aria-multiselectable": "true",
    "aria-describedby": `${id}-alt`,
  }))
    scroll.setAttribute(name, value);

  const start = (node) => ({ node, edge: null, back: false });
  const numberOf = (node) => (node === null ? undefined : now.atlas.nodes.indexOf(node));
  const drawn = (number) => now.plan.places.has(number) && !now.hidden.node(number);
  function home(node) {
    const number = numberOf(node);
    return start(drawn(number) ? number : numbers[0]);
  }

  function tell() {
    const { book, words } = now;
    const said = [now.narrate(at.node)];
    if (at.edge !== null) {
      const { sentence } = book.edges[at.edge];
      said.unshift(at.back ? words.say("walk.back", { sentence }) : sentence);
    }
    setText(told, said.filter(Boolean).join(" "));
  }

  function standOn(next) {
    at = next;
    scroll.setAttribute("aria-activedescendant", `${id}-o${at.node}`);
    boards.bringIntoView(at.node);
    boards.main.setFocus(at.node);
    tell();
    act.stood(now.atlas.nodes[at.node]);
  }

  function step(key) {
    if (!numbers.length) return;
    if (key === "Home") standOn(home(now.view.source));
    else if (key === "End") standOn(home(now.view.target));
    else if (at === null) standOn(home(now.view.source));
    else standOn(walked(now.atlas, makeTrails(now.atlas, now.plan, now.hidden), at, key));
  }

  scroll.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== scroll) return;
    const { key } = event;
    if (key.startsWith("Arrow") || key === "Home" || key === "End") act.guard(() => step(key));
    else if (at !== null && (key === " " || key === "Enter")) act.send("click", now.atlas.nodes[at.node]);
    else if (at !== null && key.toLowerCase() === "w") act.send("why", now.atlas.nodes[at.node]);
    else return;
    event.preventDefault();
  });
  scroll.addEventListener("blur", () => boards.main.setFocus(null));
  scroll.addEventListener("focus", () => at !== null && boards.main.setFocus(at.node));

  return {
    told,
    at: () => at,
    standOn: (number) => drawn(number) && standOn(start(number)),
    fill(next) {
      now = next;
      scroll.setAttribute("aria-label", now.words.say("explore.map_label"));
    },
    // another drawing, or other things hidden
    fillOptions(next) {
      now = next;
      numbers = now.plan.nodes.map(([number]) => number).filter((number) => !now.hidden.node(number));
      options.replaceChildren(...numbers.map((number) => h("div", { role: "option", id: `${id}-o${number}` })));
      if (at !== null && drawn(at.node)) return;
      at = null;
      scroll.removeAttribute("aria-activedescendant");
      act.stood(null);
      setText(told, "");
    },
    show(next) {
      now = next;
      const off = new Set(now.view.switched_off);
      numbers.forEach((number, index) => {
        const option = options.children[index];
        setText(option, `${now.book.nodes[number].label}: ${now.lineOf(number)}`);
        option.setAttribute("aria-selected", String(off.has(now.atlas.nodes[number])));
      });
      if (at !== null) tell();
    },
  };
}
