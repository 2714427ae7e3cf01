// Finishes the storefront's folder (first argument): minifies the scripts, names what may be cached for ever
// by its final content, gives the build a name, writes the service worker that knows it, and writes .br and .gz beside
// each text and WebAssembly file.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, esbuild } from "./assets.mjs";
import { compress, minify_scripts } from "./finishing.mjs";
import { TARGETS } from "./oldest.mjs";

// What the first page loads, and what comes later; who mentions others is named after them.
const LATER = /^(split|chunk)_.*\.wasm$/;
const NAMED = [LATER, /^storefront_bg\.wasm$/, /^(main|later)\.css$/, /^storefront\.js$/, /^later-worker\.js$/];
// Forty bits of the content's hash: the page names some eighty files, and each digit is half a byte of its transfer.
const DIGITS = 10;
const HASHED = new RegExp(`-[0-9a-f]{${DIGITS}}(_bg)?\\.(js|wasm|css)$`);
// What the pages need besides, under names of their own.
const BESIDES = ["favicon.svg"];
// What few need; the service worker keeps it once somebody has.
const RARE = /^later-host-/;

const dist = process.argv[2];
if (!dist) {
  console.error("usage: node finish.mjs DIST");
  process.exit(2);
}

function name_by_content() {
  const mentions = ["index.html", "storefront.js", "later-worker.js"].map((name) => join(dist, name));
  const texts = new Map(mentions.map((path) => [path, readFileSync(path, "utf8")]));
  for (const pattern of NAMED) {
    for (const name of readdirSync(dist).filter((name) => pattern.test(name))) {
      const path = join(dist, name);
      const digest = createHash("sha256").update(texts.get(path) ?? readFileSync(path)).digest("hex").slice(0, DIGITS);
      const plain = LATER.test(name) ? name.replace(/^(split|chunk)_+/, "later-") : name;
      const named = plain.replace(/(_bg)?\.(js|wasm|css)$/, `-${digest}$&`);
      for (const [mentioning, text] of texts) texts.set(mentioning, text.replaceAll(name, named));
      if (texts.has(path)) {
        writeFileSync(join(dist, named), texts.get(path));
        texts.delete(path);
        rmSync(path);
      } else {
        renameSync(path, join(dist, named));
      }
    }
  }
  const index = join(dist, "index.html");
  // Line ends between tags carry nothing, and the inline script's hash is taken from the file as it is.
  writeFileSync(index, texts.get(index).replace(/\n\s*/g, "\n").trim() + "\n");
}

// The build is called after its page, which names the files by their content, and after the files it does not name.
async function write_worker() {
  const index = join(dist, "index.html");
  const page = readFileSync(index, "utf8");
  const files = readdirSync(dist).filter((name) => HASHED.test(name)).concat(BESIDES).sort();
  const digest = createHash("sha256").update(page);
  for (const name of files) digest.update(name).update(readFileSync(join(dist, name)));
  const id = digest.digest("hex").slice(0, 16);
  writeFileSync(index, page.replace("<title>", `<meta name="tepai-build" content="${id}">\n<title>`));
  const paths = (names) => JSON.stringify(names.map((name) => `/${name}`));
  const { build } = await esbuild();
  await build({
    entryPoints: [join(ROOT, "src/worker/sw.js")],
    outfile: join(dist, "sw.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: TARGETS,
    define: {
      BUILD: JSON.stringify(id),
      FILES: paths(files),
      FIRST: paths(files.filter((name) => !name.startsWith("later-"))),
      LATER: paths(files.filter((name) => name.startsWith("later-") && !RARE.test(name))),
    },
    legalComments: "none",
    logLevel: "error",
  });
}

await minify_scripts(dist);
name_by_content();
await write_worker();
compress(dist);
