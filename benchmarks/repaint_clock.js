// Clocks inside the page, for click_to_repaint.py. Every time runs from the pointer going down to the
// end of the frame that shows the answer. A canvas that is cleared is being painted anew.

() => {
  const root = document.querySelector(".mgm");
  let start = null;
  let act = 0; // the number that the explorer gives to what is done next
  let before = null; // what the explorer showed
  let noted = {};
  let times = {};
  const clock = {
    done: (kind) => kind in noted,
    take() {
      const taken = times;
      times = {};
      return taken;
    },
  };
  window.repaintClock = clock;

  function note(kind) {
    if (start === null || kind in noted) return; // the first of its kind since the pointer went down
    noted[kind] = performance.now() - start;
    (times[kind] ??= []).push(noted[kind]);
  }
  // runs when the frame that is being made is on its way to the screen
  function whenMade(task) {
    const channel = new MessageChannel();
    channel.port1.onmessage = task;
    channel.port2.postMessage(null);
  }

  addEventListener(
    "pointerdown",
    (event) => {
      start = event.timeStamp;
      noted = {};
      act = Number(root.dataset.seq) + 1;
      before = root.mgm.now();
    },
    true
  );
  addEventListener("pointerup", () => note("released"), true);
  addEventListener("pointerup", () => note("drawn")); // after the explorer, which has done all it does at once

  // ---- the explorer -------------------------------------------------------------------------------
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function clearRect(...box) {
    clear.apply(this, box);
    if (start !== null && root.contains(this.canvas) && root.mgm.now() !== before)
      requestAnimationFrame(() => whenMade(() => note("painted")));
  };
  const watch = (names, look) =>
    new MutationObserver(look).observe(root, { attributes: true, attributeFilter: names });
  watch(["data-seq", "data-heard"], () => {
    const { seq, heard } = root.dataset;
    if (Number(seq) >= act) note("told");
    if (Number(heard) >= act) note("confirmed");
  });

  // ---- ipycytoscape: a node gets another class, and cytoscape paints in the next frame --------------
  const cy = [...document.querySelectorAll("*")].map((one) => one._cyreg?.cy).find(Boolean);
  cy?.on("class", "node", () => cy.one("render", () => whenMade(() => note("cytoscape"))));
  clock.cytoscape = {
    there: Boolean(cy),
    nodes: () => cy.nodes().map((one) => one.id()),
    scrolled: () => cy.resize(), // it keeps in mind where on the screen it stands
    pixelOf(id) {
      const { left, top } = cy.container().getBoundingClientRect();
      const { x, y } = cy.getElementById(id).renderedPosition();
      return { x: left + x, y: top + y };
    },
  };

  // ---- how far anything moves while nodes are switched off and on at random ------------------------
  clock.movement = async (toggles) => {
    const { mgm } = root;
    const { atlas, plan } = mgm.now();
    const drawn = [...plan.places.keys()].map((number) => atlas.nodes[number]);
    const places = () => drawn.flatMap((id) => Object.values(mgm.pixelOf(id)));
    const first = places();
    let most = 0;
    for (const place of toggles) {
      const wanted = Number(root.dataset.seq) + 1;
      mgm.act("click", drawn[place % drawn.length]);
      while (Number(root.dataset.seq) < wanted) await new Promise(requestAnimationFrame);
      places().forEach((one, k) => {
        most = Math.max(most, Math.abs(one - first[k]));
      });
    }
    while (Number(root.dataset.heard) < Number(root.dataset.seq)) await new Promise(requestAnimationFrame);
    return most;
  };

  // ---- pyvis: another page in another frame ---------------------------------------------------------
  let page = null;
  (function look() {
    const frames = [...document.querySelectorAll("iframe[srcdoc]")];
    const now = frames.map((one) => one.contentDocument?.querySelector("canvas")).find(Boolean);
    if (now && now !== page) {
      if (page) note("pyvis");
      page = now;
    }
    requestAnimationFrame(look);
  })();
}
