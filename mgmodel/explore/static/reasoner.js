// Everything that is computed for a View, kept as long as map and words stay the same.

function makeReasoner(host) {
  let [atlas, book] = [null, null];
  let [chart, engine, words] = [null, null, null];
  let [tellings, reasons] = [new WeakMap(), new WeakMap()];
  let numbers = { nodes: new Map(), edges: new Map() };
  const plans = new Map();
  function refresh() {
    if (host.get("atlas") !== atlas) {
      atlas = host.get("atlas");
      chart = makeChart(atlas);
      engine = makeEngine(atlas);
      numbers = {
        nodes: new Map(atlas.nodes.map((one, place) => [one, place])),
        edges: new Map(atlas.edges.map(({ id }, place) => [id, place])),
      };
      plans.clear();
      [tellings, reasons] = [new WeakMap(), new WeakMap()];
    }
    if (host.get("book") !== book) {
      book = host.get("book");
      words = makeWords(book);
      [tellings, reasons] = [new WeakMap(), new WeakMap()];
    }
    return { atlas, book, chart, engine, words, numbers };
  }
  return {
    refresh,
    told(view) {
      if (!tellings.has(view)) tellings.set(view, tell(chart, engine, words, book, view));
      return tellings.get(view);
    },
    narrate: (view, number) => narrate(chart, engine, words, book, view, number),
    // of the node whose Why is open; at once, without the arrows that the answer hangs on
    why(view) {
      const number = numbers.nodes.get(view.why);
      if (number === undefined) return null;
      if (!reasons.has(view)) reasons.set(view, tellWhy(chart, engine, words, book, view, number));
      return reasons.get(view);
    },
    // these take longer; gives whether there was something to find out
    decide(view) {
      const why = view.why === null ? null : reasons.get(view);
      if (!why?.decides || why.decided) return false;
      const number = numbers.nodes.get(view.why);
      why.deciding = tellDeciding(chart, engine, words, book, view, number);
      why.decided = true;
      return true;
    },
    plan(drawing) {
      if (!plans.has(drawing)) {
        const plan = atlas.plans[drawing];
        const ids = plan.edges.map((edge) => ({ ...edge, edge: atlas.edges[edge.id].id }));
        plans.set(drawing, makePlan({ ...plan, edges: ids }));
      }
      return plans.get(drawing);
    },
  };
}
