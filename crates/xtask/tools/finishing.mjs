// The last steps of every application's folder: its scripts minified, and .br and .gz beside each text and WebAssembly file.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { esbuild } from "./assets.mjs";
import { TARGETS } from "./oldest.mjs";

const COMPRESSED = new Set([".html", ".js", ".css", ".wasm", ".svg", ".json", ".webmanifest", ".txt", ".xml"]);

function files_below(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

export async function minify_scripts(dist) {
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

export function compress(dist) {
  let count = 0;
  for (const path of files_below(dist).filter((path) => COMPRESSED.has(extname(path)))) {
    const content = readFileSync(path);
    writeFileSync(`${path}.br`, brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        // Smaller blocks suit a program, whose parts differ.
        [constants.BROTLI_PARAM_LGBLOCK]: 17,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    count += 1;
  }
  console.log(`${relative(process.cwd(), dist) || dist}: ${count} files compressed`);
}
