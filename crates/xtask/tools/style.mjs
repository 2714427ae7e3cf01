// Bundles the style sheet for Trunk (its pre_build hook, so it also runs under `trunk serve`).
import { bundle_style } from "./assets.mjs";

await bundle_style();
