// The reasoning of the map in the page: an answer is there at once, and no kernel is needed. It is
// the twin of mgmodel/reasoning (same weightings from the same generator, same equations, same
// verdicts), held equal by tests/browser/test_engine_js.py. Nodes and arrows are numbers, their
// places in the map's order; a row is one Float64Array with a number for each weighting.

const ENGINE = {
  negligible: 1e-6, // part of the largest forcing up to which a deviation counts as none
  likely: 0.8,
  robust: 0.95,
  shares: [1, 0.5, 0.1], // how far the inputs of conditional arrows go towards what is brought
  rounds: 300, // tried with each share
  settled: 1e-12, // part of the largest forcing by which these inputs may still move
  moving: 1e-7, // part of the largest forcing by which a level must still move to be given up
  patience: 512, // steps without a path after which the search looks whether it is cut off
  kept: 8, // answers kept, so that an act that asks nothing new costs nothing
};

// What an atlas answers. Numbers in, numbers out; what is handed out is for reading only.
//   respond({press: [[node, amount]], fixed: [[node, value]], cut: [edge], flipped: [edge]})
//     -> {rises, falls (counts by node), verdicts, strengths, levels (rows by node), weightings,
//         fixed, arrived, unsettled (Sets of nodes), cut, flipped (Sets of reasoning arrows)}
//   reach(source, fixedNodes, cutEdges) -> Set of the nodes that any walk reaches
//   paths(source, target, fixedNodes, cutEdges, {longest, limit, flipped}) -> {routes, truncated}
//   entries(edge) -> its row of entries of A, null for an arrow that is only shown
//   median(row) -> the middle of a row of levels
//   meanCarried(edge, answer) -> what an arrow brings its target, on average over the weightings
function makeEngine(atlas) {
  const ground = groundOf(atlas);
  const kept = new Map();
  let drawn = null;
  const entries = (edge) => (drawn ??= drawEntries(atlas, ground))[edge];
  const respond = (question) => {
    const asked = askedOf(ground, question);
    const answer = kept.get(asked.key) ?? answerOf(ground, entries, asked);
    kept.delete(asked.key); // and set anew, so that the first key is the one longest out of use
    kept.set(asked.key, answer);
    if (kept.size > ENGINE.kept) kept.delete(kept.keys().next().value);
    return answer;
  };
  const reach = (source, fixedNodes = new Set(), cutEdges = new Set()) =>
    fixedNodes.has(source) ? new Set() : walkedTo(ground, [source], fixedNodes, cutEdges);
  const paths = (source, target, fixedNodes = new Set(), cutEdges = new Set(), options = {}) =>
    pathsBetween(ground, [source, target], {
      closed: fixedNodes,
      cut: cutEdges,
      flipped: options.flipped ?? new Set(),
      longest: options.longest ?? atlas.longest_path,
      limit: options.limit ?? atlas.path_limit,
    });
  const meanCarried = (edge, answer) => meanOfCarried(ground, entries, edge, answer);
  return { respond, reach, paths, entries, median: medianOf, meanCarried };
}

// ---- The arrows that questions reason over ----

function groundOf(atlas) {
  const { nodes, edges, weightings } = atlas;
  const arrows = edges.flatMap((edge, number) => (edge.reasons ? [number] : []));
  const incoming = nodes.map(() => []);
  const outgoing = nodes.map(() => []);
  const groups = new Map();
  for (const arrow of arrows) {
    const { source, target, gate } = edges[arrow];
    incoming[target].push(arrow);
    outgoing[source].push(arrow);
    const key = `${target} ${gate}`;
    if (gate) groups.set(key, [...(groups.get(key) ?? []), arrow]);
  }
  const gates = [...groups.values()].filter((group) => group.length > 1); // one alone is plain
  const grouped = new Set(gates.flat());
  const permissive = arrows.filter((arrow) => edges[arrow].permissive && !grouped.has(arrow));
  const conditional = new Set([...permissive, ...grouped]);
  const sign = edges.map(({ effect }) => ({ increases: 1, decreases: -1 })[effect] ?? 0);
  const rank = new Map(atlas.sorted.map((node, place) => [node, place]));
  const ground = { nodes, edges, arrows, incoming, outgoing, gates, permissive, conditional };
  return { ...ground, sign, rank, weightings };
}

// Starts and every node that a walk leads to from one of them, never entering a closed node. A
// start may itself be closed: walks leave it.
function walkedTo(ground, starts, closed, cut) {
  const seen = new Set(starts);
  for (const node of seen) // which also visits what is added on the way
    for (const arrow of ground.outgoing[node]) {
      const after = ground.edges[arrow].target;
      if (!cut.has(arrow) && !closed.has(after)) seen.add(after);
    }
  return seen;
}

// ---- A question, and its answer ----

function askedOf(ground, { press = [], fixed = [], cut = [], flipped = [] }) {
  const held = new Map(fixed);
  const pressed = new Map();
  for (const [node, amount] of press) pressed.set(node, (pressed.get(node) ?? 0) + amount);
  for (const node of pressed.keys())
    if (held.has(node)) throw new Error(`Node ${node} is fixed, so a press cannot move it.`);
  const gone = new Set(cut.filter((edge) => ground.edges[edge].reasons));
  const counts = (edge) => ground.edges[edge].reasons && !gone.has(edge);
  const turned = new Set(flipped.filter(counts));
  const forcing = [...pressed, ...held];
  const forced = forcing.filter(([, size]) => size).map(([node]) => node);
  const inOrder = (some) => [...some].sort(([a], [b]) => a - b);
  const byNumber = (some) => [...some].sort((a, b) => a - b);
  return {
    pressed,
    fixed: held,
    cut: gone,
    flipped: turned,
    largest: forcing.reduce((most, [, size]) => Math.max(most, Math.abs(size)), 0),
    arrived: walkedTo(ground, forced, held, gone),
    key: JSON.stringify([inOrder(pressed), inOrder(held), byNumber(gone), byNumber(turned)]),
  };
}

function answerOf(ground, entries, asked) {
  const { weightings } = ground;
  const solve = makeSolver(ground, entries, asked);
  const { levels, unsettled } = ground.conditional.size
    ? settledLevels(solve, (now) => broughtAt(ground, entries, asked, now), asked.largest)
    : { levels: solve(new Map()), unsettled: new Set() };
  const bar = ENGINE.negligible * asked.largest;
  const told = levels.map((row, node) => {
    if (asked.fixed.has(node)) return [0, 0, "fixed", "always"];
    if (!asked.arrived.has(node)) return [0, 0, "no_route", "always"];
    const counts = [0, 0];
    for (let k = 0; k < weightings; k += 1)
      if (row[k] > bar) counts[0] += 1;
      else if (row[k] < -bar) counts[1] += 1;
    return [...counts, ...verdictOf(counts, weightings, unsettled.has(node))];
  });
  const [rises, falls, verdicts, strengths] = [0, 1, 2, 3].map((k) => told.map((one) => one[k]));
  const { cut, flipped, arrived } = asked;
  const sets = { fixed: new Set(asked.fixed.keys()), arrived, unsettled, cut, flipped };
  return { rises, falls, verdicts, strengths, levels, weightings, ...sets };
}

function verdictOf([up, down], weightings, isUnsettled) {
  if (!up && !down && !isUnsettled) return ["unchanged", "always"];
  const agreed = Math.max(up, down) / weightings;
  if (agreed < ENGINE.likely) return ["depends", "depends"];
  const way = up > down ? "rises" : "falls";
  if (agreed === 1) return [way, "always"];
  return [way, agreed >= ENGINE.robust ? "robust" : "likely"];
}

// ---- Arrows whose effect depends on levels ----

// Levels at which the inputs are what the levels bring about, and the nodes that found none. What
// conditional arrows bring is put in as a further input and the rest is solved, again and again.
// Permissive arrows alone always come to rest; AND groups give no such promise.
function settledLevels(solve, broughtNow, largest) {
  let pushed = broughtNow(solve(new Map()));
  let levels = solve(pushed);
  let before = levels;
  for (const share of ENGINE.shares)
    for (let round = 0; round < ENGINE.rounds; round += 1) {
      const brought = broughtNow(levels);
      if (largestMove(pushed, brought) <= ENGINE.settled * largest)
        return { levels, unsettled: new Set() };
      for (const [node, row] of pushed) pushed.set(node, movedRow(row, brought.get(node), share));
      [before, levels] = [levels, solve(pushed)];
    }
  return { levels, unsettled: giveUp(before, levels, ENGINE.moving * largest) };
}

// What permissive arrows and AND groups bring to each target at these levels. A permissive arrow
// carries a lack of its source, and no surplus. An AND group brings its weight times (a - 1) / 2,
// where a is the product of 1 + 2 s x over its arrows, each kept between 0 (absent) and 2.
function broughtAt(ground, entries, asked, levels) {
  const brought = new Map();
  const rowOf = (node) => brought.get(node) ?? brought.set(node, newRow(ground)).get(node);
  const factorOf = (arrow) => (asked.cut.has(arrow) ? 0 : asked.flipped.has(arrow) ? -1 : 1);
  for (const arrow of ground.permissive) {
    const { source, target } = ground.edges[arrow];
    const [entry, level, factor] = [entries(arrow), levels[source], factorOf(arrow)];
    const row = rowOf(target);
    for (let k = 0; k < row.length; k += 1) row[k] += factor * entry[k] * Math.min(level[k], 0);
  }
  for (const group of ground.gates) {
    const [first, row] = [entries(group[0]), rowOf(ground.edges[group[0]].target)];
    const activity = newRow(ground).fill(1);
    for (const arrow of group) {
      const [entry, level] = [entries(arrow), levels[ground.edges[arrow].source]];
      const factor = 2 * factorOf(arrow);
      for (let k = 0; k < row.length; k += 1)
        activity[k] *= Math.min(Math.max(1 + factor * Math.sign(entry[k]) * level[k], 0), 2);
    }
    for (let k = 0; k < row.length; k += 1) row[k] += (Math.abs(first[k]) * (activity[k] - 1)) / 2;
  }
  return brought;
}

function largestMove(before, after) {
  let most = 0;
  for (const [node, old] of before) {
    const row = after.get(node);
    for (let k = 0; k < row.length; k += 1) most = Math.max(most, Math.abs(row[k] - old[k]));
  }
  return most;
}

const movedRow = (from, to, share) => from.map((one, k) => one + share * (to[k] - one));

// Sets to 0 what still moves, and says which nodes that concerns.
function giveUp(before, levels, bar) {
  const moving = new Set();
  levels.forEach((row, node) => {
    for (let k = 0; k < row.length; k += 1)
      if (Math.abs(row[k] - before[node][k]) > bar) {
        row[k] = 0;
        moving.add(node);
      }
  });
  return moving;
}

// ---- Readings of an answer ----

function medianOf(row) {
  const ordered = Float64Array.from(row).sort();
  const middle = ordered.length >> 1;
  return ordered.length % 2 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2;
}

// Entry times level of the source, the mean over all weightings: with the other sign where the
// arrow is flipped, and 0 where it is cut or only shown. Of a permissive arrow only a lack counts,
// as in the answer. What an arrow of an AND group carries is told as if it acted by itself, which
// is so for small changes.
function meanOfCarried(ground, entries, edge, answer) {
  if (!ground.edges[edge].reasons || answer.cut.has(edge)) return 0;
  const [entry, level] = [entries(edge), answer.levels[ground.edges[edge].source]];
  const most = ground.permissive.includes(edge) ? 0 : Infinity;
  let sum = 0;
  for (let k = 0; k < entry.length; k += 1) sum += entry[k] * Math.min(level[k], most);
  return (answer.flipped.has(edge) ? -sum : sum) / entry.length;
}

// ---- Paths ----

// Simple paths, shortest first, then by ids of nodes, then of arrows; parallel arrows give paths of
// their own. Each length is searched in turn, so that a limit keeps the first ones.
function pathsBetween(ground, [source, target], { closed, cut, flipped, longest, limit }) {
  const routes = [];
  const signOf = (arrow) => (flipped.has(arrow) ? -ground.sign[arrow] : ground.sign[arrow]);
  const found = (nodes, pairs) => {
    for (const edges of choices(pairs, limit + 1 - routes.length)) {
      const sign = edges.reduce((product, arrow) => product * signOf(arrow), 1) || 0; // never -0
      routes.push({ nodes: [...nodes], edges, sign });
    }
    return routes.length > limit;
  };
  const none = source === target || closed.has(source) || closed.has(target);
  const most = none ? 0 : Math.min(longest, ground.nodes.length - 1);
  const search = makeWalker(ground, [source, target], closed, cut, found);
  for (let length = 1; length <= most && routes.length <= limit; length += 1) search(length);
  return { routes: routes.slice(0, limit), truncated: routes.length > limit };
}

// Tells of every path of one length, in order, until `found` says that it is enough. It only steps
// where the end is near enough, and a walk that has cut itself off from the end is given up: else
// it would try every way through what lies before it.
function makeWalker(ground, [source, target], closed, cut, found) {
  const [trail, pairs] = [[source], []];
  const ahead = stepsAhead(ground, closed, cut);
  const isShut = (node) => closed.has(node) || trail.includes(node);
  const near = distancesTo(ground, target, isShut, cut);
  let idle = 0;
  const isLost = (node, left) => {
    idle += 1;
    if (idle <= ENGINE.patience) return false;
    return !(distancesTo(ground, target, isShut, cut).get(node) <= left);
  };
  const isOpen = (node, left) =>
    near.get(node) <= left && !trail.includes(node) && !isLost(node, left);
  const isEnough = () => {
    idle = 0;
    return found(trail, pairs);
  };
  const extend = (node, left) => {
    for (const [after, arrows] of ahead(node)) {
      const isEnd = after === target;
      if (isEnd ? left > 1 : !isOpen(after, left - 1)) continue;
      trail.push(after);
      pairs.push(arrows);
      const enough = isEnd ? isEnough() : extend(after, left - 1);
      trail.pop();
      pairs.pop();
      if (enough) return true;
    }
    return false;
  };
  return (length) => extend(source, length);
}

// For each node the nodes that it acts on, in the order of ids, each with the arrows to it.
function stepsAhead(ground, closed, cut) {
  const kept = new Map();
  return (node) => {
    if (kept.has(node)) return kept.get(node);
    const found = new Map();
    for (const arrow of ground.outgoing[node].filter((one) => !cut.has(one))) {
      const after = ground.edges[arrow].target;
      if (!closed.has(after)) found.set(after, [...(found.get(after) ?? []), arrow]);
    }
    const byId = (one, other) => asPythonSorts(ground.edges[one].id, ground.edges[other].id);
    for (const arrows of found.values()) arrows.sort(byId);
    const steps = [...found].sort(([a], [b]) => ground.rank.get(a) - ground.rank.get(b));
    kept.set(node, steps);
    return steps;
  };
}

function distancesTo(ground, end, isShut, cut) {
  const distance = new Map([[end, 0]]);
  for (const [node, steps] of distance) // which also visits what is added on the way
    for (const arrow of ground.incoming[node]) {
      const before = ground.edges[arrow].source;
      const isNew = !isShut(before) && !distance.has(before);
      if (isNew && !cut.has(arrow)) distance.set(before, steps + 1);
    }
  return distance;
}

// One arrow of each pair of nodes, in every way, the last turning fastest; at most so many.
function choices(pairs, most) {
  let rows = [[]];
  for (const arrows of pairs)
    rows = rows.flatMap((row) => arrows.map((arrow) => [...row, arrow])).slice(0, most);
  return rows;
}

// Python compares texts by code point, JavaScript by halves of one; they differ beyond U+FFFF.
function asPythonSorts(one, other) {
  const [a, b] = [one, other].map((text) => Array.from(text, (sign) => sign.codePointAt(0)));
  const place = a.findIndex((code, k) => code !== b[k]);
  return place < 0 ? a.length - b.length : a[place] - (b[place] ?? -1);
}
