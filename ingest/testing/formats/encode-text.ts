/** Encodings of two bytes a character, by decoding every pair once: Node encodes UTF-8 only. */
function encoderOf(encoding: 'gb18030' | 'big5'): (text: string) => Buffer {
  const decoder = new TextDecoder(encoding);
  const pairs = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && character !== '\ufffd' && !pairs.has(character)) pairs.set(character, [lead, trail]);
    }
  }
  return (text) =>
    Buffer.from(
      [...text].flatMap((character) => {
        if (character.charCodeAt(0) < 0x80) return [character.charCodeAt(0)];
        const pair = pairs.get(character);
        if (!pair) throw new Error(`${encoding} has no ${character}`);
        return pair;
      }),
    );
}

export const encodeGb18030 = encoderOf('gb18030');
export const encodeBig5 = encoderOf('big5');
