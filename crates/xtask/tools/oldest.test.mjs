// Whether the build notices what the oldest browsers do not know, and whether we say truly which these are.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ROOT } from "./assets.mjs";
import { OLDEST, allowed, refuse_newer } from "./oldest.mjs";

const folder = mkdtempSync(join(tmpdir(), "tepai-oldest-"));
after(() => rmSync(folder, { recursive: true }));

function program(text) {
  const path = join(folder, "program.wat");
  writeFileSync(path, `(module ${text})`);
  return path;
}

const KNOWN = {
  "mutable-globals": `(global (export "g") (mut i32) (i32.const 0))`,
  "sign-ext": `(func (param i32) (result i32) (i32.extend8_s (local.get 0)))`,
  "nontrapping-float-to-int": `(func (param f32) (result i32) (i32.trunc_sat_f32_s (local.get 0)))`,
  "bulk-memory": `(memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 1)))`,
  "multivalue": `(func (result i32 i32) (tuple.make 2 (i32.const 1) (i32.const 2)))`,
  "reference-types": `(func (param externref) (result externref) (local.get 0))`,
};

for (const [feature, text] of Object.entries(KNOWN)) {
  test(`${feature} is allowed, and would be refused if a browser did not know it`, () => {
    const path = program(text);
    refuse_newer(path);
    const without = allowed().filter((option) => !option.startsWith(`--enable-${feature}`));
    assert.ok(without.length < allowed().length);
    assert.throws(() => refuse_newer(path, without), /may not know/);
  });
}

test("what the compiler takes for granted is all that is allowed", () => {
  const names = allowed(Object.keys(KNOWN)).slice(1);
  assert.deepEqual(names.filter((name) => !allowed().includes(name)), []);
  // Two more are parts of these.
  assert.equal(allowed().length - 1, names.length + 2);
});

const NEWER = {
  "simd": `(func (param v128) (result v128) (i32x4.neg (local.get 0)))`,
  "threads": `(memory 1 1 shared) (func (result i32) (i32.atomic.load (i32.const 0)))`,
  "tail calls": `(func $f (return_call $f))`,
  "extended constants": `(import "a" "b" (global $g i32)) (global i32 (i32.add (global.get $g) (i32.const 1)))`,
  "exceptions": `(tag $t) (func (throw $t))`,
  "64-bit memories": `(memory i64 1)`,
};

for (const [feature, text] of Object.entries(NEWER)) {
  test(`${feature}: newer than the oldest browsers, and refused`, () => {
    assert.throws(() => refuse_newer(program(text)), /may not know/);
  });
}

test("the built program uses nothing newer, and hides nothing from the watch", () => {
  const programs = readdirSync(join(ROOT, "dist")).filter((name) => name.endsWith(".wasm"));
  assert.ok(programs.length > 1, "dist/ holds the program in several files");
  for (const name of programs) {
    const path = join(ROOT, "dist", name);
    const lists = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(path)), "target_features");
    assert.equal(lists.length, 0, `${name} brings its own list of features, which wasm-opt would believe`);
    refuse_newer(path);
  }
});

test("the documents name the oldest browsers", () => {
  const { chrome, firefox, safari } = OLDEST;
  const named = `Chrome, Edge and Android's WebView ${chrome}, Firefox ${firefox}, Safari and iOS ${safari}`;
  for (const name of ["README.md", "ARCHITECTURE.md"]) {
    assert.ok(readFileSync(join(ROOT, name), "utf8").replaceAll("’", "'").includes(named), `${name} says: ${named}`);
  }
});
