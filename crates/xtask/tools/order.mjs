// Puts functions that are alike next to each other, where compression finds more to repeat: the storefront's program is a
// twentieth smaller for it. The order is told to wasm-opt by names (--reorder-functions-by-name).
import { CODE, CUSTOM, IMPORTS, imported_kind, number, program, sections, text } from "./wasm.mjs";

/// How many bytes in a row are compared; three came out smallest.
const RUN = 3;
/// The subsection of names that names functions.
const FUNCTIONS = 1;

/// The program, whose functions are named after their places in that order, and nothing else is.
export function ordered(bytes) {
  let imported = 0;
  const functions = [];
  const out = [];
  for (const { id, content, reader } of sections(bytes)) {
    if (id === CUSTOM) continue;
    out.push([id, content]);
    if (id === IMPORTS) {
      for (let left = reader.number(); left > 0; left--) {
        reader.text(), reader.text();
        if (imported_kind(reader)) imported += 1;
      }
    } else if (id === CODE) {
      for (let left = reader.number(); left > 0; left--) {
        const size = reader.number();
        functions.push(content.subarray(reader.at, reader.at + size));
        reader.at += size;
      }
    }
  }
  const places = [];
  order(functions).forEach((index, place) => (places[index] = String(place).padStart(6, "0")));
  const names = places.map((place, index) => Buffer.concat([number(imported + index), text(place)]));
  const list = Buffer.concat([number(names.length), ...names]);
  out.push([CUSTOM, Buffer.concat([text("name"), number(FUNCTIONS), number(list.length), list])]);
  return program(out);
}

/// The indices of the functions: after each comes the one that has most in common with it, of those that are left; the
/// shortest, when none has anything in common.
function order(functions) {
  const runs = functions.map((body) => {
    const found = new Set();
    for (let at = 0; at + RUN <= body.length; at++) found.add(body.readUIntLE(at, RUN));
    return found;
  });
  const having = new Map();
  runs.forEach((all, index) => {
    for (const run of all) {
      if (!having.has(run)) having.set(run, []);
      having.get(run).push(index);
    }
  });
  const shortest = functions.map((_, index) => index).sort((a, b) => functions[a].length - functions[b].length);
  const left = new Set(shortest);
  const out = [];
  const nearest = (index) => {
    const common = new Map();
    for (const run of runs[index] ?? []) {
      for (const other of having.get(run)) if (left.has(other)) common.set(other, (common.get(other) ?? 0) + 1);
    }
    let [best, most] = [undefined, 0];
    for (const [other, shared] of common) {
      const likeness = shared / (runs[index].size + runs[other].size - shared);
      if (likeness > most) [best, most] = [other, likeness];
    }
    return best ?? shortest.find((other) => left.has(other));
  };
  while (left.size) {
    const next = nearest(out.at(-1));
    left.delete(next);
    out.push(next);
  }
  return out;
}
