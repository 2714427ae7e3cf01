// Bundles the style sheets for Trunk (its pre_build hook, so it also runs under `trunk serve`): those of the storefront, or
// the ones that are named.
import { bundle_style } from "./assets.mjs";

const named = process.argv.slice(2);
await bundle_style(named.length > 0 ? named : undefined);
