// The explorer on the page: joins bar, drawing, walk and panels to a host, which is a kernel or the
// page itself. Whatever a person does is done here at once, painted in the same task, told right
// after, and sent to the host.

const CODES_OPENED = new Set(); // a code in the address is opened once, however often this is shown

const WIDE = 1324; // pixels: the core map with labels of 12 px, and a panel beside it

// The arrow or node whose texts are open is asked for again: its tab comes to the front.
const ASKED_AGAIN = { card: "arrow", why: "why" };

function openPage(host, el) {
  const page = Math.random().toString(36).slice(2, 10);
  const id = `mgm-${page}`;
  const reasoner = makeReasoner(host);
  const memory = makeMemory(host, page);
  const afterPaint = makeAfterPaint();
  const stepNames = new WeakMap();
  let now = null; // everything as it is painted; the panels are shown it too
  let standing = null; // where the walk stands
  let wrong = ""; // an error in the page, or why the last act could not be done here
  let printing = false;
  const theme = () => (printing ? "light" : themeNow());
  let closed = ""; // the host's error that was closed, or that an act has made old
  let painted = 0; // acts of this page in the texts on the screen

  const guard = (task) => {
    try {
      return task();
    } catch (error) {
      showFault(error);
      return undefined;
    }
  };
  const send = (action, value = null) => guard(() => act(action, value));
  const screen = makeScreen(id, send, {
    send,
    guard,
    titles: {
      node: (number) => now.book.nodes[number].title,
      edge: (number) => now.book.edges[number].title ?? now.book.edges[number].sentence,
    },
    onNode: (number) => send("click", now.atlas.nodes[number]),
    onEdge: (number) => send("card", now.atlas.edges[number].id),
    onClose: () => hush(),
    stood: (node) => {
      standing = node;
      if (now) screen.tools.show(Object.assign(now, { standing }));
    },
  });
  const { root, boards, walk } = screen;

  // ---- what went wrong ----------------------------------------------------------------------------
  function showFault(error) {
    const fault = `${error.name}: ${error.message}`;
    console.error(error);
    wrong = now?.words ? now.words.say("explore.error", { what: fault }) : fault;
    root.dataset.fault = fault;
    showError();
    host.send({ fault, page });
  }
  function showError() {
    const theirs = host.get("error") ?? "";
    if (theirs !== closed) closed = "";
    screen.error.show(wrong || (closed ? "" : theirs));
  }
  function hush() {
    [wrong, closed] = ["", host.get("error") ?? ""];
    showError();
  }

  // ---- acts ---------------------------------------------------------------------------------------
  // Gives whether it was done.
  function act(action, value) {
    const before = memory.view();
    let done = null;
    hush();
    try {
      done = memory.act(now.chart, action, value);
      repaint(); // tells before it paints: what cannot be told is not painted either
    } catch (error) {
      done?.takeBack();
      guard(repaint); // all controls show again what is so
      // a plain Error is a sentence for people, as of a value out of its range
      if (!(error instanceof Refusal) && error.constructor !== Error) throw error;
      say([error]);
      return false;
    }
    say(memory.history().notes);
    const field = ASKED_AGAIN[action];
    if (field && value !== null && before[field] === value) guard(() => screen.tabs.open(action));
    host.send(done.message);
    return true;
  }

  function say(refusals) {
    wrong = refusals.map((one) => refusalInWords(now.words, now.book, one)).join(" ");
    if (wrong) showError();
  }

  // ---- what there is to show ----------------------------------------------------------------------
  function stepName(known, views, k) {
    const { chart, words, book } = known;
    if (k < 0 || k >= views.length) return "";
    const [before, after] = [views[k - 1] ?? null, views[k]];
    const kept = stepNames.get(after);
    if (kept && kept.before === before && kept.book === book) return kept.text;
    const text = stepLabel(chart, words, book, before, after);
    stepNames.set(after, { before, book, text });
    return text;
  }

  function cardOf(view, language) {
    const [live, all] = [host.get("card"), host.get("cards")];
    if (view.arrow === null) return null;
    if (live?.edge === view.arrow && live.language === language) return live;
    const sections = all?.language === language ? all[view.arrow] : null;
    return sections ? { edge: view.arrow, language, sections } : null;
  }

  function pictureOf(known, view, told, differing) {
    const { atlas, numbers } = known;
    return makeKeys({ atlas, numbers: numbers.nodes, view, told, differing });
  }

  function everything() {
    const known = reasoner.refresh();
    const view = memory.view();
    const { views, at, scene = null } = memory.history();
    const told = reasoner.told(view);
    if (view.beside !== null) reasoner.told(view.beside);
    const looks = known.atlas.looks[theme()];
    const differing = new Set((told.differences ?? []).map(([number]) => number));
    const keys = pictureOf(known, view, told, differing);
    return {
      ...known,
      view,
      told,
      theme: theme(),
      looks,
      differing,
      keys,
      standing,
      stage: host.get("stage") ?? null,
      scene,
      plan: reasoner.plan(view.drawing),
      hidden: makeHidden(known.atlas, view),
      card: cardOf(view, known.book.language),
      get why() {
        return view.why === null ? null : reasoner.why(view);
      },
      narrate: (number) => reasoner.narrate(view, number),
      lineOf: (number) => lastLine(keys, number, lookOf(looks.nodes, keys.node(number)), known.words),
      history: {
        at,
        label: (k) => (k < 1 ? "" : stepName(known, views, k)),
        get labels() {
          return views.map((_, k) => stepName(known, views, k));
        },
      },
    };
  }

  // ---- painting -----------------------------------------------------------------------------------
  function labelsFor(board, { book }) {
    const fits = new Map();
    return (number) => {
      if (!fits.has(number)) fits.set(number, board.fit(book.nodes[number].lines));
      return fits.get(number);
    };
  }

  let labels = null;
  function paintBoards(anew) {
    const { view, hidden, looks, words, plan, keys, differing } = now;
    const { surface, text } = looks;
    if (anew || !labels) labels = labelsFor(boards.main, now);
    const common = { hidden, looks, words, plan, labels, radii: now.atlas.node_kinds };
    const show = (board, shown, itsKeys) =>
      board.take(
        portray({ ...common, board, view: shown, keys: itsKeys }),
        hidden,
        { surface, text }
      );
    show(boards.main, view, keys);
    const second = boards.second();
    if (second) show(second, view.beside, pictureOf(now, view.beside, reasoner.told(view.beside), differing));
  }

  function repaint() {
    const before = now;
    now = everything();
    const { view, plan, book, stage } = now;
    const [newWords, newPlan] = [book !== before?.book, plan !== before?.plan];
    const twoNow = view.beside !== null;
    const newBoards = twoNow !== Boolean(boards.second());
    if (newWords) fillWords();
    if (newWords || stage !== before?.stage || view.language !== before?.view.language)
      for (const part of screen.stage) part.fill(now);
    boards.open(twoNow);
    root.classList.toggle("mgm-presenting", stage !== null);
    root.classList.toggle("mgm-two", twoNow);
    if (newPlan) boards.setPlan(plan);
    paintBoards(newWords || newPlan);
    if (newPlan || newBoards) boards.place();
    else boards.paint();
    boards.present(stage !== null, stage?.frame ?? null);
    if (newPlan) boards.bringIntoView(now.numbers.nodes.get(view.source));
    setText(screen.answer, now.told.answer || (stage ? "" : now.told.count));
    afterPaint(() => guard(showTexts));
  }

  // ---- texts --------------------------------------------------------------------------------------
  let filled = {}; // what the parts that are costly to fill were last filled with

  function fillWords() {
    const { book, words } = now;
    root.lang = book.language;
    root.setAttribute("aria-label", words.say("explore.title"));
    for (const part of [screen.bar, screen.tools, screen.tabs, screen.error, walk]) part.fill(now);
    setText(screen.whole, words.say("explore.whole_map_answers"));
    setText(screen.teaching, words.say("explore.teaching"));
  }

  function showCaptions() {
    const { view, words, told } = now;
    const second = boards.second();
    boards.main.setCaption(second ? `${words.say("walk.this_view")} ${told.answer || told.status}` : "");
    if (!second) return;
    const kept = reasoner.told(view.beside);
    const caption = `${words.say("walk.kept_view")} ${kept.answer || kept.status}`;
    second.setCaption(caption);
    second.scroll.setAttribute("role", "img");
    second.scroll.setAttribute("aria-label", caption);
  }

  function showTexts() {
    const { view, told, book, plan } = now;
    root.dataset.theme = now.theme;
    const sameOptions = filled.plan === plan && filled.hidden === view.hidden && filled.book === book;
    if (!sameOptions) walk.fillOptions(now);
    filled = { plan, hidden: view.hidden, book };
    setText(screen.alt, book.alts[view.drawing]);
    setText(screen.carries, told.status);
    setText(screen.alone, host.get("connected") === false ? now.words.say("walk.alone") : "");
    screen.legend.show(now);
    showCaptions();
    for (const part of [screen.bar, screen.tools, walk, screen.tabs, ...screen.stage]) part.show(now);
    painted = memory.count();
    root.dataset.seq = String(painted);
    root.dataset.heard = String(memory.heard());
    root.dataset.shown = `${told.code} ${book.language}`;
    if (view.why === null) return;
    afterPaint(() => guard(() => reasoner.decide(view) && screen.tabs.show(now)));
  }

  // ---- the host -----------------------------------------------------------------------------------
  const onState = () =>
    guard(() => {
      const before = now && memory.history();
      memory.adopt(reasoner.refresh().chart);
      if (memory.history() !== before) repaint();
      else root.dataset.heard = String(memory.heard()); // what is on the screen was right
    });
  const onOther = () => guard(repaint);
  const onError = () => guard(showError);
  const heard = [
    ["change:state", onState],
    ["change:atlas", onState],
    ["change:book", onOther],
    ["change:card", onOther],
    ["change:cards", onOther],
    ["change:stage", onOther],
    ["change:connected", onOther],
    ["change:error", onError],
  ];
  for (const [event, handler] of heard) host.on(event, handler);

  // ---- keys ---------------------------------------------------------------------------------------
  // JupyterLab takes single letters as commands wherever a control of an output has the focus.
  function onKey(event) {
    if (event.key !== "Escape") event.stopPropagation();
    if (now?.stage && screen.stage.some((part) => part.key(event))) return;
    if (event.key === "Escape") {
      if (boards.tooltipShown()) event.stopPropagation();
      boards.hush();
      return;
    }
    const typing = event.target.matches("input[type=search], input[type=text], textarea");
    if (typing || event.altKey) return;
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    if (command && (key === "z" || key === "y")) send(key === "y" || event.shiftKey ? "redo" : "undo");
    else if (key === "/" && !command) screen.tools.focusSearch();
    else return;
    event.preventDefault();
  }
  root.addEventListener("keydown", onKey);
  keepKeysInside(root);

  // ---- life ---------------------------------------------------------------------------------------
  el.append(root);
  const stopWatching = watchSurroundings(root, boards.element, {
    onTheme: () => now && now.theme !== theme() && guard(repaint),
    onSize: () => guard(fitToSize),
    onPrint: (on) =>
      guard(() => {
        printing = on;
        repaint();
        showTexts(); // now: what is printed is what stands here when this returns
        boards.print(on);
      }),
  });
  onState();
  onError();
  guard(() => {
    const code = codeInAddress();
    if (!code || CODES_OPENED.has(code)) return;
    CODES_OPENED.add(code);
    send("code", code);
  });
  root.mgm = testHandles();

  let size = "";
  function fitToSize() {
    const { clientWidth: width, clientHeight: height } = root;
    const next = `${width} ${innerHeight} ${now?.stage ? [height, boards.element.clientHeight] : ""}`;
    if (next === size) return; // only a text below the drawing has grown
    size = next;
    root.classList.toggle("mgm-wide", width >= WIDE);
    root.classList.toggle("mgm-narrow", width < 900);
    boards.place();
  }

  // for tests and measurements: what is shown, and where it is on the screen
  function testHandles() {
    const number = (node) => now.numbers.nodes.get(node);
    return {
      pixelOf: (node) => boards.main.pixelOf(number(node)),
      scale: boards.scale,
      network: boards.main.network,
      lineOf: (node) => now.lineOf(number(node)),
      keyOf: (node) => now.keys.node(number(node)),
      view: () => now.view,
      told: () => now.told,
      now: () => now,
      boards,
      seq: () => painted,
      act: send,
    };
  }

  return () => {
    for (const [event, handler] of heard) host.off(event, handler);
    root.removeEventListener("keydown", onKey);
    stopWatching();
    boards.destroy();
    root.remove();
  };
}
