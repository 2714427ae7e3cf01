// Whether functions that are alike come next to each other, and stay what they are.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ordered } from "./order.mjs";
import { CODE, EXPORTS, number, program, sections, text } from "./wasm.mjs";

const list = (entries) => Buffer.concat([number(entries.length), ...entries]);

/// A program of functions without arguments, which give a number each and are exported by these names.
function functions(bodies) {
  const entries = Object.entries(bodies);
  const code = entries.map(([, body]) => Buffer.from([0, ...body, 0x0b]));
  return program([
    [1, list([Buffer.from([0x60, 0, 1, 0x7f])])],
    [3, list(entries.map(() => number(0)))],
    [EXPORTS, list(entries.map(([name], index) => Buffer.concat([text(name), Buffer.from([0]), number(index)])))],
    [CODE, list(code.map((body) => Buffer.concat([number(body.length), body])))],
  ]);
}

const sums = (last) => [0x41, 1, 0x41, 2, 0x6a, 0x41, 3, 0x6a, 0x41, last, 0x6a];
const products = (last) => [0x41, 5, 0x41, 7, 0x6c, 0x41, 9, 0x6c, 0x41, last, 0x6c];

test("functions are named after the places in which like follows like", () => {
  const bytes = functions({ a: sums(4), b: products(4), c: sums(5), d: products(5), e: [0x41, 0] });
  const named = [...sections(ordered(bytes))].find(({ id }) => id === 0);
  const { reader } = named;
  assert.equal(reader.text(), "name");
  reader.number(), reader.number();
  const places = Array.from({ length: reader.number() }, () => [reader.number(), reader.text()]);
  const order = places.sort(([, one], [, other]) => (one < other ? -1 : 1)).map(([index]) => "abcde"[index]);
  // The shortest first; then each with its like.
  assert.equal(order[0], "e");
  assert.match(order.slice(1).join(""), /^(ac|ca)(bd|db)$|^(bd|db)(ac|ca)$/);
});

test("nothing but names is added", () => {
  const bytes = functions({ a: sums(4), b: products(4), c: sums(5) });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(ordered(bytes)));
  assert.deepEqual([exports.a(), exports.b(), exports.c()], [10, 1260, 11]);
  const kept = [...sections(ordered(bytes))].filter(({ id }) => id !== 0);
  assert.deepEqual(program(kept.map(({ id, content }) => [id, content])), bytes);
});
