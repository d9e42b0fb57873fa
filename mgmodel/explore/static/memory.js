// What the page knows of the state while its own acts are under way. An act is done here at once and
// sent to the host; the host answers with its whole state, and what it has not heard of yet is done
// again on top. So the page is never behind the hand, and the host's word is the last.

function makeMemory(host, page) {
  let base = null; // the host's history
  let pending = []; // {action, value, n}: sent, and not yet heard of
  let now = null; // the base with all that is pending done to it
  let count = 0;
  let heard = 0;
  let last = null; // the trait as it was last read
  let codes = new WeakMap(); // of Views
  let map = null;

  function done(chart, history, { action, value }) {
    const { language } = history.views[history.at];
    const scenes = host.get("stage")?.scenes?.[language] ?? [];
    const [opening] = history.views;
    return historyActed(chart, history, action, value, opening, scenes.map((scene) => scene.code));
  }

  // What cannot be done is left out: on the host it cannot be done either, and it will say so.
  function doneAll(chart, history, acts) {
    return acts.reduce((before, one) => {
      try {
        return done(chart, before, one);
      } catch {
        return before;
      }
    }, history);
  }

  const bare = (code) => code.replaceAll("-", ""); // the dashes are for people
  function codeOf(chart, view) {
    if (!codes.has(view)) codes.set(view, bare(encode(chart, view)));
    return codes.get(view);
  }

  // Whether a history is what the host's state says: then its Views need not be read anew.
  function agrees(chart, history, state) {
    const { click, language } = history.views[history.at];
    return (
      history.at === state.at &&
      history.views.length === state.codes.length &&
      click === state.click &&
      language === state.language &&
      history.scene === (state.scene ?? null) &&
      history.views.every((view, k) => codeOf(chart, view) === bare(state.codes[k]))
    );
  }

  return {
    // the host's state came
    adopt(chart) {
      const state = host.get("state");
      if (state === last && chart === map) return;
      if (chart !== map) [base, codes, map] = [null, new WeakMap(), chart];
      last = state;
      heard = Math.max(heard, state.heard?.[page] ?? 0);
      const known = pending.filter(({ n }) => n <= heard);
      pending = pending.filter(({ n }) => n > heard);
      const expected = base && doneAll(chart, base, known);
      if (expected && agrees(chart, expected, state)) {
        base = expected;
        if (known.length) return; // what is on the screen was right
      } else base = historyOf(chart, state);
      now = doneAll(chart, base, pending);
    },
    // gives the message that is to be sent, and what takes the act back; throws what cannot be done
    act(chart, action, value) {
      const before = now;
      const one = { action, value, n: count + 1 };
      now = done(chart, now, one);
      count += 1;
      pending.push(one);
      const takeBack = () => {
        count -= 1;
        pending.pop();
        now = before;
      };
      return { message: { do: action, value, page, n: count }, takeBack };
    },
    history: () => now,
    view: () => now.views[now.at],
    count: () => count,
    heard: () => heard,
  };
}
