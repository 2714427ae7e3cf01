// Makes what wasm-bindgen wrote smaller where wasm-opt may not: the names by which the program and its script know each
// other, which carry a hash each, become short.

const [IMPORTS, EXPORTS] = [2, 7];
// Names that the files loaded later look for.
const KEPT = /^(memory|__indirect_function_table|__wasm_split.*)$/;

class Reader {
  constructor(bytes, at = 0) {
    Object.assign(this, { bytes, at });
  }
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  text() {
    const length = this.number();
    this.at += length;
    return Buffer.from(this.bytes.subarray(this.at - length, this.at)).toString();
  }
  // What an import or export is, as it stands.
  rest(read) {
    const from = this.at;
    read();
    return this.bytes.subarray(from, this.at);
  }
}

const number = (value) => {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value & 127) | 128);
  return Buffer.from([...out, value]);
};
const text = (value) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);

function imported_kind(reader) {
  const kind = reader.number();
  const limits = () => (reader.number() & 1 ? [reader.number(), reader.number()] : reader.number());
  if (kind === 0) reader.number();
  else if (kind === 1) reader.number(), limits();
  else if (kind === 2) limits();
  else if (kind === 3) reader.number(), reader.number();
  else throw new Error(`an import of kind ${kind} is unknown to slim.mjs`);
}

/// The program with short names, and a function which puts the same names into its script.
export function slim(bytes) {
  const names = new Map();
  const short = (name) => {
    if (KEPT.test(name)) return name;
    if (!names.has(name)) names.set(name, `$${names.size.toString(36)}`);
    return names.get(name);
  };
  const out = [bytes.subarray(0, 8)];
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = bytes[reader.at++];
    const size = reader.number();
    const end = reader.at + size;
    let content = bytes.subarray(reader.at, end);
    if (id === IMPORTS) {
      const entries = Array.from({ length: reader.number() }, () => {
        const [module, name] = [reader.text(), reader.text()];
        return Buffer.concat([text(module), text(short(name)), reader.rest(() => imported_kind(reader))]);
      });
      content = Buffer.concat([number(entries.length), ...entries]);
    } else if (id === EXPORTS) {
      const entries = Array.from({ length: reader.number() }, () => {
        const name = reader.text();
        const what = reader.rest(() => (reader.number(), reader.number()));
        return Buffer.concat([text(short(name)), what]);
      });
      content = Buffer.concat([number(entries.length), ...entries]);
    }
    reader.at = end;
    out.push(Buffer.from([id]), number(content.length), content);
  }
  return {
    bytes: Buffer.concat(out),
    rename: (script) => script.replace(/[\w$]+/g, (word) => (names.has(word) ? names.get(word) : word)),
  };
}
