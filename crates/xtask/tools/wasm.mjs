// Reads and writes what a WebAssembly program consists of.

export const [CUSTOM, IMPORTS, EXPORTS, CODE] = [0, 2, 7, 10];

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

export const number = (value) => {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value & 127) | 128);
  return Buffer.from([...out, value]);
};
export const text = (value) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);

/// Reads over what an import is; whether it is a function.
export function imported_kind(reader) {
  const kind = reader.number();
  const limits = () => (reader.number() & 1 ? [reader.number(), reader.number()] : reader.number());
  if (kind === 0) reader.number();
  else if (kind === 1) reader.number(), limits();
  else if (kind === 2) limits();
  else if (kind === 3) reader.number(), reader.number();
  else throw new Error(`an import of kind ${kind} is unknown to wasm.mjs`);
  return kind === 0;
}

/// The sections of a program, each with a reader that stands at its beginning.
export function* sections(bytes) {
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = bytes[reader.at++];
    const size = reader.number();
    const content = bytes.subarray(reader.at, reader.at + size);
    yield { id, content, reader: new Reader(content) };
    reader.at += size;
  }
}

/// The program of these sections, each a pair of number and content.
export function program(all) {
  const begins = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  return Buffer.concat([begins, ...all.flatMap(([id, content]) => [Buffer.from([id]), number(content.length), content])]);
}
