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

/// Bundles the storefront's style sheets, or those of another application.
export async function bundle_style(entryPoints = ["style/main.css", "style/later.css"]) {
  const { build } = await esbuild();
  await build({
    entryPoints: entryPoints.map((name) => join(ROOT, name)),
    outdir: join(ROOT, "target/style"),
    entryNames: "[name]",
    bundle: true,
    minify: true,
    target: TARGETS,
    // Pictures are served as they are; the bundler leaves their addresses alone.
    external: ["*.svg", "*.png", "*.jpg", "*.webp", "*.woff2"],
    logLevel: "warning",
  });
}
