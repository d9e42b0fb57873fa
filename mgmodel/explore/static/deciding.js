// Which arrows an answer hangs on where it depends: each is cut, and turned round, as in
// mgmodel/inquiry/deciding.py. To ask every variant anew would keep a person waiting, so the level
// without an arrow is had from one answer for each node that arrows enter, by the formula for a
// change of rank one (Sherman and Morrison 1950), which is exact. Only where an arrow behind the
// node acts by condition is each variant asked by itself. The page calls this after it has painted.

const MOST_DECIDING = 3;

// Sentences on the arrows that the answer hangs on most; none where none decides.
function tellDeciding(chart, engine, words, book, view, node = chart.nodes.get(view.why)) {
  const about = reasonOf(chart, engine, words, book, view, node);
  if (!isDecided(about)) return [];
  const before = outcomeOf(about, about.answer);
  const found = variantsOf(about).map(({ edge, dropped, flipped }) => {
    const changes = [dropped, flipped].map((one) => Math.abs(tendency(one) - tendency(before)));
    return { edge, dropped, flipped, change: Math.max(...changes) };
  });
  const id = ({ edge }) => about.atlas.edges[edge].id;
  found.sort((one, other) => other.change - one.change || asPythonSorts(id(one), id(other)));
  return found.slice(0, MOST_DECIDING).map((each) => decidingSaid(about, each));
}

const tendency = ({ rises, falls }) => rises - falls;

function outcomeOf({ node }, { verdicts, strengths, rises, falls, weightings }) {
  const [verdict, strength] = [verdicts[node], strengths[node]];
  return { verdict, strength, rises: rises[node] / weightings, falls: falls[node] / weightings };
}

function decidingSaid({ atlas, words, book, node }, { edge, dropped, flipped }) {
  const isClear = Boolean(WHY.signs[atlas.edges[edge].effect]);
  const said = ({ verdict, strength, rises, falls }) =>
    words.say(`deciding.${verdictKey(verdict, strength)}`, {
      percent: words.percent(verdict === "falls" ? falls : rises),
    });
  return words.say(isClear ? "deciding.tried" : "deciding.tried_unclear", {
    label: book.nodes[node].label,
    arrow: book.edges[edge].arrow,
    dropped: said(dropped),
    flipped: said(flipped),
  });
}

// What becomes of the node without each arrow behind it, and with the arrow turned round.
function variantsOf(about) {
  const { atlas } = about;
  const behind = arrowsBehind(about);
  const isConditional = (edge) => atlas.edges[edge].permissive || atlas.edges[edge].gate;
  const tried = behind.some(isConditional) ? askedAgain(about) : changedByOne(about, behind);
  return behind.map((edge) => {
    const isClear = WHY.signs[atlas.edges[edge].effect];
    const flipped = isClear ? tried(edge, "flipped") : outcomeOf(about, about.answer);
    return { edge, dropped: tried(edge, "cut"), flipped };
  });
}

// Arrows that carry something from what is forced to the node, in the map's order.
function arrowsBehind({ atlas, answer, node, closed, cut }) {
  const carries = ({ reasons, target }, edge) => reasons && !cut.has(edge) && !closed.has(target);
  const entering = atlas.nodes.map(() => []);
  atlas.edges.forEach((edge, place) => {
    if (carries(edge, place)) entering[edge.target].push(edge.source);
  });
  const behind = new Set([node]);
  for (const one of behind) for (const source of entering[one]) behind.add(source); // grows
  return atlas.edges.flatMap((edge, place) => {
    const isBehind = answer.arrived.has(edge.source) && behind.has(edge.target);
    return carries(edge, place) && isBehind ? [place] : [];
  });
}

function askedAgain(about) {
  const { engine, question, flipped } = about;
  return (edge, change) => {
    const turned = flipped.has(edge)
      ? question.flipped.filter((one) => one !== edge) // turned round twice, it stands as drawn
      : [...question.flipped, edge];
    const asked =
      change === "cut"
        ? { ...question, cut: [...question.cut, edge] }
        : { ...question, flipped: turned };
    return outcomeOf(about, engine.respond(asked));
  };
}

// With the entry of an arrow u -> v changed by c, the node t lies at
// x[t] + G[t, v] c x[u] / (1 - c G[u, v]), where G[:, v] is the answer to a push of 1 on v.
function changedByOne(about, behind) {
  const { atlas, engine, question, answer, node, flipped, largest } = about;
  const bar = WHY.negligible * largest;
  const fixed = question.fixed.map(([one]) => [one, 0]);
  const answers = new Map();
  for (const edge of behind) answers.set(atlas.edges[edge].target, null);
  for (const v of answers.keys())
    answers.set(v, engine.respond({ ...question, press: [[v, 1]], fixed }).levels);
  return (edge, change) => {
    if (change === "cut" && !isLedTo(about, edge))
      return { verdict: "no_route", strength: "always", rises: 0, falls: 0 };
    const { source: u, target: v } = atlas.edges[edge];
    const entry = engine.entries(edge);
    const factor = (flipped.has(edge) ? -1 : 1) * (change === "cut" ? -1 : -2);
    const [levels, push] = [answer.levels, answers.get(v)];
    const counts = [0, 0];
    for (let k = 0; k < entry.length; k += 1) {
      const c = factor * entry[k];
      const level = levels[node][k] + (push[node][k] * c * levels[u][k]) / (1 - c * push[u][k]);
      if (level > bar) counts[0] += 1;
      else if (level < -bar) counts[1] += 1;
    }
    const [verdict, strength] = verdictOf(counts, entry.length, false);
    return { verdict, strength, rises: counts[0] / entry.length, falls: counts[1] / entry.length };
  };
}

// Whether anything that is forced still gets to the node without this arrow.
function isLedTo({ engine, node, forced, closed, cut }, edge) {
  const without = new Set([...cut, edge]);
  return [...forced.keys()].some((source) => {
    if (source === node) return true;
    const others = new Set([...closed].filter((one) => one !== source));
    return engine.reach(source, others, without).has(node);
  });
}
