// Puts the console together from what wasm-bindgen wrote (first argument), into a folder (second): one page, one script, one
// style sheet, one program, the last three named by their content. Nothing is inline, so that its policy allows no script
// but its files.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, bundle_style, esbuild } from "./assets.mjs";
import { compress } from "./finishing.mjs";
import { TARGETS, optimise_quickly } from "./oldest.mjs";

const BASE = "/staff/";
const [bound, dist] = process.argv.slice(2);
if (!dist) {
  console.error("usage: node console.mjs BOUND DIST");
  process.exit(2);
}

// Writes a file under its name with a hash of its content; the new name.
function named(name, content) {
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 16);
  const found = name.replace(/(_bg)?\.(js|wasm|css)$/, `-${digest}$&`);
  writeFileSync(join(dist, found), content);
  return found;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

await bundle_style(["crates/console/style/console.css"]);
const style = named("console.css", readFileSync(join(ROOT, "target/style/console.css")));

const small = join(bound, "small.wasm");
optimise_quickly(join(bound, "console_bg.wasm"), small);
const program = named("console_bg.wasm", readFileSync(small));

writeFileSync(join(bound, "start.js"), `import init from "./console.js";
init({ module_or_path: "${BASE}${program}" }).catch((error) => {
  document.getElementById("boot-failed")?.removeAttribute("hidden");
  throw error;
});
`);
const { build } = await esbuild();
const bundled = await build({
  entryPoints: [join(bound, "start.js")],
  bundle: true,
  minify: true,
  legalComments: "none",
  format: "esm",
  target: TARGETS,
  write: false,
  // Its address comes from the start above.
  external: ["*.wasm"],
  logLevel: "error",
});
const script = named("console.js", bundled.outputFiles[0].text);

const page = readFileSync(join(ROOT, "crates/console/index.html"), "utf8")
  .replace(/<link data-trunk rel="css"[^>]*>/, `<link rel="stylesheet" href="${BASE}${style}">`)
  .replace(/<link data-trunk rel="inline" type="svg" href="([^"]*)">/, (_, file) =>
    readFileSync(join(ROOT, "crates/console", file), "utf8").trim(),
  )
  .replace(/<link data-trunk [^>]*>\n/g, "")
  .replace("</head>", `<link rel="preload" href="${BASE}${program}" as="fetch" type="application/wasm" crossorigin="anonymous">
<script type="module" src="${BASE}${script}"></script>
</head>`);
if (page.includes("data-trunk")) throw new Error("crates/console/index.html asks Trunk for something that is not known here");
writeFileSync(join(dist, "index.html"), page);

compress(dist);
