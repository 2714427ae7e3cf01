// A panic ends the program without a word: WebAssembly traps, and nothing on the page answers any more. This says so,
// unless the page is still the one that the server rendered, which works without the program. Inlined into the page.
function crashed({ error, reason }) {
  const notice = document.getElementById("crashed");
  const trapped = self.WebAssembly && (error || reason) instanceof WebAssembly.RuntimeError;
  if (!trapped || notice.open || document.getElementById("served")) return;
  notice.hidden = false;
  // The same address again, and not the same request: what was shown may be the answer to a form.
  notice.querySelector("button").onclick = () => location.replace(location.pathname + location.search);
  // Above whatever dialog is open, which would keep everything behind it from being pressed.
  notice.showModal();
}

addEventListener("error", crashed);
addEventListener("unhandledrejection", crashed);
