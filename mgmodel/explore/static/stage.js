// A talk: the title, note and question of each scene in large type beside the drawing, and the ways
// from scene to scene. What a scene shows is a View like any other; this only asks for the next one.

const STEP_KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const OWN_KEYS = "select, input, textarea, [role=tablist], [role=tabpanel]";

// Stepping keys that come from anywhere but these: a list of the walk keeps its arrows. What stands
// around the page does not count: JupyterLab puts all of a notebook into a tab panel.
function stepOf(event, root, at, last) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const from = event.target instanceof Element ? event.target : null;
  const isIn = (kind) => Boolean(root?.contains(from?.closest(kind) ?? null));
  if (isIn(OWN_KEYS)) return null;
  if (isIn("[role=listbox]") && !event.key.startsWith("Page")) return null;
  if (event.key === "Home") return 0;
  if (event.key === "End") return last;
  const step = STEP_KEYS[event.key];
  return step === undefined ? null : Math.min(last, Math.max(0, at + step));
}

// A button that says what it does; one with a sign says it to the ear and to a resting pointer.
function makeStageButton(onclick, sign = "") {
  const button = h("button", { type: "button", onclick, text: sign });
  return {
    button,
    name(text) {
      if (!sign) return setText(button, text);
      button.setAttribute("aria-label", text);
      button.title = text;
      return undefined;
    },
    // stays where it is, so that nothing moves and the focus is not lost
    disable: (off) => button.setAttribute("aria-disabled", String(off)),
  };
}

// The line of buttons under the text.
function makeStageBar(id, act) {
  const previous = makeStageButton(() => act.go(-1), "◀");
  const next = makeStageButton(() => act.go(1), "▶");
  const back = makeStageButton(act.back);
  const full = makeStageButton(act.full);
  const unfold = makeStageButton(act.unfold);
  const all = makeSelect(`${id}-scenes`, (value) => act.jump(Number(value)));
  const which = h("span", { class: "mgm-stage-which" });
  const ways = h("div", { class: "mgm-stage-ways" }, previous.button, which, next.button);
  const tools = h("div", { class: "mgm-stage-tools" }, back.button, full.button, unfold.button);
  full.button.hidden = !document.fullscreenEnabled;
  return {
    element: h("div", { class: "mgm-stage-bar" }, ways, all.element, tools),
    fill({ words }, scenes) {
      previous.name(words.say("stage.previous"));
      next.name(words.say("stage.next"));
      back.name(words.say("stage.back"));
      const options = scenes.map(({ title }, k) => [String(k), `${k + 1}. ${title}`]);
      all.fill(words.say("stage.all"), [{ label: "", options }]);
    },
    show({ words }, { at, last, which: said, away, filling, unfolded }) {
      setText(which, said);
      all.choose(String(at));
      previous.disable(at === 0);
      next.disable(at === last);
      back.disable(!away);
      full.name(words.say(filling ? "stage.small" : "stage.full"));
      unfold.name(words.say(unfolded ? "stage.fold" : "stage.unfold"));
      unfold.button.setAttribute("aria-expanded", String(unfolded));
    },
  };
}

function makeStage(id, send) {
  const talk = h("p", { class: "mgm-stage-talk" });
  const title = h("h2", { class: "mgm-stage-title" });
  const note = h("div", { class: "mgm-stage-note" });
  const ask = h("p", { class: "mgm-stage-ask" });
  const aloud = h("p", { class: "mgm-sr", role: "status" });
  const bar = makeStageBar(id, {
    go: (step) => go(Math.min(scenes.length - 1, Math.max(0, at + step))),
    jump(k) {
      go(k);
      element.focus(); // the keys then step, and no longer turn over the list
    },
    back: () => away && send("scene", at),
    full: fillScreen,
    unfold() {
      root()?.classList.toggle("mgm-unfolded");
      if (now) show(now);
    },
  });
  // can be scrolled by key where a long note does not fit
  const text = h("div", { class: "mgm-stage-text", role: "group", tabindex: "0" }, talk, title, note, ask);
  const element = h("section", { class: "mgm-stage", tabindex: "-1", hidden: true }, text, bar.element, aloud);
  const root = () => element.closest(".mgm");
  let now = null;
  let scenes = [];
  let at = 0;
  let away = false;
  let told = null; // the scene, as a list of words, that stands on the stage

  function go(k) {
    if (k !== at) send("scene", k);
  }
  function fillScreen() {
    const done = document.fullscreenElement ? document.exitFullscreen() : root()?.requestFullscreen();
    done?.catch(() => {}); // a browser that does not allow it just stays as it is
  }
  const filling = () => document.fullscreenElement !== null && document.fullscreenElement === root();

  function fill(next) {
    now = next;
    const { stage, words, book } = next;
    scenes = stage?.scenes[book.language] ?? [];
    told = null;
    if (!scenes.length) return;
    element.setAttribute("aria-label", words.say("stage.label"));
    setText(talk, stage.title[book.language]);
    bar.fill(next, scenes);
  }

  function tell({ words }, scene) {
    if (told === scene) return;
    told = scene;
    const which = words.say("stage.which", { scene: words.number(at + 1), total: words.number(scenes.length) });
    setText(title, scene.title);
    text.setAttribute("aria-label", scene.title);
    note.replaceChildren(...scene.note.split("\n").map((part) => h("p", { text: part })));
    setText(ask, scene.ask);
    text.scrollTop = 0;
    const question = scene.ask ? words.say("stage.question", { ask: scene.ask }) : "";
    const parts = [words.say("stage.aloud", { which, title: scene.title }), scene.note, question];
    setText(aloud, parts.filter(Boolean).join(" "));
  }

  function show(next) {
    now = next;
    element.hidden = !scenes.length;
    if (!scenes.length) return;
    at = Math.min(next.scene ?? at, scenes.length - 1);
    const scene = scenes[at];
    away = next.told.code !== scene.code;
    tell(next, scene);
    const { words } = next;
    const which = words.say("stage.which", { scene: words.number(at + 1), total: words.number(scenes.length) });
    const unfolded = root()?.classList.contains("mgm-unfolded") ?? false;
    bar.show(next, { at, last: scenes.length - 1, which, away, filling: filling(), unfolded });
    element.dataset.scene = String(at);
  }

  function key(event) {
    if (!scenes.length) return false;
    const k = stepOf(event, root(), at, scenes.length - 1);
    if (k === null) return false;
    event.preventDefault();
    event.stopPropagation();
    go(k);
    return true;
  }

  // where the stage has the page or the screen to itself, no part of it need have the focus
  function onDocumentKey(event) {
    if (!element.isConnected) {
      document.removeEventListener("keydown", onDocumentKey);
      document.removeEventListener("fullscreenchange", onFullScreen);
      return;
    }
    const nowhere = event.target === document.body || event.target === document.documentElement;
    if (nowhere && !event.defaultPrevented && element.offsetParent !== null) key(event);
  }
  function onFullScreen() {
    if (element.isConnected && now) show(now);
  }
  document.addEventListener("keydown", onDocumentKey);
  document.addEventListener("fullscreenchange", onFullScreen);

  return { element, fill, show, key };
}
