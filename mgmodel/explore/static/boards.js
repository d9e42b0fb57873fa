// The window through which a drawing is seen, with the pointer in it; and two such windows side by
// side on one plan, which always show the same part of it at the same scale.

const PAN_THRESHOLD = 5;
const SMALLEST_PX = 8; // a label in the part of a drawing that a talk shows
const NO_PAINT = { nodes: [], edges: [] };

// Where the boxes of a plan are, and which of them is under a point. All numbers are places in the
// map's order.
function makePlan(plan) {
  const [width, height] = plan.box;
  const bounds = (x, y) => ({
    left: x - width / 2 - 7,
    right: x + width / 2 + 7,
    top: y - height / 2 - 7,
    bottom: y + height / 2 + 7,
  });
  const places = new Map(
    plan.nodes.map(([number, x, y]) => [number, { number, x, y, box: bounds(x, y) }])
  );
  const over = (one, { x, y }) => Math.abs(one.x - x) <= width / 2 && Math.abs(one.y - y) <= height / 2;
  return {
    ...plan,
    places,
    nodeAt: (point, hidden) =>
      [...places.values()].find((one) => over(one, point) && !hidden(one.number))?.number,
  };
}

function makeBoard({ onNode, onEdge, onScroll, titles }) {
  const frame = h("div", { class: "mgm-canvas", "aria-hidden": "true" });
  const sizer = h("div", { class: "mgm-sizer" }, frame);
  const scroll = h("div", { class: "mgm-scroll" }, sizer);
  const caption = h("p", { class: "mgm-caption", hidden: true });
  let plan = null;
  let net = null;
  let arrows = null;
  let painter = null;
  let colours = { surface: "#ffffff", text: "#111111" };
  let focused = null;
  let hidden = { node: () => false, edge: () => false };
  let boxes = new Map(); // bounds of each arrow
  const view = { scale: 1, x: 0, y: 0, width: 0, height: 0, left: 0, top: 0 };

  const paint = () => painter && view.width && painter.paint(view, colours, focused);

  function boundsOf(id) {
    const { from, to, edgeType } = net.body.edges[id];
    const via = edgeType.getViaNode() ?? from;
    const xs = [from.x, to.x, via.x ?? from.x];
    const ys = [from.y, to.y, via.y ?? from.y];
    const air = from === to ? 140 : 20;
    return {
      left: Math.min(...xs) - air,
      right: Math.max(...xs) + air,
      top: Math.min(...ys) - air,
      bottom: Math.max(...ys) + air,
    };
  }

  function look() {
    if (!net) return;
    const spareX = Math.max(0, view.width - plan.width * view.scale) / 2;
    const spareY = Math.max(0, view.height - plan.height * view.scale) / 2;
    view.x = spareX - view.left - plan.left * view.scale;
    view.y = spareY - view.top - plan.top * view.scale;
    net.body.view.scale = view.scale;
    net.body.view.translation = { x: view.x, y: view.y };
    paint();
  }

  function setPlan(next) {
    if (net) net.destroy();
    plan = next;
    net = makeNet(frame, plan, {
      node: (number) => (hidden.node(number) ? undefined : titles.node(number)),
      edge: (number) => (hidden.edge(number) ? undefined : titles.edge(number)),
    });
    arrows = makeArrows(net, HEAD_SIZES);
    painter = makePainter(plan, net, arrows);
    net.renderer._redraw = paint; // vis-network asks for a redraw where it shows a tooltip
    net.renderer._requestRedraw = paint;
    boxes = new Map(plan.edges.map(({ id }) => [id, boundsOf(id)]));
    [focused, view.width, view.left, view.top] = [null, 0, 0, 0];
  }

  const at = (event) => {
    const box = frame.getBoundingClientRect();
    return {
      x: (event.clientX - box.left - view.x) / view.scale,
      y: (event.clientY - box.top - view.y) / view.scale,
    };
  };
  function arrowAt(point) {
    let [best, nearest] = [undefined, NEAR_ARROW];
    for (const { id } of plan.edges) {
      const { left, right, top, bottom } = boxes.get(id);
      const outside = point.x < left || point.x > right || point.y < top || point.y > bottom;
      if (outside || hidden.edge(id)) continue;
      const distance = arrows.distance(id, point);
      if (distance < nearest) [best, nearest] = [id, distance];
    }
    return best;
  }
  const pointer = watchPointer(frame, scroll, {
    find(event) {
      if (!net) return null;
      const node = plan.nodeAt(at(event), hidden.node);
      return { node, edge: node === undefined ? arrowAt(at(event)) : undefined };
    },
    choose: ({ node, edge }) => {
      if (node !== undefined) onNode(node);
      else if (edge !== undefined) onEdge(edge);
    },
  });
  const scrolled = () => {
    [view.left, view.top] = [scroll.scrollLeft, scroll.scrollTop];
    look();
    onScroll(view);
  };
  scroll.addEventListener("scroll", scrolled, { passive: true });

  return {
    element: h("div", { class: "mgm-board" }, caption, scroll),
    scroll,
    frame,
    view,
    setPlan,
    fit: (lines) => painter.fit(lines),
    boundsOf: (id) => boxes.get(id),
    pathOf: (id) => arrows.of(id, net.body.edges[id].options.arrows.to.type, 2),
    // {nodes, edges}: what is painted; {node(number), edge(number)}: whether it is hidden
    take(picture, nextHidden, nextColours) {
      [hidden, colours] = [nextHidden, nextColours];
      painter.take(picture.nodes, picture.edges);
    },
    paint,
    setFocus(number) {
      focused = number;
      paint();
    },
    setCaption(text) {
      caption.hidden = !text;
      setText(caption, text);
    },
    place(scale, width, height) {
      if (!net) return;
      if (width !== view.width || height !== view.height) {
        Object.assign(view, { width, height });
        scroll.style.height = `${height}px`;
        frame.style.width = `${width}px`;
        frame.style.height = `${height}px`;
        net.setSize(`${width}px`, `${height}px`);
      }
      view.scale = scale;
      sizer.style.width = `${Math.max(width, Math.floor(plan.width * scale))}px`;
      sizer.style.height = `${Math.max(height, Math.floor(plan.height * scale))}px`;
      look();
    },
    scrollTo(left, top) {
      if (scroll.scrollLeft !== left) scroll.scrollLeft = left;
      if (scroll.scrollTop !== top) scroll.scrollTop = top;
      [view.left, view.top] = [scroll.scrollLeft, scroll.scrollTop];
      look();
    },
    pixelOf(number) {
      const box = frame.getBoundingClientRect();
      const { x, y } = plan.places.get(number);
      return { x: box.left + x * view.scale + view.x, y: box.top + y * view.scale + view.y };
    },
    hush: pointer.hush,
    tooltipShown: () => {
      const popup = frame.querySelector(".vis-tooltip");
      return Boolean(popup && popup.offsetParent && getComputedStyle(popup).visibility === "visible");
    },
    network: () => net,
    destroy() {
      pointer.destroy();
      scroll.removeEventListener("scroll", scrolled);
      if (net) net.destroy();
      net = null;
      painter = null;
    },
  };
}

// The pointer: a short press chooses, a long drag pans.
function watchPointer(frame, scroll, { find, choose }) {
  let press = null;
  let quiet = null; // where a click or Escape sent the tooltip away, until the pointer moves on
  const hush = (where) => {
    quiet = where;
    frame.classList.toggle("mgm-quiet", where !== null);
  };
  const released = () => {
    press = null;
    frame.style.cursor = "";
  };
  const handlers = {
    // What is pressed is decided now: JupyterLab may scroll the page before the button is let go.
    pointerdown: (event) => {
      const found = event.button === 0 ? find(event) : null;
      if (!found) return;
      const { scrollLeft: left, scrollTop: top } = scroll;
      press = { x: event.clientX, y: event.clientY, left, top, found, moved: false };
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
      released();
      if (!done || done.moved) return;
      hush({ x: done.x, y: done.y });
      choose(done.found);
    },
    pointercancel: released,
  };
  for (const [name, handler] of Object.entries(handlers)) frame.addEventListener(name, handler);
  return {
    hush: () => hush({ x: -99, y: -99 }),
    destroy() {
      for (const [name, handler] of Object.entries(handlers)) frame.removeEventListener(name, handler);
    },
  };
}

// One board, or two beside each other; what is done to one is done to both.
function makeBoards(act) {
  const element = h("div", { class: "mgm-boards" });
  const moved = (from) => (view) => {
    for (const board of boards) if (board !== from()) board.scrollTo(view.left, view.top);
  };
  const make = (index, handlers) =>
    makeBoard({ ...handlers, titles: act.titles, onScroll: moved(() => boards[index]) });
  const main = make(0, act);
  let boards = [main];
  let plan = null;
  let scale = 1;
  let follows = true; // the window, until a person zooms
  let presenting = false;
  let printing = false;
  let part = null; // what is to fill the window: [left, top, width, height] in layout units
  element.append(main.element);

  const room = () => {
    const all = Math.max(200, element.clientWidth || element.parentElement?.clientWidth || 200);
    const beside = boards.length > 1 && all >= 760;
    element.classList.toggle("mgm-beside", beside);
    // leaves room for JupyterLab's own bars; while presenting, the page says how high the drawing is
    const free = element.ownerDocument.defaultView.innerHeight - 148;
    const height = presenting ? Math.max(200, element.clientHeight) : Math.max(360, free);
    return { width: Math.floor(beside ? (all - 8) / 2 : all) - 2, height };
  };
  const PAPER = 980; // pixels: landscape, A4 or Letter
  function paper() {
    const width = boards.length > 1 ? PAPER / 2 - 8 : PAPER;
    return { width, height: Math.ceil((plan.height * width) / plan.width) };
  }
  // the part that a talk needs is shown whole, however small the window
  const smallest = () => (part ? SMALLEST_PX : presenting ? PRESENTED_PX : READABLE_PX) / plan.font;
  function openingScale({ width, height }) {
    const [, , wide, high] = part ?? [0, 0, plan.width, plan.height];
    return Math.min(presenting ? 2.4 : 1.6, Math.max(smallest(), Math.min(width / wide, height / high)));
  }
  function place() {
    if (!plan) return;
    const { width, height } = printing ? paper() : room();
    if (follows || printing) scale = printing ? width / plan.width : openingScale({ width, height });
    for (const board of boards)
      board.place(scale, width, presenting ? height : Math.round(Math.min(plan.height * scale, height)));
  }
  function showPart() {
    if (!part) return;
    const [left, top, width, height] = part;
    const { view } = main;
    main.scrollTo(
      (left - plan.left + width / 2) * scale - view.width / 2,
      (top - plan.top + height / 2) * scale - view.height / 2
    );
  }
  function zoomTo(next) {
    follows = false;
    const { view } = main;
    const middle = [(view.left + view.width / 2) / scale, (view.top + view.height / 2) / scale];
    scale = Math.max(0.2, Math.min(3, next));
    place();
    main.scrollTo(middle[0] * scale - view.width / 2, middle[1] * scale - view.height / 2);
  }

  return {
    element,
    main,
    second: () => boards[1] ?? null,
    setPlan(next) {
      plan = next;
      follows = true;
      for (const board of boards) board.setPlan(plan);
    },
    plan: () => plan,
    open(two) {
      if (two === boards.length > 1) return;
      if (two) {
        const quiet = { onNode: () => {}, onEdge: () => {} };
        boards = [main, make(1, quiet)];
        element.append(boards[1].element);
        if (plan) boards[1].setPlan(plan);
      } else {
        const [, gone] = boards;
        boards = [main];
        gone.destroy();
        gone.element.remove();
      }
    },
    place() {
      place();
      if (presenting && follows) showPart();
      if (boards[1]) boards[1].scrollTo(main.view.left, main.view.top);
    },
    present(on, frame) {
      const changed = on !== presenting || JSON.stringify(frame) !== JSON.stringify(part);
      [presenting, part] = [on, frame];
      if (!changed || !plan) return;
      follows = true;
      place();
      showPart();
    },
    bringIntoView(number) {
      const item = plan.places.get(number);
      if (!item) return;
      const { view } = main;
      const x = (item.x - plan.left) * scale;
      const y = (item.y - plan.top) * scale;
      const marginX = Math.min(view.width / 2, plan.box[0] * scale);
      const marginY = Math.min(view.height / 2, plan.box[1] * scale);
      const offX = x < view.left + marginX || x > view.left + view.width - marginX;
      const offY = y < view.top + marginY || y > view.top + view.height - marginY;
      if (offX || offY)
        main.scrollTo(offX ? x - view.width / 2 : view.left, offY ? y - view.height / 2 : view.top);
    },
    zoomBy: (factor) => zoomTo(scale * factor),
    fit: () => zoomTo(Math.min(main.view.width / plan.width, room().height / plan.height)),
    scale: () => scale,
    paint: () => boards.forEach((board) => board.paint()),
    // on paper there is no scrolling: all of the drawing, on the width of a page
    print(on) {
      printing = on;
      place();
      for (const board of boards) board.scrollTo(0, 0);
    },
    tooltipShown: () => boards.some((board) => board.tooltipShown()),
    hush: () => boards.forEach((board) => board.hush()),
    destroy: () => boards.forEach((board) => board.destroy()),
  };
}
