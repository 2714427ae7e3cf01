// Finishes the folder Trunk built (first argument): minifies the glue script, names what may be cached for ever
// by its final content, and writes .br and .gz beside each text and WebAssembly file.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { TARGETS, esbuild } from "./assets.mjs";

const COMPRESSED = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".txt", ".xml"]);
// What Trunk puts into a name: up to sixteen hexadecimal digits after a hyphen.
const TRUNK_HASH = /-[0-9a-f]{8,16}(?=(_bg)?\.(js|wasm|css)$)/;

const dist = process.argv[2];
if (!dist) {
  console.error("usage: node finish.mjs DIST");
  process.exit(2);
}

function files_below(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

async function minify_scripts() {
  const { transform } = await esbuild();
  for (const path of files_below(dist).filter((path) => extname(path) === ".js")) {
    const { code } = await transform(readFileSync(path, "utf8"), {
      minify: true,
      format: "esm",
      target: TARGETS,
      legalComments: "none",
    });
    writeFileSync(path, code);
  }
}

// Trunk hashes what the compiler wrote, before wasm-bindgen, wasm-opt and the minifier: with another version of one
// of these, another content would get the same, eternally cached name.
function name_by_content() {
  const index = join(dist, "index.html");
  let html = readFileSync(index, "utf8");
  for (const path of files_below(dist).filter((path) => dirname(path) === dirname(index))) {
    const name = basename(path);
    if (!TRUNK_HASH.test(name)) continue;
    const digest = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
    const named = name.replace(TRUNK_HASH, `-${digest}`);
    html = html.replaceAll(name, named);
    renameSync(path, join(dist, named));
  }
  // Line ends between tags carry nothing, and the inline script's hash is taken from the file as it is.
  writeFileSync(index, html.replace(/\n\s*/g, "\n").trim() + "\n");
}

function compress() {
  let count = 0;
  for (const path of files_below(dist).filter((path) => COMPRESSED.has(extname(path)))) {
    const content = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    count += 1;
  }
  console.log(`${relative(process.cwd(), dist) || dist}: ${count} files compressed`);
}

await minify_scripts();
name_by_content();
compress();
