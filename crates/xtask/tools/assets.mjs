// What the asset steps share: the bundler, and the style sheet.
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { TARGETS } from "./oldest.mjs";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export async function esbuild() {
  try {
    return await import("esbuild");
  } catch {
    console.error("esbuild is missing. Remedy: cargo xtask setup (or: npm ci --prefix crates/xtask/tools)");
    process.exit(1);
  }
}

export async function bundle_style() {
  const { build } = await esbuild();
  await build({
    entryPoints: ["main", "later"].map((name) => join(ROOT, `style/${name}.css`)),
    outdir: join(ROOT, "target/style"),
    bundle: true,
    minify: true,
    target: TARGETS,
    // Pictures are served as they are; the bundler leaves their addresses alone.
    external: ["*.svg", "*.png", "*.jpg", "*.webp", "*.woff2"],
    logLevel: "warning",
  });
}
