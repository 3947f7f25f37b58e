import { deflateSync } from 'node:zlib';

const HEAD = '%PDF-1.7\n';

/** Un PDF de ces seuls objets, à table classique ; l'objet 1 est le catalogue. */
export function pdfOf(objects: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from(HEAD)];
  const starts: number[] = [];
  let offset = HEAD.length;
  const push = (part: Buffer): void => {
    parts.push(part);
    offset += part.length;
  };
  for (const [index, body] of objects.entries()) {
    starts.push(offset);
    push(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]));
  }
  const entries = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${entries}`;
  push(Buffer.from(`${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${offset}\n%%EOF\n`));
  return Buffer.concat(parts);
}

/** Une table en flux de quelques kilo-octets, qui se déplie en cent mégaoctets. */
export function tableBomb(): Buffer {
  const rows = deflateSync(Buffer.alloc(100_000_000), { level: 9 });
  return streamTable(rows, '/W [1 4 1] /Size 16666666');
}

/** Un flux d'objets qui se déplie en un tableau de dizaines de millions de nombres. */
export function arrayBomb(): Buffer {
  const inside = Buffer.from(`7 0 [${'0 '.repeat(14_000_000)}]`);
  const packed = deflateSync(inside, { level: 9 });
  const objects = [
    '<< /Type /Catalog /Pages 7 0 R >>',
    Buffer.concat([
      Buffer.from(
        `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`,
      ),
      packed,
      Buffer.from('\nendstream'),
    ]),
  ];
  const plain = pdfOf(objects);
  const end = plain.lastIndexOf('xref\n0');
  const first = plain.indexOf('1 0 obj');
  const second = plain.indexOf('2 0 obj');
  const row = (kind: number, place: number, last: number): Buffer => {
    const octets = Buffer.alloc(6);
    octets.writeUInt8(kind, 0);
    octets.writeUInt32BE(place, 1);
    octets.writeUInt8(last, 5);
    return octets;
  };
  const rows = Buffer.concat([
    row(0, 0, 255),
    row(1, first, 0),
    row(1, second, 0),
    ...[3, 4, 5, 6].map(() => row(0, 0, 0)),
    row(2, 2, 0),
  ]);
  const tail = streamTable(deflateSync(rows), '/W [1 4 1] /Size 8', end);
  return Buffer.concat([plain.subarray(0, end), tail.subarray(HEAD.length)]);
}

/** Un arbre de pages qui se contient lui-même. */
export function pageLoop(): Buffer {
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1000000000 /Kids [ 3 0 R ] /Parent 3 0 R >>',
    '<< /Type /Pages /Count 1000000000 /Kids [ 2 0 R ] /Parent 2 0 R >>',
  ]);
}

/** Un million de tableaux l'un dans l'autre. */
export function nestedArrays(): Buffer {
  return pdfOf([
    `<< /Type /Catalog /Pages 2 0 R /X ${'['.repeat(1_000_000)}${']'.repeat(1_000_000)} >>`,
    '<< /Type /Pages /Count 0 /Kids [ ] >>',
  ]);
}

/** Une table qui renvoie à elle-même. */
export function tableLoop(): Buffer {
  const pdf = pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 0 /Kids [ ] >>']);
  const at = pdf.lastIndexOf('xref\n0');
  return Buffer.from(pdf.toString('latin1').replace('/Root 1 0 R', `/Root 1 0 R /Prev ${at}`), 'latin1');
}

function streamTable(rows: Buffer, keys: string, start = HEAD.length): Buffer {
  return Buffer.concat([
    Buffer.from(HEAD),
    Buffer.from(
      `9 0 obj\n<< /Type /XRef ${keys} /Root 1 0 R /Filter /FlateDecode /Length ${rows.length} >>\nstream\n`,
    ),
    rows,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${start}\n%%EOF\n`),
  ]);
}
