import { encodeGb18030 } from './encode-text.ts';

/** A line of text on a page: position of its start in points from the lower left corner. A turned one climbs. */
export type PdfLine = { x: number; y: number; size: number; text: string; isTurned?: true };

/** How the characters are encoded: with a table of the file's own, by Adobe's table for GBK, or with no table at all. */
type PdfEncoding = 'to-unicode' | 'gbk' | 'nameless';

export const PDF_PAGE = { width: 595, height: 842 };

/**
 * A PDF of pages of lines. The font is named but not embedded: a text layer needs no glyphs. Every character is an em wide.
 * @param extra entries for the trailer, such as an encryption dictionary
 */
export function writePdf(
  pages: readonly (readonly PdfLine[])[],
  options: { encoding?: PdfEncoding; title?: string; extra?: string } = {},
): Buffer {
  const { encoding = 'to-unicode', title, extra = '' } = options;
  const objects = [
    ...fontObjects(encoding),
    stream(CHARACTER_TABLE),
    `<< /Title ${title === undefined ? '()' : `<feff${hexOf(title)}>`} >>`,
  ];
  const kids: string[] = [];
  for (const lines of pages) {
    const content = lines
      .map(
        (line) =>
          `BT /F ${line.size} Tf ${line.isTurned ? '0.7 0.7 -0.7 0.7' : '1 0 0 1'} ${line.x} ${line.y} Tm <${encode(line.text, encoding)}> Tj ET`,
      )
      .join('\n');
    const contents = objects.push(stream(content));
    const resources = '/Resources << /Font << /F 1 0 R >> >>';
    const page = objects.push(
      `<< /Type /Page /Parent PARENT /MediaBox [0 0 ${PDF_PAGE.width} ${PDF_PAGE.height}] ${resources} /Contents ${contents} 0 R >>`,
    );
    kids.push(`${page} 0 R`);
  }
  const parent = objects.push(`<< /Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length} >>`);
  const root = objects.push(`<< /Type /Catalog /Pages ${parent} 0 R >>`);
  return assemble(
    objects.map((object) => object.replace('PARENT', `${parent} 0 R`)),
    `/Root ${root} 0 R /Info 5 0 R ${extra}`,
  );
}

/** A password is wanted: the hashes fit none, the empty one included. */
export const ENCRYPTED = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >> /ID [<00> <00>]`;

const hexOf = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');
const encode = (text: string, encoding: PdfEncoding) => (encoding === 'gbk' ? encodeGb18030(text).toString('hex') : hexOf(text));

/** Every code is the character of that number. */
const CHARACTER_TABLE = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <0000> <ffff> <0000> endbfrange
endcmap end end`;

function fontObjects(encoding: PdfEncoding): string[] {
  const [system, name, table] = {
    'to-unicode': ['Identity', 'Identity-H', '/ToUnicode 4 0 R'],
    gbk: ['GB1', 'GBK-EUC-H', ''],
    nameless: ['Identity', 'Identity-H', ''],
  }[encoding];
  return [
    `<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /${name} /DescendantFonts [2 0 R] ${table} >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (${system}) /Supplement 0 >> /DW 1000 /FontDescriptor 3 0 R >>`,
    '<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>',
  ];
}

const stream = (content: string) => `<< /Length ${Buffer.byteLength(content)} >>\nstream\n${content}\nendstream`;

function assemble(objects: readonly string[], trailer: string): Buffer {
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = `/Size ${objects.length + 1}`;
  return Buffer.from(
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< ${size} ${trailer} >>\nstartxref\n${Buffer.byteLength(file)}\n%%EOF\n`,
  );
}
