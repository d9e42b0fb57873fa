// From what is told to what is painted: a key for each node and each arrow of a drawing, and with it
// a row of the table of looks. Nothing is computed about the map here.

const OPPOSITE_EFFECT = { increases: "decreases", decreases: "increases" };
const CUT_MARK = "✕";

// A look by its key; where the table has no such row, that with fewer flags: the ring of a node that
// differs, for one, is painted over any look.
function lookOf(table, key) {
  const flags = key.lastIndexOf("|") + 1;
  for (let end = key.length; end >= flags; end -= 1) {
    const look = table[key.slice(0, end)];
    if (look) return look;
  }
  return table["plain||"] ?? Object.values(table)[0];
}

function nodeState(told, off, held, number) {
  if (off.has(number)) return "off";
  if (held.has(number)) return "held";
  const [verdict, strength] = told.asked ? (told.nodes[number] ?? []) : [];
  if (!verdict) return "plain";
  return verdict === "rises" || verdict === "falls" ? `${verdict}.${strength}` : verdict;
}

// What one View makes of the nodes and arrows, as keys. `differing`: numbers of the nodes whose line
// differs from that of the other View beside this one.
function makeKeys({ atlas, numbers, view, told, differing }) {
  const set = (ids) => new Set(ids.map((id) => numbers.get(id)));
  const [off, held, flipped] = [set(view.switched_off), set(view.held), new Set(view.flipped)];
  const [dimNodes, litNodes] = [new Set(told.dim_nodes), new Set(told.lit_nodes)];
  const [dimEdges, litEdges, faded] = [told.dim_edges, told.lit_edges, told.faded_edges].map((one) => new Set(one));
  const roleOf = (id) => (id === view.source ? "source" : id === view.target ? "target" : "");
  return {
    state: (number) => nodeState(told, off, held, number),
    role: (number) => roleOf(atlas.nodes[number]),
    node(number) {
      const state = nodeState(told, off, held, number);
      const dim = dimNodes.has(number) && state !== "off" && state !== "held" ? "d" : "";
      const lit = litNodes.has(number) ? "l" : "";
      return `${state}|${roleOf(atlas.nodes[number])}|${dim}${lit}${differing.has(number) ? "x" : ""}`;
    },
    mode: (number) =>
      litEdges.has(number) ? "l" : faded.has(number) ? "f" : dimEdges.has(number) ? "d" : "",
    edge(number, mode) {
      const { id, effect, contested, reasons } = atlas.edges[number];
      const turned = flipped.has(id) && OPPOSITE_EFFECT[effect];
      const flags = `${contested ? "c" : ""}${reasons ? "" : "s"}${mode}${turned ? "t" : ""}`;
      return `${turned || effect}|${flags}`;
    },
  };
}

// The last line of a box: its marks, then what the question does to it, or its role.
function lastLine(keys, number, look, words) {
  const state = keys.state(number);
  const key = state === "plain" ? keys.role(number) : state;
  return [...(look.marks ?? []), key && words.say(`look.${key}`)].filter(Boolean).join(" ");
}

// What is not painted: hidden nodes and arrows, and arrows of hidden nodes.
function makeHidden(atlas, view) {
  const ids = new Set(view.hidden);
  const node = (number) => ids.size > 0 && ids.has(atlas.nodes[number]);
  return {
    node,
    edge(number) {
      if (!ids.size) return false;
      const edge = atlas.edges[number];
      return ids.has(edge.id) || node(edge.source) || node(edge.target);
    },
  };
}

// The picture of one View on one board: lists that the painter goes through.
function portray({ keys, view, hidden, looks, words, plan, board, labels, radii }) {
  const cut = new Set(view.cut);
  const nodes = [];
  for (const place of plan.places.values()) {
    const { number } = place;
    if (hidden.node(number)) continue;
    const key = keys.node(number);
    const look = lookOf(looks.nodes, key);
    nodes.push({
      ...place,
      radius: radii[number].radius,
      lines: labels(number),
      look,
      ring: key.endsWith("x") ? looks.ring : "",
      line: lastLine(keys, number, look, words),
    });
  }
  const edges = [];
  for (const { id, mark = "", mark_at: at, edge } of plan.edges) {
    if (hidden.edge(id)) continue;
    const mode = keys.mode(id);
    const look = lookOf(looks.edges, keys.edge(id, mode));
    const text = (cut.has(edge) ? CUT_MARK : (look.mark ?? "")) + mark;
    const pill = text && at ? { text, x: at[0], y: at[1], look } : null;
    edges.push({ id, look, mode, pill, box: board.boundsOf(id) });
  }
  return { nodes, edges };
}
