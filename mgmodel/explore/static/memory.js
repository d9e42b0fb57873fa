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

  function done(chart, history, { action, value }) {
    const { language } = history.views[history.at];
    const scenes = host.get("stage")?.scenes?.[language] ?? [];
    return historyActed(chart, history, action, value, scenes.map((scene) => scene.code));
  }

  return {
    // the host's state came; gives whether it was news
    adopt(chart) {
      const state = host.get("state");
      if (state === last) return false;
      last = state;
      heard = state.heard?.[page] ?? heard;
      pending = pending.filter(({ n }) => n > heard);
      base = historyOf(chart, state);
      now = base;
      for (const one of pending) {
        try {
          now = done(chart, now, one);
        } catch {
          // cannot be done on what the host has made of the state since; the host will say so
        }
      }
      return true;
    },
    // gives the message that is to be sent; what cannot be done here is for the host to refuse
    act(chart, action, value) {
      count += 1;
      const one = { action, value, n: count };
      let refused = null;
      try {
        now = done(chart, now, one);
      } catch (error) {
        refused = error;
      }
      pending.push(one);
      return { message: { do: action, value, page, n: count }, refused };
    },
    history: () => now,
    view: () => now.views[now.at],
    count: () => count,
    heard: () => heard,
  };
}
