// Why a node does what it does: what brings the change, along which ways, and what stops it. The
// twin of mgmodel/inquiry/{reasons,ways,reason_words}.py and explore/why_told.py, held equal by
// tests/browser/test_why_js.py. Which arrows an answer hangs on takes longer: see deciding.js.

const WHY = {
  negligible: 1e-6, // part of the largest forcing that an arrow must bring to be told of
  tie: 1e-9, // part by which an arrow must carry more than another to be told in its place
  obstacles: 3, // told of for each push
  behind: 250, // arrows behind an answer up to which each is tried: more would take too long
  signs: { increases: 1, decreases: -1 },
  directions: { rises: [1], falls: [-1], depends: [1, -1] },
  ways: {
    rises: [["for", 1, 2], ["against", -1, 1]],
    falls: [["for", -1, 2], ["against", 1, 1]],
    depends: [["raises", 1, 1], ["lowers", -1, 1]],
  },
};

// The reasons of one answer, by default of the node whose Why is open; at once, without `deciding`.
function tellWhy(chart, engine, words, book, view, node = chart.nodes.get(view.why)) {
  const about = reasonOf(chart, engine, words, book, view, node);
  const because = becauseOf(about);
  const ways = waysTo(about).map((way) => wayTold(about, way));
  const blocked = blockedSaid(about);
  return {
    node,
    sentence: verdictSaid(about),
    itself: itselfSaid(about),
    because: because.map((each) => becauseSaid(about, each, isSided(about, because))),
    narration: narrated(about, because),
    blocked: blocked.join(" "),
    ways,
    note: whyNote(about, ways, blocked),
    decides: isDecided(about),
    deciding: [],
  };
}

// What becomes of a node and because of what, in one sentence for a live region.
function narrate(chart, engine, words, book, view, node) {
  const about = reasonOf(chart, engine, words, book, view, node);
  return narrated(about, becauseOf(about));
}

// A node of a View with its answer. `forced` holds by node, in the map's order, the pushes and the
// deviations that are not 0; `closed` and `cut` are what no way may meet.
function reasonOf(chart, engine, words, book, view, node) {
  const chosen = chosenOf(chart, view);
  const question = questionOf(chosen);
  const answer = engine.respond(question);
  const sizes = [...question.press, ...question.fixed].filter(([, size]) => size);
  return {
    ...{ atlas: chart.atlas, engine, words, book, node, chosen, question, answer },
    verdict: answer.verdicts[node],
    forced: new Map(sizes.sort(([one], [other]) => one - other)),
    largest: Math.max(0, ...sizes.map(([, size]) => Math.abs(size))),
    closed: new Set(question.fixed.map(([one]) => one)),
    cut: new Set(question.cut),
    flipped: new Set(question.flipped),
  };
}

// What the question itself does to a node, as the last part of a key; empty for nothing.
function forcingOf({ chosen, question, closed }, node) {
  if (closed.has(node)) return chosen.off.includes(node) ? "off" : "held";
  const push = question.press.find(([one]) => one === node);
  return push ? `pushed_${push[1] > 0 ? "up" : "down"}` : "";
}

// ---- What brings the change ----

// The arrows into a node that bring most, one for each direction that its verdict has.
function becauseOf({ atlas, engine, answer, node, verdict, flipped, largest }) {
  const directions = WHY.directions[verdict] ?? [];
  if (!directions.length) return [];
  const entering = atlas.edges.flatMap((edge, place) =>
    edge.reasons && edge.target === node ? [[place, engine.meanCarried(place, answer)]] : [],
  );
  return directions.flatMap((direction) => {
    let [most, best] = [WHY.negligible * largest, null];
    for (const [edge, carried] of entering)
      if (direction * carried > most * (1 + WHY.tie)) [most, best] = [direction * carried, edge];
    if (best === null) return [];
    const sign = askedSign(atlas, flipped, best);
    const way = sourceWay(answer, atlas.edges[best].source, direction * sign);
    return [{ edge: best, rises: direction > 0, way }];
  });
}

function askedSign(atlas, flipped, edge) {
  const sign = WHY.signs[atlas.edges[edge].effect] ?? 0;
  return flipped.has(edge) ? -sign : sign;
}

// `rise` or `fall` where the source does what the arrow needs of it, else `change`.
function sourceWay({ verdicts, levels }, source, expected) {
  if (verdicts[source] === "fixed") return levels[source][0] > 0 ? "rise" : "fall";
  if ({ rises: 1, falls: -1 }[verdicts[source]] !== expected) return "change";
  return expected > 0 ? "rise" : "fall";
}

// ---- Ways ----

// The shortest paths on which a rise or a fall arrives: [kind, edges, directions].
function waysTo(about) {
  const wanted = WHY.ways[about.verdict] ?? [];
  if (!wanted.length) return [];
  const arriving = arrivingWays(about).sort(shorterFirst(about.atlas));
  return wanted.flatMap(([kind, direction, most]) =>
    arriving
      .filter(({ directions }) => directions.at(-1) === direction)
      .slice(0, most)
      .map((way) => ({ ...way, kind })),
  );
}

function arrivingWays({ atlas, engine, node, forced, closed, cut, flipped }) {
  const limiting = limitingArrows(atlas);
  return [...forced].flatMap(([source, size]) => {
    const others = new Set([...closed].filter((one) => one !== source));
    const { routes } = engine.paths(source, node, others, cut);
    return routes.map(({ nodes, edges }) => {
      const directions = [size > 0 ? 1 : -1];
      for (const edge of edges) {
        const isSurplus = directions.at(-1) > 0 && limiting.has(edge);
        directions.push(isSurplus ? 0 : directions.at(-1) * askedSign(atlas, flipped, edge));
      }
      return { nodes, edges, directions };
    });
  });
}

// Permissive arrows that act by themselves: a lack travels along them, and no surplus.
function limitingArrows({ edges }) {
  const grouped = new Map();
  const groupOf = ({ target, gate }) => `${target} ${gate}`;
  for (const edge of edges)
    if (edge.reasons && edge.gate)
      grouped.set(groupOf(edge), (grouped.get(groupOf(edge)) ?? 0) + 1);
  const isAlone = (edge) => !edge.gate || grouped.get(groupOf(edge)) === 1;
  const isLimiting = (edge) => edge.reasons && edge.permissive && isAlone(edge);
  return new Set(edges.flatMap((edge, place) => (isLimiting(edge) ? [place] : [])));
}

// By the number of arrows, then by the ids of the nodes, then of the arrows, as Python orders text.
function shorterFirst({ sorted, edges }) {
  const rank = new Map(sorted.map((node, place) => [node, place]));
  const firstOf = (compared) => compared.find((one) => one) ?? 0;
  return (one, other) =>
    one.edges.length - other.edges.length ||
    firstOf(one.nodes.map((node, k) => rank.get(node) - rank.get(other.nodes[k]))) ||
    firstOf(one.edges.map((edge, k) => asPythonSorts(edges[edge].id, edges[other.edges[k]].id)));
}

function wayTold(about, { kind, nodes, edges, directions }) {
  const grades = edges.map((edge) => about.atlas.edges[edge].grade);
  const lowest = grades.reduce((one, other) => (other > one ? other : one));
  const weakest = grades.indexOf(lowest);
  return {
    kind,
    heading: about.words.say(`why.way.${kind}`),
    start: startSaid(about, nodes[0]),
    steps: edges.map((edge, k) => stepTold(about, edge, directions.slice(k, k + 2), k === weakest)),
  };
}

function stepTold({ atlas, words, book, flipped }, edge, [before, after], weakest) {
  const { grade, contested, supporting, opposing, described, verified } = atlas.edges[edge];
  const step = {
    sentence: arrowSaid(atlas, words, book, edge, before > 0 ? "rise" : "fall", after > 0),
    edge,
    grade,
    cites: book.edges[edge].cites,
    contested: contested ? [supporting, opposing] : null,
    ...{ described, verified, weakest, turned: flipped.has(edge) },
  };
  return { ...step, marks: stepMarks(words, step) };
}

function stepMarks({ say, number }, step) {
  const marks = [say("why.mark.grade", { grade: step.grade })];
  if (step.weakest) marks.push(say("why.mark.weakest"));
  if (step.contested) {
    const [supporting, opposing] = step.contested.map((count) => number(count));
    marks.push(say("why.mark.contested", { supporting, opposing }));
  }
  for (const mark of ["described", "verified", "turned"])
    if (step[mark]) marks.push(say(`why.mark.${mark}`));
  return marks;
}

// ---- What stops a push ----

// Source by source what lies on all paths that there would otherwise be, or else on some.
function blockedSaid(about) {
  const { engine, node, verdict, question, forced, closed, cut } = about;
  if (verdict === "fixed" || closed.size + cut.size === 0) return [];
  const isStill = verdict === "no_route" || verdict === "unchanged";
  const pushed = new Set(question.press.map(([one]) => one));
  return [...forced.keys()].flatMap((source) => {
    if (source === node || !(isStill || pushed.has(source))) return [];
    const others = new Set([...closed].filter((one) => one !== source));
    return engine.reach(source, others, cut).has(node) ? [] : obstaclesSaid(about, source);
  });
}

function obstaclesSaid(about, source) {
  const { atlas, engine, words, book, node, closed, cut } = about;
  const ends = {
    source: book.nodes[source].name,
    target: book.nodes[node].name,
    length: words.number(atlas.longest_path),
  };
  const { routes, truncated } = engine.paths(source, node);
  if (!routes.length)
    return engine.reach(source).has(node) ? [words.say("why.blocked.far", ends)] : [];
  const met = (one, nodes) => nodes.slice(1, -1).includes(one);
  const nodesMet = inOrder(closed).map((one) => {
    const stopped = routes.filter(({ nodes }) => met(one, nodes)).length;
    return { closing: startSaid(about, one), stopped };
  });
  const edgesMet = inOrder(cut).map((one) => {
    const stopped = routes.filter(({ edges }) => edges.includes(one)).length;
    return { closing: words.say("why.start.cut", { arrow: book.edges[one].arrow }), stopped };
  });
  const onSome = [...nodesMet, ...edgesMet].filter(({ stopped }) => stopped);
  const onAll = onSome.filter(({ stopped }) => stopped === routes.length);
  const told = onAll.length ? onAll : onSome.sort((one, other) => other.stopped - one.stopped);
  const n = words.number(routes.length);
  const said = told.slice(0, WHY.obstacles).flatMap(({ closing, stopped }) => [
    closing,
    stopped === routes.length
      ? words.sayCount("why.blocked.all", routes.length, ends)
      : words.say("why.blocked.some", { ...ends, n, stopped: words.number(stopped) }),
  ]);
  return truncated ? [...said, words.say("why.blocked.truncated", { n })] : said;
}

// ---- Sentences ----

function verdictSaid({ words, book, answer, node, verdict }) {
  const counts = verdict === "falls" ? answer.falls : answer.rises;
  const share = counts[node] / answer.weightings;
  return verdictInWords(words, book.nodes[node].label, verdict, share, answer.strengths[node]);
}

function itselfSaid(about) {
  const key = forcingOf(about, about.node);
  if (!key) return "";
  const told = about.words.say(`why.told.${key}`);
  return `${told[0].toUpperCase()}${told.slice(1)}.`;
}

const startSaid = (about, node) =>
  about.words.say(`why.start.${forcingOf(about, node)}`, { label: about.book.nodes[node].label });

// What a rise, a fall or a change of an arrow's source does to its target.
function arrowSaid({ edges }, words, book, edge, way, rises) {
  const [source, target] = [edges[edge].source, edges[edge].target].map((n) => book.nodes[n].name);
  return words.say(`why.step.${way}_${rises ? "raises" : "lowers"}`, { source, target });
}

// Whether each arrow is told with its side; one alone, whose source goes either way, has both.
const isSided = ({ verdict }, because) =>
  verdict === "depends" && !(because.length === 1 && because[0].way === "change");

function becauseSaid(about, { edge, rises, way }, sided) {
  const { atlas, words, book, node } = about;
  const whole = forcingOf(about, node) ? "besides" : "most"; // a push comes along no arrow
  const key = sided ? (rises ? "raises" : "lowers") : whole;
  const step = arrowSaid(atlas, words, book, edge, way, rises);
  return words.say(`why.because.${key}`, { step });
}

function whyNote(about, ways, blocked) {
  const { atlas, words, verdict, largest } = about;
  if (verdict === "no_route") {
    if (!largest) return words.say("deciding.none_forced");
    return blocked.length ? "" : words.say("why.note.silent");
  }
  const notes = [];
  const length = words.number(atlas.longest_path);
  const isMoved = verdict in WHY.directions && !forcingOf(about, about.node);
  if (isMoved && !ways.length) notes.push(words.say("why.note.no_way", { length }));
  if (verdict === "depends" && !isDecided(about))
    notes.push(words.say("why.note.many_behind", { n: words.number(arrowsBehind(about).length) }));
  return notes.join(" ");
}

// Whether the answer depends, and few enough arrows stand behind it to try each of them.
const isDecided = (about) =>
  about.verdict === "depends" && arrowsBehind(about).length <= WHY.behind;

function narrated(about, because) {
  const { words, book, answer, node, verdict, closed, largest } = about;
  const { label } = book.nodes[node];
  const itself = forcingOf(about, node);
  if (closed.has(node)) return `${label}: ${words.say(`why.told.${itself}`)}.`;
  if (!largest) return `${label}.`;
  const isDirected = verdict === "rises" || verdict === "falls";
  const firmly = isDirected ? `, ${words.say(`strength.word.${answer.strengths[node]}`)}` : "";
  const told = `${words.say(`verdict.word.${verdict}`)}${firmly}`;
  const isPushed = { pushed_up: "rises", pushed_down: "falls" }[itself] === verdict;
  const cause = isPushed ? words.say(`why.told.${itself}`) : causeSaid(about, because);
  return cause ? `${label}: ${told}; ${cause}.` : `${label}: ${told}.`;
}

// What brings the change, as the end of a sentence; empty where nothing is known to.
function causeSaid(about, because) {
  const { atlas, words, book } = about;
  const causes = {};
  for (const { edge, rises, way } of because) {
    const source = book.nodes[atlas.edges[edge].source].name;
    causes[rises ? "up" : "down"] = words.say(`why.cause.${way}`, { source });
  }
  const ways = Object.keys(causes);
  if (ways.length > 1) return words.say("why.told.both", causes);
  if (!ways.length) return "";
  if (isSided(about, because)) return words.say(`why.told.${ways[0]}`, causes);
  return words.say("why.told.because", { cause: causes[ways[0]] });
}
