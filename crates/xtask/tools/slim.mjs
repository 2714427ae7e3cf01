// Makes what wasm-bindgen wrote smaller where wasm-opt may not: the names by which the program and its script know each
// other, which carry a hash each, become short.
import { EXPORTS, IMPORTS, imported_kind, number, program, sections, text } from "./wasm.mjs";

// Names that the files loaded later look for.
const KEPT = /^(memory|__indirect_function_table|__wasm_split.*)$/;

/// The program with short names, and a function which puts the same names into its script.
export function slim(bytes) {
  const names = new Map();
  const short = (name) => {
    if (KEPT.test(name)) return name;
    if (!names.has(name)) names.set(name, `$${names.size.toString(36)}`);
    return names.get(name);
  };
  const out = [];
  for (const { id, content, reader } of sections(bytes)) {
    let slimmed = content;
    if (id === IMPORTS) {
      const entries = Array.from({ length: reader.number() }, () => {
        const [module, name] = [reader.text(), reader.text()];
        return Buffer.concat([text(module), text(short(name)), reader.rest(() => imported_kind(reader))]);
      });
      slimmed = Buffer.concat([number(entries.length), ...entries]);
    } else if (id === EXPORTS) {
      const entries = Array.from({ length: reader.number() }, () => {
        const name = reader.text();
        const what = reader.rest(() => (reader.number(), reader.number()));
        return Buffer.concat([text(short(name)), what]);
      });
      slimmed = Buffer.concat([number(entries.length), ...entries]);
    }
    out.push([id, slimmed]);
  }
  return {
    bytes: program(out),
    rename: (script) => script.replace(/[\w$]+/g, (word) => (names.has(word) ? names.get(word) : word)),
  };
}
