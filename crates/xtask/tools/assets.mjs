// What both asset steps share: the browsers that must understand the result, and esbuild itself.
import { fileURLToPath } from "node:url";
import { join } from "node:path";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

// The oldest browsers with everything the storefront relies on (layers, dialog, WebAssembly features).
export const TARGETS = ["chrome99", "safari15.4", "firefox97"];

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
    entryPoints: [join(ROOT, "style/main.css")],
    outfile: join(ROOT, "target/style/main.css"),
    bundle: true,
    minify: true,
    target: TARGETS,
    // Pictures are served as they are; the bundler leaves their addresses alone.
    external: ["*.svg", "*.png", "*.jpg", "*.webp", "*.woff2"],
    logLevel: "warning",
  });
}
