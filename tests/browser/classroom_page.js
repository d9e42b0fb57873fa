// A hand that presses everything on the page by lot, and an eye that sees what breaks or moves. It is
// put into the page before any script of ours, so that it knows every listener.

(() => {
  const listeners = new Map(); // by name: {fired, group}
  const errors = [];
  const HARMLESS = /^ResizeObserver loop/; // the browser puts off to the next frame what it has to tell
  let ours = "";
  let broken = null; // the name of the listener that throws
  let fired = new Set(); // since the last press
  let under_way = 0;

  // ---- every listener of ours, by a name that stays --------------------------------------------
  const flat = (text) => text.replace(/\s+/g, " ").trim();
  const isOurs = (listener) => typeof listener === "function" && ours.includes(listener.toString());

  function said(target) {
    if (target === window) return "window";
    if (target === document) return "document";
    if (typeof target === "string") return target;
    if (!(target instanceof Element)) return target.constructor.name;
    const type = target.getAttribute("type");
    const role = target.getAttribute("role");
    const name = [...target.classList].find((one) => one.startsWith("mgm-"));
    const tag = target.tagName.toLowerCase();
    return [tag, type && `[${type}]`, name && `.${name}`, role && ` (${role})`].filter(Boolean).join("");
  }

  function wrapped(group, type, target, listener) {
    let name = null;
    const text = flat(listener.toString());
    const naming = () => {
      // a control gets its class and role after its listener
      name ??= `${type} on ${said(target)}: ${text.length > 96 ? `${text.slice(0, 95)}…` : text}`;
      if (!listeners.has(name)) listeners.set(name, { group, fired: false });
      return name;
    };
    queueMicrotask(naming);
    return function (...args) {
      listeners.get(naming()).fired = true;
      fired.add(name);
      if (broken === name) throw new Error(`planted: ${name}`);
      return listener.apply(this, args);
    };
  }

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const kept = new WeakMap(); // listener -> [[target, type, wrapped]]
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (!isOurs(listener)) return add.call(this, type, listener, options);
    const mine = wrapped("listeners of elements", type, this ?? window, listener);
    kept.set(listener, [...(kept.get(listener) ?? []), [this, type, mine]]);
    return add.call(this, type, mine, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const found = (kept.get(listener) ?? []).find(([target, of]) => target === this && of === type);
    return remove.call(this, type, found?.[2] ?? listener, options);
  };
  for (const kind of ["ResizeObserver", "MutationObserver"]) {
    const Own = window[kind];
    window[kind] = class extends Own {
      constructor(callback) {
        super(isOurs(callback) ? wrapped("observers", "seen", kind, callback) : callback);
      }
    };
  }
  const nextFrame = window.requestAnimationFrame.bind(window);
  const later = window.setTimeout.bind(window);
  const never = window.clearTimeout.bind(window);
  const long = new Map(); // what waits for more than a moment, by number of its timer
  window.requestAnimationFrame = (callback) =>
    nextFrame(isOurs(callback) ? wrapped("timers", "at the next frame", "the page", callback) : callback);
  window.setTimeout = (callback, time, ...rest) => {
    if (!isOurs(callback)) return later(callback, time, ...rest);
    const mine = wrapped("timers", "later", "the page", callback);
    const number = later(() => (long.delete(number), mine()), time);
    if (time > 200) long.set(number, mine);
    return number;
  };
  window.clearTimeout = (number) => {
    long.delete(number);
    never(number);
  };
  for (const name of ["onload", "onerror"]) {
    const { set, get } = Object.getOwnPropertyDescriptor(FileReader.prototype, name);
    Object.defineProperty(FileReader.prototype, name, {
      get,
      set(callback) {
        set.call(this, isOurs(callback) ? wrapped("observers", name, "FileReader", callback) : callback);
      },
    });
  }
  // the stand-in for the front end's model
  let tell = () => {};
  let answers = () => 0;
  function watch(model) {
    // only now: a document that is written anew forgets its listeners
    add.call(window, "error", ({ message }) => HARMLESS.test(message) || errors.push(message));
    add.call(window, "unhandledrejection", ({ reason }) => errors.push(String(reason)));
    const { on, off } = model;
    const heard = new Map();
    model.on = (event, listener) => {
      const mine = wrapped("listeners of the model", event, "the model", listener);
      heard.set(listener, mine);
      if (!own.has(event)) own.set(event, new Set());
      own.get(event).add(mine);
      on(event, mine);
    };
    model.off = (event, listener) => {
      own.get(event)?.delete(heard.get(listener));
      off(event, heard.get(listener));
    };
    const own = new Map();
    tell = (event) => [...(own.get(event) ?? [])].forEach((listener) => listener());
    answers = () => model.get("seq");
    const { send } = model;
    model.send = (content) => {
      under_way += 1;
      const done = send(content);
      const over = () => (under_way -= 1);
      done.then(over, (reason) => (over(), errors.push(String(reason))));
      return done;
    };
  }

  // ---- chance ----------------------------------------------------------------------------------
  let state = 1;
  function lot() {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  const oneOf = (all) => all[Math.floor(lot() * all.length)];

  // ---- what there is to press ------------------------------------------------------------------
  const root = () => document.querySelector(".mgm");
  const seen = (one) => one.getClientRects().length > 0;
  const CONTROLS = "button, select, input, textarea, summary, li[role=option]";

  // Where a control stands in the page; rows of lists and tables after the second count as one.
  function keyOf(element) {
    const parts = [];
    for (let one = element; one && one !== root(); one = one.parentElement) {
      const place = [...one.parentElement.children].indexOf(one);
      const isRow = one.matches("li, tr, .mgm-way");
      parts.unshift(`${one.tagName.toLowerCase()}${isRow ? Math.min(place, 2) : place}`);
    }
    return parts.join(">");
  }

  const typed = (element, text) => {
    element.value = text;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const pressKey = (target, key, more = {}) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  const toFocus = (element) => element.focus({ preventScroll: true });

  function pressSelect(element) {
    const others = [...element.options].filter((one) => one.value !== element.value);
    if (!others.length) return;
    element.value = oneOf(others).value;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const pressOption = (option) => {
    option?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, cancelable: true }));
    option?.click();
  };
  function pressSearch(element, turn) {
    const words = ["norad", "ser", "a", "mag"];
    typed(element, "zzz");
    pressKey(element, "Escape");
    typed(element, words[(turn + 1) % 4]);
    if (element.getAttribute("role") !== "combobox") return typed(element, "");
    ["ArrowDown", "ArrowUp", "ArrowDown", "Enter"].forEach((key) => pressKey(element, key));
    typed(element, words[turn % 4]);
    return pressOption(element.parentElement.querySelector("li[role=option]"));
  }
  function pressRange(element) {
    const [low, high, step] = ["min", "max", "step"].map((name) => Number(element[name] || 1));
    const steps = Math.round((high - low) / step);
    element.value = String(low + step * Math.floor(lot() * (steps + 1)));
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
  // every second file is on a stick that was pulled out
  let pulledOut = false;
  const { readAsText } = FileReader.prototype;
  FileReader.prototype.readAsText = function (...file) {
    if (!pulledOut) return readAsText.apply(this, file);
    return setTimeout(() => this.dispatchEvent(new ProgressEvent("error")));
  };
  function pressFile(element, turn) {
    const { file } = room;
    pulledOut = turn % 2 === 1;
    const files = new DataTransfer();
    files.items.add(new File([file], "view.json", { type: "application/json" }));
    element.files = files.files;
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function press(element, turn) {
    toFocus(element);
    const { type } = element;
    if (element.matches("select")) return pressSelect(element);
    if (type === "search") return pressSearch(element, turn);
    if (type === "range") return pressRange(element);
    if (type === "file") return pressFile(element, turn);
    if (type === "text" || element.matches("textarea")) {
      typed(element, room.texts[turn % room.texts.length] ?? "");
      return type === "text" ? pressKey(element, "Enter") : waited();
    }
    const beside = element.parentElement.querySelector("input[type=text]");
    if (beside && !beside.value) typed(beside, room.texts[0]);
    return element.matches("li[role=option]") ? pressOption(element) : element.click();
  }

  const KEYS = ["Home", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "End", " ", "w", "Enter", "x"];
  const STAGE_KEYS = ["ArrowRight", "PageDown", "ArrowLeft", "PageUp", "End", "Home", "ArrowRight"];

  function waited() {
    for (const [number, callback] of [...long]) {
      clearTimeout(number);
      callback();
    }
  }

  // What is done to the page around and below the controls; each by a name.
  function others() {
    const found = new Map();
    const scroll = root().querySelector(".mgm-scroll");
    if (scroll) {
      KEYS.forEach((key) => found.set(`key ${key} on the drawing`, () => (toFocus(scroll), pressKey(scroll, key))));
      for (const [key, more] of [
        ["z", { ctrlKey: true }],
        ["y", { ctrlKey: true }],
        ["/", {}],
        ["Escape", {}],
      ])
        found.set(`key ${key} ${JSON.stringify(more)}`, () => pressKey(scroll, key, more));
      found.set("scroll the drawing", () => {
        scroll.scrollTop += scroll.scrollTop ? -7 : 7;
        scroll.scrollLeft += scroll.scrollLeft ? -7 : 7;
        scroll.dispatchEvent(new Event("scroll")); // where all of it is in sight
      });
      found.set("leave the drawing", () => scroll.blur());
      found.set("the press is taken away", () =>
        scroll.querySelector(".mgm-canvas").dispatchEvent(new PointerEvent("pointercancel"))
      );
    }
    const tabs = root().querySelector("[role=tablist]");
    if (tabs)
      ["ArrowRight", "ArrowLeft", "End", "Home"].forEach((key) =>
        found.set(`key ${key} on the tabs`, () => pressKey(tabs.querySelector("[aria-selected=true]"), key))
      );
    if (root().querySelector(".mgm-stage:not([hidden])"))
      STAGE_KEYS.forEach((key, place) =>
        found.set(`key ${key} ${place} of the talk`, () => {
          const where = place % 2 ? document.body : root().querySelector(".mgm-stage");
          pressKey(where, key);
        })
      );
    if (scroll)
      found.set("what makes no sense is refused, and the line is closed", () => {
        const [source, target] = ["source", "target"].map((name) => root().querySelector(`select[id$=${name}]`));
        if (!source.value) return;
        target.value = source.value;
        target.dispatchEvent(new Event("change", { bubbles: true }));
        const line = root().querySelector(".mgm-error");
        if (line.hidden) errors.push("what makes no sense was not refused");
        line.querySelector("button").click();
      });
    found.set("key a on the page", () => pressKey(root().querySelector("select, button"), "a"));
    found.set("a long wait is over", waited);
    if (!scroll)
      found.set("the kernel does not answer for long", () => {
        window.slow = 300;
        root().querySelector(".mgm-head button").click();
        waited();
        window.slow = 0;
      });
    found.set("the theme changes", () => {
      const { dataset } = document.body;
      dataset.jpThemeLight = String(dataset.jpThemeLight === "false");
    });
    found.set("the theme of the system changes", () => {
      for (const scheme of schemes) scheme.dispatchEvent(new Event("change"));
    });
    found.set("the window changes", () => window.dispatchEvent(new Event("resize")));
    found.set("it is printed", () => {
      window.dispatchEvent(new Event("beforeprint"));
      window.dispatchEvent(new Event("afterprint"));
    });
    found.set("the screen is filled", () => document.dispatchEvent(new Event("fullscreenchange")));
    found.set("the connection is lost", () => tell("comm_live_update"));
    for (const event of ["atlas", "book", "card", "cards", "stage", "state", "error", "seq", "progress"])
      found.set(`the model tells of ${event}`, () => tell(`change:${event}`));
    return found;
  }
  const schemes = [];
  const match = window.matchMedia.bind(window);
  window.matchMedia = (text) => {
    const found = match(text);
    schemes.push(found);
    return found;
  };

  // On the canvas: boxes and arrows by their place in the window, for a hand that is real.
  function pointAt(kind) {
    const { mgm } = root();
    const { view, frame } = mgm.boards.main;
    const { plan, atlas, hidden } = mgm.now();
    root().querySelector(".mgm-scroll").scrollIntoView({ block: "center" });
    const box = frame.getBoundingClientRect();
    const inside = ({ x, y }) =>
      x > box.left + 4 && y > box.top + 40 && x < box.right - 4 && y < box.bottom - 4 && y > 4 && y < innerHeight - 4;
    const placed = ([x, y]) => ({ x: box.left + x * view.scale + view.x, y: box.top + y * view.scale + view.y });
    const free = (point) =>
      document.elementFromPoint(point.x, point.y)?.closest(".mgm-canvas") &&
      (kind === "node" ||
        ![...plan.places.values()].some((one) => {
          const at = placed([one.x, one.y]);
          const [wide, high] = plan.box.map((side) => (side * view.scale) / 2);
          return Math.abs(at.x - point.x) < wide && Math.abs(at.y - point.y) < high;
        }));
    const spots =
      kind === "node"
        ? plan.nodes.filter(([number]) => !hidden.node(number)).map(([number]) => mgm.pixelOf(atlas.nodes[number]))
        : plan.edges.filter(({ id }) => !hidden.edge(id)).map(({ mark_at }) => placed(mark_at));
    const within = spots.filter((point) => inside(point) && free(point));
    return within.length ? oneOf(within) : null;
  }

  // ---- what must stay --------------------------------------------------------------------------
  // What is said changes, and what stands under it gives way; all the rest has one place.
  const CHANGING = [
    ".mgm-tabpanel, .mgm-told, .mgm-map > .mgm-status:not(.mgm-answer), .mgm-note, .mgm-legend-box",
    ".mgm-error-place, .mgm-found, .mgm-sr, .vis-tooltip, .mgm-caption, .mgm-bar-word, option, optgroup",
    ".mgm-stage-text > *, .mgm-stage-which, .mgm-picked, .mgm-notes, details, .mgm-coming, .mgm-value",
    ".mgm-sizer, .mgm-answer > *, .mgm-panelled .mgm-error, .mgm-panelled .mgm-answer",
  ].join(", ");
  const places = new Map(); // by state of the page, by element: where it stood first

  function stateOf() {
    const one = root();
    const full = document.fullscreenElement ? "full" : "";
    const size = `${innerWidth} ${full} ${one.className} ${one.lang} ${one.dataset.theme}`;
    // where texts come and go, all stands where it stood with the same texts
    if (!one.mgm) return size + [...one.querySelectorAll(".mgm-picked, .mgm-blocks, .mgm-sheet > .mgm-status")].map((part) => part.innerText);
    const { view, stage } = one.mgm.now();
    const tall = stage ? "" : one.mgm.boards.plan().height;
    return [size, view.drawing, view.beside !== null, one.mgm.scale().toFixed(6), tall, document.activeElement?.className.includes("mgm-error")].join(" ");
  }
  function elementsThatStay() {
    const all = [...root().querySelectorAll("*")].filter((one) => seen(one) && !one.closest(CHANGING));
    const below = root().querySelector(".mgm-panel, .mgm-stage");
    const map = root().querySelector(".mgm-map");
    if (!map || !below) return all;
    // a panel that stands under the drawing gives way to what is said there
    const apart = root().querySelector(".mgm-panel").getBoundingClientRect().left >= map.getBoundingClientRect().right - 1;
    return all.filter((one) => apart || !one.closest(".mgm-panel"));
  }
  // Heights of what holds texts follow them; places and widths do not.
  const HOLDERS = ".mgm-main, .mgm-map, .mgm-panel, .mgm-tabs, .mgm-stage, .mgm-stage-text, .mgm-work, .mgm-show, .mgm-picks";

  function layout() {
    const { left: leftmost, top: topmost } = root().getBoundingClientRect();
    // a talk scrolls within itself
    const origin = { left: leftmost - root().scrollLeft, top: topmost - root().scrollTop };
    const found = new Map();
    for (const one of elementsThatStay()) {
      const { left, top, width, height } = one.getBoundingClientRect();
      const tall = one.matches(`${HOLDERS}, .mgm-panelled .mgm-controls, .mgm-panelled fieldset`) ? 0 : height;
      found.set(keyOf(one), [left - origin.left, top - origin.top, width, tall]);
    }
    const { mgm } = root();
    if (mgm) {
      const { main } = mgm.boards;
      const { plan, atlas } = mgm.now();
      for (const [number] of plan.nodes) {
        const { x, y } = mgm.pixelOf(atlas.nodes[number]);
        const at = [x - origin.left + main.scroll.scrollLeft, y - origin.top + main.scroll.scrollTop];
        found.set(`node ${atlas.nodes[number]}`, [...at, plan.box[0], plan.box[1]]);
      }
      for (const { id } of plan.edges) {
        const { left, top, right, bottom } = main.boundsOf(id);
        found.set(`arrow ${atlas.edges[id].id}`, [left, top, right, bottom]);
      }
    }
    return found;
  }
  const tenth = (side) => Math.round(10 * side) / 10;
  function moved(learn = true) {
    const now = layout();
    const state = stateOf();
    if (!places.has(state)) places.set(state, new Map());
    const first = places.get(state);
    const found = [];
    for (const [name, box] of now) {
      const before = first.get(name);
      if (!before) learn && first.set(name, box);
      else if (box.some((side, place) => Math.abs(side - before[place]) > 0.1))
        found.push(`${name} was at ${before.map(tenth)} and is at ${box.map(tenth)} in ${state.slice(0, 120)}`);
    }
    return found.slice(0, 3);
  }
  function overlaps() {
    const fixed = [...root().querySelectorAll(".mgm-controls button, .mgm-controls select, .mgm-controls input, .mgm-stage-bar button")];
    const boxes = fixed.filter(seen).map((one) => [one, one.getBoundingClientRect()]);
    const wide = root().getBoundingClientRect();
    const found = boxes.filter(([, box]) => box.right > wide.right + 1 || box.left < wide.left - 1).map(([one]) => `${keyOf(one)} sticks out`);
    boxes.forEach(([one, a], place) =>
      boxes.slice(place + 1).forEach(([other, b]) => {
        const over = a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
        if (over) found.push(`${keyOf(one)} over ${keyOf(other)}`);
      })
    );
    return found.slice(0, 3);
  }

  // ---- a press, and what came of it --------------------------------------------------------------
  const frame = () => new Promise((done) => nextFrame(() => later(done)));
  async function settled() {
    const end = performance.now() + 20000;
    do await frame();
    while (under_way && performance.now() < end);
    if (under_way) errors.push("no answer came");
    // a picture is shown once it can be painted
    const shown = () => root().mgm || root().dataset.seq === String(answers());
    const soon = performance.now() + 3000;
    while (!shown() && performance.now() < soon) await frame();
    await frame();
  }
  function wrong() {
    const alert = root().querySelector(".mgm-error");
    const fault = root().dataset.fault ? [`fault: ${root().dataset.fault}`] : [];
    // what makes no sense in this state is refused with a sentence; on a panel no act is
    const refused = root().mgm && !errors.length && !fault.length;
    const line = alert && !alert.hidden && !refused ? [`it says: ${alert.innerText}`] : [];
    return [...errors, ...line, ...fault];
  }
  function healed() {
    errors.length = 0;
    broken = null;
    delete root().dataset.fault;
    root().querySelector(".mgm-error:not([hidden]) button")?.click();
    errors.length = 0;
  }

  const turns = new Map(); // how often each key was pressed
  const tabNames = new Set();
  function reachable() {
    const found = new Map();
    for (const one of root().querySelectorAll(CONTROLS)) {
      if (!seen(one) || one.disabled || one.closest(".mgm-error")) continue;
      const name = `${one.tagName.toLowerCase()} ${keyOf(one)}`;
      if (one.getAttribute("role") === "tab") tabNames.add(name);
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(one);
    }
    const acts = new Map([...found].map(([name, all]) => [name, (turn) => press(oneOf(all), turn)]));
    for (const [name, act] of others()) acts.set(name, act);
    if (root().mgm) for (const kind of ["node", "node again", "arrow", "drag"]) acts.set(`pointer on a ${kind}`, null);
    return acts;
  }
  // The control that was pressed least often, by lot among equals; what a tab shows is pressed before
  // another tab is opened.
  function next() {
    const acts = [...reachable().keys()];
    const most = (names) => Math.min(...names.map((name) => turns.get(name) ?? 0));
    const isTab = (name) => tabNames.has(name);
    const [inside, least] = [acts.filter((one) => !isTab(one)), most(acts)];
    const those = most(inside) === least ? inside : acts;
    const name = oneOf(those.filter((one) => (turns.get(one) ?? 0) === least));
    const kind = name.startsWith("pointer on a ") ? name.slice(13).split(" ")[0] : null;
    return { name, least, point: kind && pointAt(kind === "arrow" ? "arrow" : "node"), drag: kind === "drag" };
  }
  async function pressed(name) {
    fired = new Set();
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    try {
      reachable().get(name)?.(turn);
    } catch (error) {
      errors.push(String(error));
    }
    return null;
  }
  async function outcome() {
    await settled();
    const found = wrong();
    return { wrong: found.length ? found : [...moved(), ...overlaps()], fired: [...fired] };
  }

  // ---- shifts to be found ------------------------------------------------------------------------
  function shift(kind) {
    const { mgm } = root();
    if (kind === "node") {
      const one = oneOf([...mgm.now().plan.places.values()]);
      const by = oneOf([2, 4, 7]) / mgm.scale();
      one.x += by;
      return [`node ${mgm.now().atlas.nodes[one.number]}`, () => (one.x -= by)];
    }
    const element = root().querySelector(".mgm-scroll, .mgm-frame img");
    if (kind === "board" && element && seen(element)) {
      const { height } = element.getBoundingClientRect();
      const own = element.style.height;
      element.style.height = `${height + oneOf([2, 4, 8])}px`;
      return ["the board", () => (element.style.height = own)];
    }
    for (let turn = 0; turn < 20; turn += 1) {
      const found = widened(oneOf(elementsThatStay()));
      if (found) return found;
    }
    return null;
  }
  // A margin on an element; one that its neighbours swallow moves nothing, and is no shift.
  function widened(one) {
    const standing = () => JSON.stringify(one.getBoundingClientRect());
    const before = standing();
    const inline = getComputedStyle(one).display === "inline"; // it has no margin above
    const side = inline ? "left" : oneOf(["left", "top"]);
    const own = one.style.cssText;
    const wider = oneOf([3, 5, 8]) + parseFloat(getComputedStyle(one)[`margin-${side}`]);
    one.style.setProperty(`margin-${side}`, `${wider}px`, "important");
    const back = () => (one.style.cssText = own);
    if (standing() !== before) return [`margin-${side} of ${keyOf(one)}, ${said(one)}`, back];
    back();
    return null;
  }
  let undo = null;
  function shifted(kind) {
    moved(); // what is not known yet is learnt before it is moved
    const [name, back] = shift(kind) ?? ["nothing", () => {}];
    undo = back;
    return { name, wrong: [...moved(false), ...overlaps()] };
  }
  function shiftedBack() {
    undo?.();
    undo = null;
    return moved();
  }

  const room = {
    file: "",
    texts: [""],
    start: (text, seed) => ([ours, state] = [text, seed]),
    seed: (seed) => (state = seed),
    watch,
    next,
    pressed,
    outcome,
    settled,
    healed,
    shifted,
    shiftedBack,
    overlaps,
    breaks: (name) => (broken = name),
    listeners: () => [...listeners].map(([name, one]) => [name, one.group, one.fired]),
    unpressed: () => [...reachable().keys()].filter((name) => !turns.has(name)),
    forget: () => turns.clear(),
  };
  window.classroom = room;
})();
