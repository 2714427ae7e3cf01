// The oldest browsers that run the application, worked out from what it cannot do without; and the watch that nothing
// newer gets into its WebAssembly. README.md and ARCHITECTURE.md name the result (oldest.test.mjs compares).
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ordered } from "./order.mjs";

const WASM_OPT = fileURLToPath(new URL("node_modules/.bin/wasm-opt", import.meta.url));

// First versions in Chrome (and Edge, and Android's WebView), Firefox, and Safari (and iOS, whose webview is the same).
// Sources: webassembly.org/features, and MDN's browser-compat-data for the rest.
const WASM = {
  "mutable-globals": [74, 61, 13.1],
  "sign-ext": [74, 62, 14.1],
  "nontrapping-float-to-int": [75, 64, 15],
  "bulk-memory": [75, 79, 15],
  "multivalue": [85, 78, 13.1],
  "reference-types": [96, 79, 15],
};
const REST = {
  "dynamic import": [63, 67, 11.1],
  // The policy allows WebAssembly and not eval. Firefox did not ask the policy before 102.
  "'wasm-unsafe-eval'": [97, 0, 16],
  "<dialog>": [37, 98, 15.4],
  "@layer": [99, 97, 15.4],
};
// Parts of the features above, by names of their own.
const PARTS = ["bulk-memory-opt", "call-indirect-overlong"];

const oldest = (browser) => Math.max(...Object.values({ ...WASM, ...REST }).map((first) => first[browser]));

export const OLDEST = { chrome: oldest(0), edge: oldest(0), firefox: oldest(1), safari: oldest(2), ios: oldest(2) };

// As esbuild wants them: the syntax of scripts and styles.
export const TARGETS = Object.entries(OLDEST).map(([browser, version]) => `${browser}${version}`);

// Starts the application. Some older browsers would show it without any style, or get no further than its first dialog:
// they keep the page that the server rendered, and a page that came from nowhere says that it is not going to work.
// A page that the server rendered has the line for itself until it has loaded, with its pictures, and so has the page to
// which the shopper goes on from there (src/early.js): only then is the program fetched, with what the page marks by
// data-later. When everything comes from the cache, the page is shown before the program keeps the browser busy.
export const START = `async function start() {
if (!window.HTMLDialogElement || !window.CSSLayerBlockRule) throw new TypeError('this browser is too old');
const back = navigator.serviceWorker?.controller;
if (document.getElementById('served')) await new Promise((done) => {
if (back) requestAnimationFrame(() => setTimeout(done));
else addEventListener('load', () => setTimeout(done, 300));
setTimeout(done, back ? 300 : 1800);
});
for (let waits = 0; waits < 30 && document.querySelector('#served[aria-busy]'); waits++) await new Promise((done) => setTimeout(done, 100));
for (const link of document.querySelectorAll('link[data-later]')) link.rel = link.dataset.later;
const { default: init } = await import('/storefront.js');
await init({ module_or_path: '/storefront_bg.wasm' });
}
start().catch((error) => {
document.getElementById('boot-failed')?.removeAttribute('hidden');
throw error;
});`;

// Says the same where the script above does not arrive or is not understood, and so in the syntax of any browser. And
// opens up what a served page keeps in a panel as text until the panel is opened; and asks again for a served page that
// comes out of the back-forward cache, because its shopper may have logged out meanwhile (the app sees to that by itself).
export const WATCH = `(function () {
function failed() {
var notice = document.getElementById('boot-failed');
if (notice) notice.removeAttribute('hidden');
}
addEventListener('error', function (event) {
if (event.target.tagName === 'SCRIPT' || event.error instanceof SyntaxError) failed();
}, true);
if (!('noModule' in HTMLScriptElement.prototype)) addEventListener('DOMContentLoaded', failed);
addEventListener('toggle', function (event) {
var kept = event.target.querySelector('#served noscript');
if (kept) kept.outerHTML = kept.innerHTML;
}, true);
addEventListener('pageshow', function (event) {
if (event.persisted && document.getElementById('served')) location.reload();
});
})();`;

// The options that allow what the oldest browsers know, and nothing else.
export function allowed(features = [...Object.keys(WASM), ...PARTS]) {
  return ["--mvp-features", ...features.map((feature) => `--enable-${feature}`)];
}

function wasm_opt(...args) {
  const { status, stderr, error } = spawnSync(WASM_OPT, args, { encoding: "utf8" });
  return { done: status === 0, said: `${stderr ?? ""}${error ?? ""}` };
}

// What came out smallest after compression. No address below 1024 is in use: the stack's far end is there.
const INLINE = ["-ocimfs=50", "-aimfs=4", "-fimfs=40"];
// They save bytes before compression, and cost some after it: the same code gets a new shape in each place.
const WITHOUT = ["local-cse", "simplify-locals", "dae-optimizing"].map((pass) => `--skip-pass=${pass}`);
const SMALL = ["--low-memory-unused", ...INLINE, ...WITHOUT];
const RESHAPED = ["--flatten", "--rereloop", "--flatten", "--rereloop"];
const BARE = ["--strip-debug", "--strip-target-features", "--strip-producers"];

// Makes a program smaller and leaves out its own list of features, which wasm-opt would take as leave to use them.
export function optimise(from, to) {
  const made = (...args) => {
    const { done, said } = wasm_opt(...SMALL, ...args, ...allowed(), "-o", to);
    if (!done) throw new Error(`wasm-opt failed on ${from}. Remedy: cargo xtask setup\n${said}`);
  };
  made(...RESHAPED, "-Oz", "-Oz", from);
  writeFileSync(to, ordered(readFileSync(to)));
  made("-Oz", "--reorder-functions-by-name", ...BARE, to);
  refuse_newer(to);
}

// Makes a program smaller in one pass, where minutes of the build matter more than its last kilobytes.
export function optimise_quickly(from, to) {
  const { done, said } = wasm_opt("-Oz", ...BARE, ...allowed(), from, "-o", to);
  if (!done) throw new Error(`wasm-opt failed on ${from}. Remedy: cargo xtask setup\n${said}`);
  refuse_newer(to);
}

// Throws when a program (binary or text) uses what the oldest browsers do not know.
export function refuse_newer(program, options = allowed()) {
  const { done, said } = wasm_opt(...options, program, "-o", "/dev/null");
  if (done) return;
  throw new Error(`${program} uses WebAssembly that ${TARGETS.join(", ")} may not know.
Remedy: keep the compiler from using it (-C target-feature=-NAME), or add it to ${fileURLToPath(import.meta.url)} with
the first versions that know it: older browsers then lose the application.\n${said.slice(0, 2000)}`);
}
