// The lines of arrows, kept: vis-network computes a curve and its head anew each time it draws one.
// Here each is computed once, by vis-network itself drawing onto a stand-in that only takes notes.

function makeNotes() {
  let path = new Path2D();
  const line = new Path2D();
  const head = new Path2D();
  const steps = ["moveTo", "lineTo", "quadraticCurveTo", "bezierCurveTo", "arc", "rect", "closePath"];
  const notes = {
    line,
    head,
    beginPath: () => {
      path = new Path2D();
    },
    stroke: () => line.addPath(path),
    fill: () => head.addPath(path),
    save: () => {},
    restore: () => {},
    setLineDash: () => {},
  };
  for (const step of steps) notes[step] = (...numbers) => path[step](...numbers);
  return notes;
}

// All arrows of one vis-network, by id: `of(id, head, width)` gives {line, head} as paths in layout
// units. A T-bar stands on its line, so that the line
// of an arrow that is turned round ends elsewhere; hence one note for each head and width.
function makeArrows(network, sizes) {
  const kept = new Map();

  function note(id, head, width) {
    const edge = network.body.edges[id];
    const notes = makeNotes();
    const own = edge.getFormattingValues;
    edge.getFormattingValues = () => ({
      ...own.call(edge),
      width,
      dashes: false,
      label: undefined,
      toArrow: true,
      toArrowType: head,
      toArrowScale: sizes[head] ?? 0.6,
      arrowStrikethrough: head !== "arrow",
    });
    try {
      edge.drawArrows(notes); // first: it decides where the line ends
      edge.edgeType.drawLine(notes, edge.getFormattingValues(), false, false, edge.edgeType.getViaNode());
    } finally {
      edge.getFormattingValues = own;
    }
    return { line: notes.line, head: notes.head };
  }

  return {
    of(id, head, width) {
      const key = `${id}|${head}|${width}`;
      if (!kept.has(key)) kept.set(key, note(id, head, width));
      return kept.get(key);
    },
    distance(id, { x, y }) {
      const { edgeType, from, to } = network.body.edges[id];
      return edgeType.getDistanceToEdge(from.x, from.y, to.x, to.y, x, y);
    },
  };
}
