// The page in JupyterLab: the kernel is its host. What a person does is painted by the page itself;
// what the kernel says of it comes back as traits.

const MAP_SIGNS = 3; // characters of a code that tell which map it is of

function makeKernelHost(model) {
  let connected = true;
  let [packed, state] = [null, null];
  // the codes of all steps come as one text: the mark of the map, then what follows it in each
  const unpacked = () => {
    const now = model.get("state");
    if (now === packed) return state;
    const codes = now.codes.slice(MAP_SIGNS).split(" ");
    const mark = now.codes.slice(0, MAP_SIGNS);
    [packed, state] = [now, { ...now, codes: codes.map((code) => mark + code) }];
    return state;
  };
  const readings = { connected: () => connected, state: unpacked };
  const listeners = new Set();
  const tell = (next) => {
    if (next === connected) return;
    connected = next;
    for (const listener of listeners) listener();
  };
  // ipywidgets tells that something happened to the connection, not what: it is gone, until an
  // answer shows that it is not
  const lost = () => tell(false);
  const answered = () => tell(true);
  model.on("comm_live_update", lost);
  model.on("change:seq", answered);
  return {
    get: (name) => (readings[name] ? readings[name]() : model.get(name)),
    on(event, listener) {
      if (event === "change:connected") listeners.add(listener);
      else model.on(event, listener);
    },
    off(event, listener) {
      if (event === "change:connected") listeners.delete(listener);
      else model.off(event, listener);
    },
    send(message) {
      try {
        model.send(message);
      } catch (error) {
        console.warn(error); // a kernel that is gone: the page goes on without it
        lost();
      }
    },
    close() {
      model.off("comm_live_update", lost);
      model.off("change:seq", answered);
      listeners.clear();
    },
  };
}

function render({ model, el }) {
  const host = makeKernelHost(model);
  const close = openPage(host, el);
  return () => {
    close();
    host.close();
  };
}

export default { render };
