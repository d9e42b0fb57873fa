// One drawing on one canvas: boxes and arrows at places that never change. It decides nothing: for
// each node and each arrow it is given a key, and the table of looks says how that key is painted.
// vis-network lays the arrows and finds what the pointer is over; the painting itself goes through
// prebuilt lists, so that a click is answered within a frame.

const READABLE_PX = 12.1; // no label opens smaller than this, however narrow the window is
const PRESENTED_PX = 18.1;
const NEAR_ARROW = 10; // layout units
const HEAD_SIZES = { arrow: 0.7, bar: 0.85 };

// A label too long for its box ends in dots; the whole of it stands in the tooltip and in the lists.
function shortened(ctx, text, width) {
  if (text.length < 9 || ctx.measureText(text).width <= width * 1.3) return text;
  let [low, high] = [1, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (ctx.measureText(`${text.slice(0, middle)}…`).width <= width * 1.1) low = middle;
    else high = middle - 1;
  }
  // never half of a letter that takes two places, such as an emoji
  return `${[...text.slice(0, low)].filter((one) => !/^[\ud800-\udfff]$/.test(one)).join("")}…`;
}

// What stands on an arrow: the counts for and against it, or what a person did to it.
function makePills(ctx, plan) {
  const size = plan.font; // as large as a label: a count that cannot be read is worse than none
  const font = `bold ${size}px ${plan.face}`;
  const widths = new Map();
  const widthOf = (text) => {
    if (!widths.has(text)) widths.set(text, Math.max(size * 1.4, ctx.measureText(text).width + size * 0.7));
    return widths.get(text);
  };
  return {
    paint(pills, surface) {
      ctx.font = font;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.setLineDash([]);
      ctx.lineWidth = 1.2;
      const height = size * 1.4;
      for (const { text, x, y, look } of pills) {
        const width = widthOf(text);
        ctx.beginPath();
        ctx.roundRect(x - width / 2, y - height / 2, width, height, height / 2);
        ctx.fillStyle = surface;
        ctx.fill();
        ctx.strokeStyle = look.colour;
        ctx.stroke();
        ctx.fillStyle = look.mark_colour;
        ctx.fillText(text, x, y + size * 0.06);
      }
    },
  };
}

// `plan`, from the atlas, is where things stand; `net` its vis-network; `view` gives scale and shift.
function makePainter(plan, net, arrows) {
  const ctx = net.canvas.getContext();
  const pills = makePills(ctx, plan);
  const [boxWidth, boxHeight] = plan.box;
  const plain = `${plan.font}px ${plan.face}`;
  const RANKS = { f: 0, d: 1, l: 3 };
  let nodes = []; // {number, x, y, box, radius, lines, look, line}, those that are not hidden
  let edges = []; // {id, look, mode, path, box, pill}

  const within = (box, part) =>
    box.right >= part.left && box.left <= part.right && box.bottom >= part.top && box.top <= part.bottom;

  function paintEdges(shown) {
    ctx.lineCap = "round";
    for (const { look, path } of shown) {
      ctx.strokeStyle = look.colour;
      ctx.fillStyle = look.colour;
      ctx.lineWidth = look.width;
      ctx.setLineDash(look.dash);
      ctx.stroke(path.line);
      ctx.fill(path.head);
    }
    ctx.setLineDash([]);
  }

  function paintBoxes(shown) {
    for (const { x, y, radius, look } of shown) {
      ctx.beginPath();
      ctx.roundRect(x - boxWidth / 2, y - boxHeight / 2, boxWidth, boxHeight, radius);
      ctx.fillStyle = look.fill;
      ctx.fill();
      ctx.strokeStyle = look.border;
      ctx.lineWidth = look.width;
      ctx.setLineDash(look.dash);
      ctx.stroke();
    }
    ctx.setLineDash([]);
  }

  function paintTexts(shown) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = plain;
    const step = plan.line;
    for (const { x, y, lines, look } of shown) {
      ctx.fillStyle = look.text;
      const first = y - (lines.length > 1 ? step : step / 2); // the last line is the verdict's
      lines.forEach((line, row) => ctx.fillText(line, x, first + row * step, boxWidth - 4));
    }
    ctx.font = `bold ${plain}`;
    for (const { x, y, line, look } of shown) {
      if (!line) continue;
      ctx.fillStyle = look.text;
      ctx.fillText(line, x, y + step, boxWidth - 8); // squeezed rather than cut off
    }
  }

  function paintRing({ x, y, radius }, air, colour) {
    const [width, height] = [boxWidth + 2 * air, boxHeight + 2 * air];
    ctx.beginPath();
    ctx.roundRect(x - width / 2, y - height / 2, width, height, radius ? radius + air : 0);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2.5;
    ctx.stroke();
  }

  return {
    fit: (lines) => {
      ctx.font = plain;
      return lines.map((line) => shortened(ctx, line, boxWidth - 4));
    },
    take(nextNodes, nextEdges) {
      nodes = nextNodes;
      edges = nextEdges
        .map((edge) => ({
          ...edge,
          rank: RANKS[edge.mode] ?? 2,
          path: arrows.of(edge.id, edge.look.head, edge.look.width),
        }))
        .sort((one, other) => one.rank - other.rank); // what matters most is painted last
    },
    paint({ scale, x, y, width, height }, { surface, text }, focused) {
      const ratio = net.canvas.pixelRatio || 1;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, width, height);
      ctx.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * x, ratio * y);
      const part = { left: -x / scale, top: -y / scale };
      part.right = part.left + width / scale;
      part.bottom = part.top + height / scale;
      const shown = nodes.filter((one) => within(one.box, part));
      const lines = edges.filter((one) => within(one.box, part));
      paintEdges(lines);
      paintBoxes(shown);
      paintTexts(shown);
      pills.paint(lines.filter((one) => one.pill).map((one) => one.pill), surface);
      for (const one of shown) {
        if (one.ring) paintRing(one, 4, one.ring);
        if (one.number === focused) paintRing(one, 6.5, text);
      }
    },
  };
}

// A vis-network of one plan, of which only the canvas, the arrows and the tooltips are used.
function makeNet(frame, plan, titles) {
  const [width, height] = plan.box;
  const nodes = plan.nodes.map(([id, x, y]) => ({
    id,
    x,
    y,
    shape: "custom",
    ctxRenderer: () => ({ drawNode: () => {}, nodeDimensions: { width, height } }),
  }));
  const net = new Network(frame, { nodes: new DataSet(nodes), edges: new DataSet(plan.edges) }, plan.options);
  // on each press and release it would look for what is under the pointer, long after we have found it
  for (const name of ["hammer", "hammerFrame"]) {
    net.canvas[name].destroy();
    net.canvas[name] = { destroy() {} }; // vis-network itself destroys it in the end
  }
  for (const [id, x, y] of plan.nodes) {
    const node = net.body.nodes[id];
    const { shape } = node;
    [shape.customSizeWidth, shape.customSizeHeight] = plan.box;
    [shape.width, shape.height] = plan.box;
    const [left, top] = [x - width / 2, y - height / 2];
    Object.assign(shape, { left, top, boundingBox: { left, top, right: left + width, bottom: top + height } });
    node.getTitle = () => titles.node(id);
  }
  net.canvas.frame.removeAttribute("tabindex"); // the keyboard has the list of nodes
  for (const edge of Object.values(net.body.edges)) edge.getTitle = () => titles.edge(edge.id);
  return net;
}
