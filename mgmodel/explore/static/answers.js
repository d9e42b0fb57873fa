// What the page says for a View: every verdict, sentence, path and loop, as one plain value. It is
// the twin of mgmodel/explore/{asked,said,shown}.py, held equal by tests/browser/test_answers_js.py.
// A View names nodes and arrows by their ids; what is told names them by their places in the map.

const PATH_SIGNS = new Map([[1, "+"], [-1, "\u2212"], [0, "?"]]);
const STEP_SIGNS = new Map([[1, "→"], [-1, "⊣"], [0, "⇢"]]);
const TURNED = { increases: "decreases", decreases: "increases" };

// Everything that is told of a View.
function tell(chart, engine, words, book, view) {
  const now = lookAt(chart, engine, view);
  checkListed(chart, now);
  const say = { chart, words, book, now };
  const code = encode(chart, view);
  return {
    question: questionSaid(say),
    answer: answerSaid(say),
    status: statusSaid(say),
    count: countSaid(say),
    note: noteSaid(say),
    paths: pathRows(say),
    asked: now.isAsked,
    nodes: now.isAsked ? nodesTold(now.answer) : [],
    dim_nodes: dimNodes(chart, now),
    dim_edges: dimEdges(chart, now),
    faded_edges: inOrder(now.faded),
    ...litParts(chart, now),
    loops: loopRows(say),
    changed: changedSaid(say, engine),
    differences: differencesSaid(say, engine),
    code,
    python: asPython(view, code),
  };
}

// ---- What is asked ----

// A View as numbers. Silent are the arrows that questions would follow if they were not faded.
function chosenOf(chart, view) {
  const { atlas } = chart;
  const node = (id) => (id === null ? null : chart.nodes.get(id));
  const [off, held] = [view.switched_off, view.held].map((ids) => ids.map(node));
  const [cut, flipped] = [view.cut, view.flipped].map((ids) => ids.map((id) => chart.edges.get(id)));
  const fixed = new Set([...off, ...held]);
  const faded = fadedArrows(atlas, view, cut);
  const silent = new Set([...faded].filter((edge) => atlas.edges[edge].reasons));
  const [source, target] = [node(view.source), node(view.target)];
  const isPushed = source !== null && !fixed.has(source);
  const isAsked = source !== null || fixed.size > 0;
  return { view, source, target, off, held, cut, flipped, fixed, faded, silent, isPushed, isAsked };
}

// The same with its answer; paths are looked for once, and only where somebody asks for them.
function lookAt(chart, engine, view) {
  const chosen = chosenOf(chart, view);
  const { source, isPushed, fixed, silent } = chosen;
  let found = null;
  const search = () => (found ??= pathsOf(engine, chosen));
  return {
    ...chosen,
    answer: engine.respond(questionOf(chosen)),
    reached: isPushed ? engine.reach(source, fixed, silent) : new Set(),
    get routes() {
      return search().routes;
    },
    get truncated() {
      return search().truncated;
    },
  };
}

// Arrows of any kind that are cut or below the evidence bar.
function fadedArrows(atlas, view, cut) {
  const bar = atlas.bars.indexOf(view.evidence);
  const chosen = new Set(cut);
  const isFaded = (edge, place) => edge.bar < bar || chosen.has(place);
  return new Set(atlas.edges.flatMap((edge, place) => (isFaded(edge, place) ? [place] : [])));
}

// What the engine is asked. A source that is itself fixed is not pushed, and an arrow that is cut
// or below the bar is not turned round besides.
function questionOf({ view, source, off, held, cut, flipped, silent, isPushed }) {
  return {
    press: isPushed ? [[source, view.push]] : [],
    fixed: [...off.map((node) => [node, -0.5]), ...held.map((node) => [node, 0])],
    cut: [...new Set([...cut, ...silent])],
    flipped: flipped.filter((edge) => !silent.has(edge)),
  };
}

function pathsOf(engine, { source, target, fixed, silent, flipped, isPushed }) {
  if (!isPushed || target === null || fixed.has(target)) return { routes: [], truncated: false };
  return engine.paths(source, target, fixed, silent, { flipped: new Set(flipped) });
}

// ---- What stands where ----

const inOrder = (numbers) => [...numbers].sort((one, other) => one - other);

const nodesTold = ({ verdicts, strengths, rises, falls, weightings }) =>
  verdicts.map((verdict, node) => [
    verdict,
    strengths[node],
    rises[node] / weightings,
    falls[node] / weightings,
  ]);

// The nodes, and the reasoning arrows, that the focus leaves bright; null without a focus.
function nearOf({ atlas, nodes: numbers }, { focus, steps, way }) {
  if (focus === null) return null;
  const near = { nodes: new Set([numbers.get(focus)]), edges: new Set() };
  for (const one of way === "both" ? ["up", "down"] : [way]) {
    const [here, there] = one === "down" ? ["source", "target"] : ["target", "source"];
    let front = new Set([numbers.get(focus)]);
    for (let step = 0; step < steps; step += 1) {
      const ends = new Set();
      atlas.edges.forEach((edge, place) => {
        if (!edge.reasons || !front.has(edge[here])) return;
        near.edges.add(place);
        ends.add(edge[there]);
      });
      for (const end of ends) near.nodes.add(end);
      front = ends;
    }
  }
  return near;
}

// Nodes that the push does not reach, and nodes away from the focus; never what is held or off.
function dimNodes(chart, { view, source, reached, fixed }) {
  const near = nearOf(chart, view);
  const isFar = (node) => (near && !near.nodes.has(node)) || (source !== null && !reached.has(node));
  return inOrder(chart.nodes.values()).filter((node) => !fixed.has(node) && isFar(node));
}

// Arrows that do not carry the push, are away from the focus or of a kind left out.
function dimEdges(chart, { view, source, reached, faded }) {
  const near = nearOf(chart, view);
  const isDim = (edge, place) => {
    if ((near && !near.edges.has(place)) || view.without_layers.includes(edge.layer)) return true;
    const isOnWay = reached.has(edge.source) && reached.has(edge.target);
    return source !== null && !(edge.reasons && isOnWay && !faded.has(place));
  };
  return chart.atlas.edges.flatMap((edge, place) => (isDim(edge, place) ? [place] : []));
}

// A View may ask for a path or a loop that is not in the list.
function checkListed({ atlas }, now) {
  const check = (kind, place, listed) => {
    if (place >= listed)
      throw new Refusal(`answer.no_${kind}`, { n: String(place), listed: String(listed) });
  };
  const { route, loop } = now.view;
  if (route !== null) check("path", route, Math.min(now.routes.length, atlas.listed_paths));
  if (loop !== null) check("loop", loop, atlas.loops.length);
}

// The highlighted path and loop, and the arrow whose card is open.
function litParts({ atlas, edges }, { view, routes }) {
  const nodes = new Set();
  const lit = new Set();
  if (view.route !== null) {
    for (const node of routes[view.route].nodes) nodes.add(node);
    for (const edge of routes[view.route].edges) lit.add(edge);
  }
  for (const edge of view.loop === null ? [] : atlas.loops[view.loop]) {
    nodes.add(atlas.edges[edge].source);
    lit.add(edge);
  }
  if (view.arrow !== null) lit.add(edges.get(view.arrow));
  return { lit_nodes: inOrder(nodes), lit_edges: inOrder(lit) };
}

// ---- What is said ----

// An arrow with the direction that the View asks about, in names.
function arrowAsked({ chart, book, now }, edge) {
  const { source, target, effect: drawn } = chart.atlas.edges[edge];
  const effect = now.flipped.includes(edge) ? (TURNED[drawn] ?? drawn) : drawn;
  const sign = { increases: 1, decreases: -1 }[effect] ?? 0;
  return { source: book.nodes[source].name, target: book.nodes[target].name, effect, sign };
}

const arrowNamed = (say, edge) => arrowName(say.words, arrowAsked(say, edge));

function questionSaid(say) {
  const { words, book, now } = say;
  const { view, source, off, held, cut, flipped, silent } = now;
  const name = (node) => book.nodes[node].name;
  const told = now.isPushed ? [interventionInWords(words, "press", name(source), view.push)] : [];
  for (const node of off) told.push(interventionInWords(words, "knock_out", name(node)));
  for (const node of held) told.push(interventionInWords(words, "block", name(node)));
  for (const edge of cut) told.push(interventionInWords(words, "cut_edge", arrowNamed(say, edge)));
  for (const edge of flipped.filter((one) => !silent.has(one)))
    told.push(interventionInWords(words, "flip_edge", arrowNamed(say, edge)));
  if (view.evidence !== "documents") {
    const below = [...silent].filter((edge) => !cut.includes(edge)).length;
    told.push(words.sayCount("answer.below", below, { bar: book.bars[view.evidence][0] }));
  }
  return told.join(" ");
}

function answerSaid(say) {
  const { words, book, now } = say;
  if (now.target === null) return "";
  const { verdicts, strengths } = now.answer;
  const [verdict, strength] = [verdicts[now.target], strengths[now.target]];
  const { label } = book.nodes[now.target];
  const told = verdictInWords(words, label, verdict, shareOf(now, now.target), strength);
  return now.source === null ? told : `${told} ${waySaid(say, verdict)}`;
}

function shareOf({ answer }, node) {
  const counts = answer.verdicts[node] === "falls" ? answer.falls : answer.rises;
  return counts[node] / answer.weightings;
}

const endsNamed = (book, { source, target }) => ({
  source: book.nodes[source].name,
  target: book.nodes[target].name,
});

const isThinned = ({ fixed, silent }) => fixed.size + silent.size > 0;

// Whether a path is left, and where the change comes from when none is.
function waySaid({ chart, words, book, now }, verdict) {
  const ends = endsNamed(book, now);
  if (now.routes.length) return words.sayCount("path.count", now.routes.length, ends);
  if (now.reached.has(now.target)) // by routes longer than any that is listed
    return pathCountInWords(words, ends, [], { longest: chart.atlas.longest_path });
  const told = pathCountInWords(words, ends, [], { removed: isThinned(now) });
  const isMoved = ["rises", "falls", "depends"].includes(verdict);
  return isMoved && now.off.length ? `${told} ${words.say("explore.from_switching_off")}` : told;
}

function statusSaid(say) {
  const { chart, words, book, now } = say;
  const told = [];
  if (now.source !== null) {
    const source = book.nodes[now.source].name;
    const [carrying, total] = [now.reached.size, chart.atlas.nodes.length].map((n) => words.number(n));
    const values = { carrying, total, source };
    told.push(words.say(now.isPushed ? "explore.status_carrying" : "explore.source_fixed", values));
  }
  for (const [key, nodes] of [["now_off", now.off], ["now_held", now.held]])
    if (nodes.length) {
      const label = words.join(nodes.map((node) => book.nodes[node].label));
      told.push(words.say(`explore.${key}`, { label }));
    }
  if (!told.length) told.push(words.say("explore.nothing_asked"));
  return [...told, ...arrowsSaid(say)].join(" ");
}

function arrowsSaid(say) {
  const { chart, words, book, now } = say;
  const told = [];
  for (const [key, edges] of [["now_cut", now.cut], ["now_flipped", now.flipped]])
    if (edges.length) {
      const arrows = words.join(edges.map((edge) => arrowNamed(say, edge)));
      told.push(words.say(`answer.${key}`, { arrows }));
    }
  if (now.view.evidence !== "documents") {
    const all = chart.atlas.edges.filter(({ reasons }) => reasons).length;
    const [counting, total] = [all - now.silent.size, all].map((n) => words.number(n));
    const bar = book.bars[now.view.evidence][0];
    told.push(words.say("answer.now_bar", { bar, counting, total }));
  }
  return told;
}

function countSaid({ chart, words, book, now }) {
  if (now.source === null || now.target === null) return words.say("explore.choose_ends");
  const signs = now.routes.map(({ sign }) => sign);
  const longest = now.reached.has(now.target) ? chart.atlas.longest_path : null;
  return pathCountInWords(words, endsNamed(book, now), signs, { longest, removed: isThinned(now) });
}

const noteSaid = ({ chart, words, now }) =>
  now.truncated || now.routes.length > chart.atlas.listed_paths ? words.say("path.truncated") : "";

function pathRows(say) {
  const { chart, words, book, now } = say;
  const { atlas } = chart;
  const drawn = new Set(atlas.plans[now.view.drawing].edges.map(({ id }) => id));
  return now.routes.slice(0, atlas.listed_paths).map(({ nodes, edges, sign }) => {
    const arrows = edges.map((edge) => arrowAsked(say, edge));
    const labels = nodes.map((node) => book.nodes[node].label);
    const steps = arrows.map((arrow, k) => `${STEP_SIGNS.get(arrow.sign)} ${labels[k + 1]}`);
    return {
      sentence: arrowsInWords(words, arrows, now.view.push > 0),
      short: [labels[0], ...steps].join(" "),
      sign: PATH_SIGNS.get(sign),
      length: edges.length,
      grade: edges.map((edge) => atlas.edges[edge].grade).reduce((a, b) => (b > a ? b : a)),
      outside: edges.some((edge) => !drawn.has(edge)),
      nodes,
      edges,
    };
  });
}

// The loops of the map, and which of them what is chosen breaks.
function loopRows(say) {
  const { chart, words, now } = say;
  return chart.atlas.loops.map((edges) => {
    const arrows = edges.map((edge) => arrowAsked(say, edge));
    const isBroken = (edge) => now.faded.has(edge) || now.fixed.has(chart.atlas.edges[edge].source);
    return {
      sentence: loopInWords(words, arrows),
      word: loopWord(words, signOf(arrows)),
      broken: edges.some(isBroken),
    };
  });
}

// ---- What differs ----

// What is said of one node within a sentence: "rises in 97% of weightings", "switched off".
function outcomeSaid(words, now, node) {
  if (now.off.includes(node)) return words.say("answer.off");
  if (now.held.includes(node)) return words.say("answer.held");
  const key = verdictKey(now.answer.verdicts[node], now.answer.strengths[node]);
  return words.say(`deciding.${key}`, { percent: words.percent(shareOf(now, node)) });
}

// Nodes whose box says something else on the one side than on the other.
function differing(one, other) {
  const boxes = [one, other].map((now) => (node) => {
    if (now.fixed.has(node)) return now.held.includes(node) ? "held" : "off";
    return `${now.answer.verdicts[node]} ${now.answer.strengths[node]}`;
  });
  const nodes = one.answer.verdicts.map((_, node) => node);
  return nodes.filter((node) => boxes[0](node) !== boxes[1](node));
}

// What the evidence bar changes, against the same View with every arrow counted.
function changedSaid({ chart, words, book, now }, engine) {
  if (now.view.evidence === "documents" || !now.isAsked) return [];
  const before = lookAt(chart, engine, { ...now.view, evidence: "documents" });
  return differing(now, before).map((node) =>
    words.say("answer.changed", {
      label: book.nodes[node].label,
      before: outcomeSaid(words, before, node),
      after: outcomeSaid(words, now, node),
    }),
  );
}

// Nodes whose box says something else in the View beside this one, each with a sentence.
function differencesSaid({ chart, words, book, now }, engine) {
  if (now.view.beside === null) return [];
  const beside = lookAt(chart, engine, now.view.beside);
  if (!now.isAsked || !beside.isAsked) return [];
  return differing(now, beside).map((node) => [
    node,
    words.say("answer.differs", {
      label: book.nodes[node].label,
      here: outcomeSaid(words, now, node),
      there: outcomeSaid(words, beside, node),
    }),
  ]);
}
