// Puts the storefront together: the page, its style, the files of public/, and the program, whose files the splitting
// tool (first argument) and wasm-bindgen (second) have written, into a folder (third).
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, TARGETS, bundle_style, esbuild } from "./assets.mjs";

const [split, bound, dist] = process.argv.slice(2);
if (!dist) {
  console.error("usage: node assemble.mjs SPLIT BOUND DIST");
  process.exit(2);
}

// What Rust's compiler takes for granted today.
const FEATURES = [
  "bulk-memory", "bulk-memory-opt", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types",
  "multivalue", "call-indirect-overlong",
].map((feature) => `--enable-${feature}`);

function optimise(from, to) {
  const wasm_opt = join(ROOT, "crates/xtask/tools/node_modules/.bin/wasm-opt");
  const { status, error } = spawnSync(wasm_opt, ["-Os", ...FEATURES, "--strip-debug", from, "-o", to], { stdio: "inherit" });
  if (status !== 0) {
    console.error(`wasm-opt failed on ${from} ${error ?? ""}. Remedy: cargo xtask setup`);
    process.exit(1);
  }
}

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

function write_page() {
  const html = readFileSync(join(ROOT, "index.html"), "utf8")
    .replace(/<link data-trunk rel="css"[^>]*>/, `<link rel="stylesheet" href="/main.css">`)
    .replace(/<link data-trunk [^>]*>\n/g, "")
    .replace("</head>", `<link rel="modulepreload" href="/storefront.js" crossorigin="anonymous">
<link rel="preload" href="/storefront_bg.wasm" as="fetch" type="application/wasm" crossorigin="anonymous">
<script type="module">
import init from '/storefront.js';
init({ module_or_path: '/storefront_bg.wasm' }).catch((error) => {
document.getElementById('boot-failed')?.removeAttribute('hidden');
throw error;
});
</script>
</head>`);
  writeFileSync(join(dist, "index.html"), html);
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
cpSync(join(ROOT, "public"), dist, { recursive: true });
await bundle_style();
cpSync(join(ROOT, "target/style/main.css"), join(dist, "main.css"));
// A file that does not arrive is told in the page, and by the browser itself; nobody needs it a third time.
const loader = readFileSync(join(split, "__wasm_split.js"), "utf8");
writeFileSync(join(bound, "__wasm_split.js"), loader.replace("console.error(e);", ""));
optimise(join(bound, "storefront_bg.wasm"), join(dist, "storefront_bg.wasm"));
for (const name of readdirSync(split).filter((name) => name.endsWith(".wasm") && name !== "storefront.wasm")) {
  optimise(join(split, name), join(dist, name));
}
await bundle_scripts();
write_page();
