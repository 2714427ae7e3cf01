// Puts the storefront together: the page, its style, the files of public/, and the program, whose files the splitting
// tool (first argument) and wasm-bindgen (second) have written, into a folder (third).
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, bundle_style, esbuild } from "./assets.mjs";
import { slim } from "./slim.mjs";
import { START, TARGETS, WATCH, optimise } from "./oldest.mjs";

const [split, bound, dist] = process.argv.slice(2);
if (!dist) {
  console.error("usage: node assemble.mjs SPLIT BOUND DIST");
  process.exit(2);
}

// Registers the service worker when the first page has had three seconds for itself, and the shopper has done anything
// with it: who only glances at it does not pay for the worker. It must not depend on the program. When the worker finds
// that what is shown belongs to another shopper, the page begins anew.
const WORKER = `{
  const workers = navigator.serviceWorker;
  const heard = (name, options) => new Promise((done) => addEventListener(name, done, options));
  const life = () => Promise.any(['pointerdown', 'pointermove', 'keydown', 'scroll'].map((name) => heard(name, { once: true, passive: true })));
  const calm = heard('load').then(() => new Promise((done) => setTimeout(done, 3000)));
  workers?.addEventListener('message', (event) => event.data === 'reload' && location.reload());
  if (workers) Promise.all([calm, workers.controller || life()]).then(() => import('/later-worker.js')).catch(() => {});
}`;

// The program's scripts load each other in a circle; as one file they can be named by their content.
async function bundle_scripts() {
  const { build } = await esbuild();
  writeFileSync(join(bound, "start.js"), `export { default } from "./storefront.js";\n`);
  await build({
    entryPoints: [join(bound, "start.js")],
    outfile: join(dist, "storefront.js"),
    bundle: true,
    format: "esm",
    target: TARGETS,
    external: ["*.wasm"],
    logLevel: "error",
  });
}

// The page's side of the service worker; it comes when the first page has had its time.
async function bundle_worker_page() {
  const { build } = await esbuild();
  await build({
    entryPoints: [join(ROOT, "src/worker/page.js")],
    outfile: join(dist, "later-worker.js"),
    bundle: true,
    format: "esm",
    target: TARGETS,
    logLevel: "error",
  });
}

async function write_page() {
  const { transformSync } = await esbuild();
  const read = (file) => readFileSync(join(ROOT, file), "utf8").trim();
  const minified = (script) => transformSync(script, { minify: true, target: TARGETS }).code.trim();
  const html = readFileSync(join(ROOT, "index.html"), "utf8")
    .replace(/<link data-trunk rel="css"[^>]*main.css">/, `<link rel="stylesheet" href="/main.css">`)
    // Fetched with the code that needs it (src/later.rs).
    .replace(/<link data-trunk rel="css"[^>]*later.css">/, `<meta name="later-style" content="/later.css">`)
    .replace(/<link data-trunk rel="inline" type="svg" href="([^"]*)">/, (_, file) => read(file))
    .replace(/<link data-trunk rel="inline" type="js" href="([^"]*)">/g, (_, file) => `<script>${minified(read(file))}</script>`)
    .replace(/<link data-trunk [^>]*>\n/g, "")
    // Each script needs a hash in the policy of every page.
    .replace(/<\/script>\n<script>/g, "\n")
    .replace("</head>", `<link rel="modulepreload" href="/storefront.js" crossorigin="anonymous">
<link rel="preload" href="/storefront_bg.wasm" as="fetch" type="application/wasm" crossorigin="anonymous">
<script>${minified(WATCH)}</script>
<script type="module">
${minified(WORKER)}
${minified(START)}
</script>
</head>`);
  writeFileSync(join(dist, "index.html"), html);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
cpSync(join(ROOT, "public"), dist, { recursive: true });
await bundle_style();
for (const name of ["main.css", "later.css"]) cpSync(join(ROOT, "target/style", name), join(dist, name));
// A file that does not arrive is told in the page, and by the browser itself; nobody needs it a third time.
let loader = readFileSync(join(split, "__wasm_split.js"), "utf8").replace("console.error(e);", "");
// What several pieces share is named after them, so that the server can tell which page needs it.
for (const [, users, chunk] of loader.matchAll(/\/\* ([a-z_, ]+) \*\/\s*const __(chunk_\d+) =/g)) {
  const named = `chunk_shared.${users.split(", ").join(".")}.wasm`;
  loader = loader.replace(`./${chunk}.wasm`, `./${named}`);
  renameSync(join(split, `${chunk}.wasm`), join(split, named));
}
if (/chunk_\d+\.wasm/.test(loader)) throw new Error("the splitting tool writes its loader in another way than is read here");
// How a piece is fetched stands there once and not eighty times, for which 90 bytes less of the first visit are transferred.
const FETCH = /\(\) => \{\s*const src = fetch\(new URL\("\.\/([^"]+)", import\.meta\.url\)\);\s*src\.catch\(\(\) => \{\}\);\s*return async \(imports\) => \(WebAssembly\.instantiateStreaming\(src, imports\)\);\s*\}/g;
loader = loader.replace(FETCH, `fetched("$1")`);
if (/const src/.test(loader)) throw new Error("the splitting tool fetches pieces in another way than is read here");
loader += `
function fetched(name) {
    return () => {
        const src = fetch(new URL("./" + name, import.meta.url));
        src.catch(() => {});
        return (imports) => WebAssembly.instantiateStreaming(src, imports);
    };
}
`;
writeFileSync(join(bound, "__wasm_split.js"), loader);
const slimmed = slim(readFileSync(join(bound, "storefront_bg.wasm")));
writeFileSync(join(bound, "slim.wasm"), slimmed.bytes);
optimise(join(bound, "slim.wasm"), join(dist, "storefront_bg.wasm"));
for (const name of readdirSync(split).filter((name) => name.endsWith(".wasm") && name !== "storefront.wasm")) {
  optimise(join(split, name), join(dist, name));
}
await bundle_scripts();
writeFileSync(join(dist, "storefront.js"), slimmed.rename(readFileSync(join(dist, "storefront.js"), "utf8")));
await bundle_worker_page();
await write_page();
