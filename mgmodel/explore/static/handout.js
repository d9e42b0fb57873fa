// The host of a page without a kernel: it keeps the history, does every act again as Python would,
// and answers with the state, the book and the cards. The address carries the code of the View, so
// that a bookmark opens it again.

function makeInPageHost({ atlas, books, cards, state, stage }) {
  const chart = makeChart(atlas);
  const listeners = new Map();
  const counted = {}; // messages of each page that were answered
  const opening = historyOf(chart, state).views[0];
  const cardsOf = Object.fromEntries(
    Object.entries(cards).map(([language, found]) => [language, { ...found, language }])
  );
  let history = historyOf(chart, state);
  const traits = { atlas, stage, error: "" };

  const view = () => history.views[history.at];
  const words = () => makeWords(traits.book);
  const scenes = () => (stage?.scenes?.[view().language] ?? []).map((scene) => scene.code);

  function settle() {
    traits.state = { ...stateOf(chart, history), heard: { ...counted } };
    traits.book = books[view().language];
    traits.cards = cardsOf[view().language];
  }

  function tell(names) {
    for (const name of names) for (const callback of listeners.get(`change:${name}`) ?? []) callback();
  }

  function done({ do: action, value }) {
    try {
      history = historyActed(chart, history, action, value, opening, scenes());
      traits.error = "";
    } catch (error) {
      const what = refusalInWords(words(), traits.book, error);
      traits.error = words().say("explore.error", { what });
    }
  }

  function answer(message) {
    const { book } = traits;
    const error = traits.error;
    if (message.fault) traits.error = words().say("explore.error", { what: message.fault });
    else {
      done(message);
      counted[message.page] = message.n;
      settle();
      bookmark();
    }
    tell(["state", ...(book === traits.book ? [] : ["book", "cards"])]);
    if (error !== traits.error) tell(["error"]);
  }

  function bookmark() {
    const code = encode(chart, view());
    try {
      globalThis.history.replaceState(null, "", `#mgview=${encodeURIComponent(code)}`);
    } catch {
      // some browsers keep the address of a file as it is; the code stands in the panel as well
    }
  }

  settle();
  return {
    get: (name) => traits[name],
    on(event, callback) {
      if (!listeners.has(event)) listeners.set(event, new Set());
      listeners.get(event).add(callback);
    },
    off: (event, callback) => listeners.get(event)?.delete(callback),
    send: (message) => setTimeout(() => answer(message)), // after the page has painted
  };
}

// The theme of the reader's own system; the page watches the attribute, as it does in JupyterLab.
function followSystemTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => document.body.setAttribute("data-jp-theme-light", String(!dark.matches));
  dark.addEventListener("change", follow);
  follow();
}

globalThis.openHandout = (data, el) => {
  followSystemTheme();
  openPage(makeInPageHost(data), el);
};
