// The equations behind an answer in the page: which weightings are drawn, and what solves them. The
// twin of mgmodel/reasoning/weightings.py; engine.js puts the questions. A row is one Float64Array
// with a number for each weighting, so that each step is taken for all of them at once.

const EQUATIONS = {
  largestEliminated: 200, // a group of more nodes is iterated: elimination would cost more
  settled: 1e-12, // iteration stops when nothing moves by more than this part of the input
};

// random.Random(seed).random of Python, number for number, for a whole seed: the Mersenne Twister
// (Matsumoto and Nishimura 1998). A seed beyond 2^53 must come as text or BigInt to be exact.
function makeChance(seed) {
  const state = twisterOf(BigInt(seed));
  let at = state.length;
  const word = () => {
    if (at === state.length) at = twist(state);
    let bits = state[at++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  };
  return () => {
    const high = word() >>> 5;
    return (high * 67108864 + (word() >>> 6)) / 9007199254740992;
  };
}

function twisterOf(seed) {
  const key = [];
  for (let rest = seed < 0n ? -seed : seed; rest || !key.length; rest >>= 32n)
    key.push(Number(rest & 0xffffffffn));
  const state = new Uint32Array(624);
  const mixed = (at, factor) => Math.imul(state[at - 1] ^ (state[at - 1] >>> 30), factor);
  state[0] = 19650218;
  for (let at = 1; at < 624; at += 1) state[at] = mixed(at, 1812433253) + at;
  let at = 1;
  const onward = () => {
    at += 1;
    if (at < 624) return;
    state[0] = state[623];
    at = 1;
  };
  for (let k = 0; k < Math.max(624, key.length); k += 1, onward())
    state[at] = (state[at] ^ mixed(at, 1664525)) + key[k % key.length] + (k % key.length);
  for (let k = 0; k < 623; k += 1, onward()) state[at] = (state[at] ^ mixed(at, 1566083941)) - at;
  state[0] = 0x80000000;
  return state;
}

function twist(state) {
  for (let at = 0; at < 624; at += 1) {
    const bits = (state[at] & 0x80000000) | (state[(at + 1) % 624] & 0x7fffffff);
    state[at] = state[(at + 397) % 624] ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
  }
  return 0;
}

// Entries of A by arrow. Each weighting draws a weight for every arrow and then a sign for every
// unclear one; the arrows of an AND group have the weight of the first, which counts once.
function drawEntries(atlas, ground) {
  const { edges, arrows, sign } = ground;
  const chance = makeChance(atlas.seed);
  const unclear = arrows.filter((arrow) => !sign[arrow]);
  const leader = edges.map((_, arrow) => arrow);
  for (const group of ground.gates) for (const arrow of group) leader[arrow] = group[0];
  const leading = arrows.filter((arrow) => leader[arrow] === arrow);
  const entries = edges.map(({ reasons }) => (reasons ? newRow(ground) : null));
  const [weight, signs] = [new Float64Array(edges.length), Float64Array.from(sign)];
  const sums = new Float64Array(ground.nodes.length);
  for (let k = 0; k < ground.weightings; k += 1) {
    for (const arrow of arrows) weight[arrow] = 1 - chance(); // never 0: a sum of 0 has no shares
    for (const arrow of unclear) signs[arrow] = chance() < 0.5 ? 1 : -1;
    sums.fill(0);
    for (const arrow of leading) sums[edges[arrow].target] += weight[arrow];
    for (const arrow of arrows)
      entries[arrow][k] =
        (atlas.alpha * signs[arrow] * weight[leader[arrow]]) / sums[edges[arrow].target];
  }
  return entries;
}

// ---- The linear equations, for all weightings at once ----

const newRow = (ground) => new Float64Array(ground.weightings);

function addRow(row, more) {
  for (let k = 0; k < row.length; k += 1) row[k] += more[k];
}

function addProduct(row, one, other) {
  for (let k = 0; k < row.length; k += 1) row[k] += one[k] * other[k];
}

function takeRow(row, less) {
  for (let k = 0; k < row.length; k += 1) row[k] -= less[k];
}

function takeProduct(row, one, other) {
  for (let k = 0; k < row.length; k += 1) row[k] -= one[k] * other[k];
}

function divideRow(row, by) {
  for (let k = 0; k < row.length; k += 1) row[k] /= by[k];
}

// Levels for given further inputs (rows by node). What depends on the question alone is made once:
// the groups of nodes on common loops, causes before effects, and the elimination within each.
function makeSolver(ground, entries, asked) {
  const isFree = (node) => asked.arrived.has(node) && !asked.fixed.has(node);
  const carries = (arrow) =>
    !ground.conditional.has(arrow) &&
    !asked.cut.has(arrow) &&
    asked.arrived.has(ground.edges[arrow].source);
  const free = ground.nodes.flatMap((_, node) => (isFree(node) ? [node] : []));
  const targetOf = (arrow) => ground.edges[arrow].target;
  const ahead = (node) => ground.outgoing[node].filter(carries).map(targetOf).filter(isFree);
  const turned = new Map();
  for (const arrow of asked.flipped) turned.set(arrow, entries(arrow).map((entry) => -entry));
  const entryOf = (arrow) => turned.get(arrow) ?? entries(arrow);
  const groups = strongGroups(free, ahead).reverse();
  const steps = groups.map((group) => makeStep(ground, group, carries, entryOf));
  return (pushed) => {
    const levels = ground.nodes.map(() => newRow(ground));
    for (const [node, value] of asked.fixed) levels[node].fill(value);
    for (const [node, amount] of asked.pressed) levels[node].fill(amount);
    for (const node of free) if (pushed.has(node)) addRow(levels[node], pushed.get(node));
    for (const step of steps) step(levels);
    return levels;
  };
}

// The equations of one group. On entering, each of its rows holds the node's own input.
function makeStep(ground, group, carries, entryOf) {
  const here = new Set(group);
  const arrows = group.flatMap((node) => ground.incoming[node].filter(carries));
  const inside = arrows.filter((arrow) => here.has(ground.edges[arrow].source));
  const outside = arrows.filter((arrow) => !here.has(ground.edges[arrow].source));
  const make = group.length > EQUATIONS.largestEliminated ? makeIteration : makeElimination;
  const finish = inside.length ? make(ground, group, inside, entryOf) : () => {};
  return (levels) => {
    for (const arrow of outside) {
      const { source, target } = ground.edges[arrow];
      addProduct(levels[target], entryOf(arrow), levels[source]);
    }
    finish(levels);
  };
}

// Solves (I - A) x = known in place; diagonal dominance makes every pivot safe.
function makeElimination(ground, group, inside, entryOf) {
  const width = ground.nodes.length;
  const cells = new Map();
  const cell = (row, column) => {
    const key = row * width + column;
    if (!cells.has(key)) cells.set(key, newRow(ground).fill(row === column ? 1 : 0));
    return cells.get(key);
  };
  for (const arrow of inside) {
    const { source, target } = ground.edges[arrow];
    takeRow(cell(target, source), entryOf(arrow));
  }
  const order = eliminationOrder(group, inside.map((arrow) => ground.edges[arrow]));
  for (const { pivot, below, across } of order)
    for (const row of below) {
      divideRow(cell(row, pivot), cell(pivot, pivot));
      for (const column of across)
        takeProduct(cell(row, column), cell(row, pivot), cell(pivot, column));
    }
  const backwards = [...order].reverse();
  return (levels) => {
    for (const { pivot, below } of order)
      for (const row of below) takeProduct(levels[row], cell(row, pivot), levels[pivot]);
    for (const { pivot, across } of backwards) {
      for (const column of across) takeProduct(levels[pivot], cell(pivot, column), levels[column]);
      divideRow(levels[pivot], cell(pivot, pivot));
    }
  };
}

// In which order to eliminate, and which entries each pivot touches: the least busy node first
// (Markowitz 1957), which keeps sparse maps sparse.
function eliminationOrder(group, edges) {
  const rows = new Map(group.map((node) => [node, new Set()]));
  const columns = new Map(group.map((node) => [node, new Set()]));
  const fill = (row, column) => {
    if (row === column) return;
    rows.get(row).add(column);
    columns.get(column).add(row);
  };
  for (const { source, target } of edges) fill(target, source);
  const left = new Set(group);
  const busy = (node) => rows.get(node).size * columns.get(node).size;
  const order = [];
  while (left.size) {
    const pivot = [...left].reduce((best, node) => (busy(node) < busy(best) ? node : best));
    const [below, across] = [[...columns.get(pivot)], [...rows.get(pivot)]];
    left.delete(pivot);
    order.push({ pivot, below, across });
    for (const row of below) rows.get(row).delete(pivot);
    for (const column of across) columns.get(column).delete(pivot);
    for (const row of below) for (const column of across) fill(row, column);
  }
  return order;
}

// The Neumann series x = p + A p + A A p + ..., summed in place until nothing moves.
function makeIteration(ground, group, inside, entryOf) {
  const largest = (rows) => {
    let most = 0;
    for (const row of rows.values())
      for (let k = 0; k < row.length; k += 1) most = Math.max(most, Math.abs(row[k]));
    return most;
  };
  return (levels) => {
    let term = new Map(group.map((node) => [node, levels[node].slice()]));
    const bar = EQUATIONS.settled * largest(term);
    while (largest(term) > bar) {
      const next = new Map(group.map((node) => [node, newRow(ground)]));
      for (const arrow of inside) {
        const { source, target } = ground.edges[arrow];
        addProduct(next.get(target), entryOf(arrow), term.get(source));
      }
      term = next;
      for (const node of group) addRow(levels[node], term.get(node));
    }
  };
}

// Groups of nodes that all act on one another, each after those that it acts on (Tarjan 1972).
function strongGroups(nodes, ahead) {
  const [order, low, pile, groups, path] = [new Map(), new Map(), [], [], []];
  const onPile = new Set();
  const lower = (node, to) => low.set(node, Math.min(low.get(node), to));
  const enter = (node) => {
    low.set(node, order.size);
    order.set(node, order.size);
    pile.push(node);
    onPile.add(node);
    path.push({ node, others: ahead(node)[Symbol.iterator]() });
  };
  const leave = ({ node }) => {
    if (path.length) lower(path.at(-1).node, low.get(node));
    if (low.get(node) !== order.get(node)) return;
    groups.push(pile.splice(pile.indexOf(node)));
    for (const member of groups.at(-1)) onPile.delete(member);
  };
  for (const root of nodes) {
    if (!order.has(root)) enter(root);
    while (path.length) {
      const { value: after, done } = path.at(-1).others.next();
      if (done) leave(path.pop());
      else if (!order.has(after)) enter(after);
      else if (onPile.has(after)) lower(path.at(-1).node, order.get(after));
    }
  }
  return groups;
}
