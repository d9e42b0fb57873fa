// Opens what is packed in this file and shows it. Nothing is asked of any other machine.
(async () => {
  const place = document.getElementById("mgmodel");
  const packed = document.getElementById("mgmodel-packed").textContent.trim();
  try {
    const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const { script, data } = JSON.parse(await new Response(stream).text());
    const code = Object.assign(document.createElement("script"), { textContent: script });
    document.head.append(code);
    openHandout(data, place);
    document.getElementById("mgmodel-still").remove();
  } catch (error) {
    const sorry = document.getElementById("mgmodel-sorry");
    sorry.hidden = false;
    sorry.append(` ${error.name}: ${error.message}`);
  }
})();
