// The drawn map: boxes and arrows on one canvas, at places that never change.
// It decides nothing: each node and arrow carries a number, and a table of looks says how that
// number is painted. The boxes are painted here, the arrows by vis-network.

const READABLE_PX = 12.1; // no label opens smaller than this, however narrow the window is
const PAN_THRESHOLD = 5;

function makePicture(scroll, sizer, frame, { onNode, onEdge, onPainted }) {
  let drawing = null;
  let looks = null;
  let net = null;
  let scale = 1;
  let fitted = true; // follows the window until a person zooms
  let state = { node: new Map(), edge: new Map() }; // id -> number
  let focused = null;
  let size = { width: 0, height: 0 };

  // ---- painting -------------------------------------------------------------------------------
  function paintNode(ctx, item, x, y) {
    const look = looks.nodes[state.node.get(item.id) ?? 0];
    const [width, height] = drawing.box;
    const left = x - width / 2;
    const top = y - height / 2;
    ctx.beginPath();
    ctx.roundRect(left, top, width, height, item.radius);
    ctx.fillStyle = look.fill;
    ctx.fill();
    ctx.strokeStyle = look.border;
    ctx.lineWidth = look.width;
    ctx.setLineDash(look.dash);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = look.text;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    const step = drawing.line;
    const first = y - (item.lines.length > 1 ? step : step / 2); // the last line is the verdict's
    ctx.font = drawing.fonts.plain;
    item.lines.forEach((line, row) => ctx.fillText(line, x, first + row * step, width));
    ctx.font = drawing.fonts.bold;
    ctx.fillText(look.line, x, y + step, width - 8); // squeezed rather than cut off
    if (item.id === focused) paintFocus(ctx, left, top, width, height);
  }

  function paintFocus(ctx, left, top, width, height) {
    ctx.beginPath();
    ctx.roundRect(left - 5, top - 5, width + 10, height + 10, 8);
    ctx.strokeStyle = looks.text;
    ctx.lineWidth = 3;
    ctx.stroke();
  }

  const edgeLook = (id) => looks.edges[state.edge.get(id) ?? 0];

  // vis-network asks each arrow for its values whenever it draws it; answering from the table here
  // saves telling it of every change, which costs several redraws
  function lookUpArrows() {
    for (const edge of Object.values(net.body.edges)) {
      const own = edge.getFormattingValues.bind(edge);
      edge.getFormattingValues = () => {
        const look = edgeLook(edge.id);
        return { ...own(), color: look.colour, inheritsColor: false, width: look.width };
      };
    }
  }

  // a disputed arrow carries its mark on a disc of its own, so that it can be read from afar
  function paintMarks(ctx) {
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = drawing.fonts.bold;
    for (const { id, mark, mark_at: at } of drawing.edges) {
      if (!mark) continue;
      const { colour, mark_colour: markColour } = edgeLook(id);
      ctx.beginPath();
      ctx.arc(at[0], at[1], drawing.font * 0.62, 0, 2 * Math.PI);
      ctx.fillStyle = looks.surface;
      ctx.fill();
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.2;
      ctx.stroke();
      ctx.fillStyle = markColour;
      ctx.fillText(mark, at[0], at[1] + 1);
    }
  }

  // Paints at once: waiting for the next frame would only add to the time of a click.
  function paint() {
    if (net) net.body.emitter.emit("_redraw");
  }

  // ---- where the window looks -------------------------------------------------------------------
  function widest() {
    return Math.max(200, scroll.clientWidth || scroll.parentElement.clientWidth || 200);
  }

  function tallest() {
    const room = scroll.ownerDocument.defaultView.innerHeight;
    return Math.max(360, room - 148); // leaves room for JupyterLab's own bars
  }

  function readableScale() {
    return READABLE_PX / drawing.font;
  }

  function openingScale() {
    const all = Math.min(widest() / drawing.width, tallest() / drawing.height);
    return Math.min(1.6, Math.max(readableScale(), all));
  }

  function place() {
    if (!net) return;
    const width = widest();
    const height = Math.round(Math.min(drawing.height * scale, tallest()));
    if (width !== size.width || height !== size.height) {
      size = { width, height };
      scroll.style.height = `${height}px`;
      frame.style.width = `${width}px`;
      frame.style.height = `${height}px`;
      net.setSize(`${width}px`, `${height}px`);
    }
    sizer.style.width = `${Math.max(width, Math.floor(drawing.width * scale))}px`;
    sizer.style.height = `${Math.max(height, Math.floor(drawing.height * scale))}px`;
    look();
  }

  function look() {
    if (!net) return;
    const spareX = Math.max(0, size.width - drawing.width * scale) / 2;
    const spareY = Math.max(0, size.height - drawing.height * scale) / 2;
    net.moveTo({
      scale,
      position: {
        x: drawing.left + (scroll.scrollLeft + size.width / 2 - spareX) / scale,
        y: drawing.top + (scroll.scrollTop + size.height / 2 - spareY) / scale,
      },
      animation: false,
    });
  }

  function zoomTo(next) {
    const before = scale;
    const midX = (scroll.scrollLeft + size.width / 2) / before;
    const midY = (scroll.scrollTop + size.height / 2) / before;
    scale = Math.max(0.2, Math.min(3, next));
    place();
    scroll.scrollLeft = midX * scale - size.width / 2;
    scroll.scrollTop = midY * scale - size.height / 2;
    look();
  }

  function bringIntoView(id) {
    const item = drawing && drawing.nodes.find((node) => node.id === id);
    if (!item) return;
    const x = (item.x - drawing.left) * scale;
    const y = (item.y - drawing.top) * scale;
    const marginX = Math.min(size.width / 2, drawing.box[0] * scale);
    const marginY = Math.min(size.height / 2, drawing.box[1] * scale);
    if (x < scroll.scrollLeft + marginX || x > scroll.scrollLeft + size.width - marginX)
      scroll.scrollLeft = x - size.width / 2;
    if (y < scroll.scrollTop + marginY || y > scroll.scrollTop + size.height - marginY)
      scroll.scrollTop = y - size.height / 2;
    look();
  }

  // ---- building ---------------------------------------------------------------------------------
  function build(next, nextState) {
    if (net) net.destroy();
    state = nextState;
    const plain = `${next.font}px ${next.face}`;
    drawing = { ...next, fonts: { plain, bold: `bold ${plain}` } };
    focused = null;
    const edges = new DataSet(drawing.edges);
    const byId = new Map(drawing.nodes.map((node) => [node.id, node]));
    const nodes = new DataSet(
      drawing.nodes.map(({ id, x, y, title }) => ({
        id,
        x,
        y,
        title,
        shape: "custom",
        ctxRenderer: ({ ctx, x: atX, y: atY }) => ({
          drawNode: () => paintNode(ctx, byId.get(id), atX, atY),
          nodeDimensions: { width: drawing.box[0], height: drawing.box[1] },
        }),
      }))
    );
    net = new Network(frame, { nodes, edges }, drawing.options);
    for (const node of Object.values(net.body.nodes)) {
      // arrows are drawn before boxes and must know from the first frame where a box ends
      const { shape } = node;
      if (!shape || !shape.ctxRenderer) continue;
      [shape.customSizeWidth, shape.customSizeHeight] = drawing.box;
      [shape.width, shape.height] = drawing.box;
    }
    lookUpArrows();
    net.on("afterDrawing", (ctx) => {
      paintMarks(ctx);
      onPainted();
    });
    size = { width: 0, height: 0 };
    fitted = true;
    scroll.scrollLeft = scroll.scrollTop = 0;
    scale = openingScale();
    place();
  }

  // ---- the pointer: a short press chooses, a long drag pans ---------------------------------------
  let press = null;
  let quiet = null; // where a click or Escape sent the tooltip away, until the pointer moves on
  const hush = (where) => {
    quiet = where;
    frame.classList.toggle("mgm-quiet", where !== null);
  };
  const at = (event) => {
    const box = frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pointer = {
    // What is pressed is decided now: JupyterLab may scroll the page before the button is let go.
    pointerdown: (event) => {
      if (event.button !== 0 || !net) return;
      const { scrollLeft: left, scrollTop: top } = scroll;
      const node = net.getNodeAt(at(event));
      const edge = node === undefined ? net.getEdgeAt(at(event)) : undefined;
      press = { x: event.clientX, y: event.clientY, left, top, node, edge, moved: false };
      frame.setPointerCapture(event.pointerId);
    },
    pointermove: (event) => {
      if (quiet && Math.hypot(event.clientX - quiet.x, event.clientY - quiet.y) > 24) hush(null);
      if (!press || !(event.buttons & 1)) return;
      const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
      if (!press.moved && Math.hypot(dx, dy) < PAN_THRESHOLD) return;
      press.moved = true;
      frame.style.cursor = "grabbing";
      scroll.scrollLeft = press.left - dx;
      scroll.scrollTop = press.top - dy;
    },
    pointerup: () => {
      const done = press;
      press = null;
      frame.style.cursor = "";
      if (!done || done.moved) return;
      hush({ x: done.x, y: done.y });
      if (done.node !== undefined) onNode(done.node);
      else if (done.edge !== undefined) onEdge(done.edge);
    },
    pointercancel: () => {
      press = null;
      frame.style.cursor = "";
    },
  };
  for (const [name, handler] of Object.entries(pointer)) frame.addEventListener(name, handler);
  scroll.addEventListener("scroll", look, { passive: true });

  return {
    setDrawing: build,
    setState(next) {
      state = next;
      paint();
    },
    setLooks(next) {
      looks = next;
      paint();
    },
    setFocus(id) {
      focused = id;
      if (id) bringIntoView(id);
      paint();
    },
    bringIntoView,
    hideTooltip: () => hush({ x: -99, y: -99 }),
    resize() {
      if (!net || !scroll.isConnected) return;
      if (fitted) scale = openingScale();
      place();
    },
    zoomBy(factor) {
      fitted = false;
      zoomTo(scale * factor);
    },
    fit() {
      fitted = false;
      zoomTo(Math.min(size.width / drawing.width, tallest() / drawing.height));
    },
    // what tests measure
    scale: () => scale,
    pixelOf(id) {
      const box = frame.getBoundingClientRect();
      const point = net.canvasToDOM(net.getPosition(id));
      return { x: box.left + point.x, y: box.top + point.y };
    },
    network: () => net,
    destroy() {
      for (const [name, handler] of Object.entries(pointer)) frame.removeEventListener(name, handler);
      scroll.removeEventListener("scroll", look);
      if (net) net.destroy();
      net = null;
    },
  };
}

// The node that an arrow key leads to: the nearest one inside the quarter that the key points at.
function neighbour(nodes, from, key) {
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  let best = null;
  for (const node of nodes) {
    const [x, y] = [node.x - from.x, node.y - from.y];
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy + y * dx);
    if (along <= 0 || across > along * 1.5) continue;
    const cost = along + 2 * across;
    if (!best || cost < best.cost) best = { node, cost };
  }
  return best ? best.node : from;
}
