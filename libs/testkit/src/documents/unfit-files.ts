import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { aPdf } from './a-pdf';

/** Le PDF, sans la fin : c'est ce qu'un transfert interrompu laisse. */
export function cutPdf(part = 0.5, pdf = aPdf({ pages: 4 })): Buffer {
  return pdf.subarray(0, Math.floor(pdf.length * part));
}

/** La table est là, mais la fin la place ailleurs : tout lecteur la refait. */
export function withWrongTable(pdf = aPdf()): Buffer {
  return edited(pdf, /startxref\n\d+/, 'startxref\n7');
}

/** Ni table, ni fin : rien ne dit que le dernier objet soit le dernier. */
export function withoutTrailer(pdf = aPdf()): Buffer {
  return pdf.subarray(0, pdf.lastIndexOf('xref\n0'));
}

/** Une seconde révision commencée, et jamais finie : la première s'ouvrirait à sa place. */
export function withUnfinishedRevision(pdf = aPdf()): Buffer {
  return Buffer.concat([pdf, Buffer.from('5 0 obj\n<< /Length 12 >>\nstream\nBT (change')]);
}

/** Un bloc perdu au milieu, dans le contenu d'une page. */
export function withLostBlock(pdf = aPdf({ pages: 2 }), octets = 64): Buffer {
  const at = pdf.indexOf('BT /F1') + 10;
  return Buffer.concat([pdf.subarray(0, at), pdf.subarray(at + octets)]);
}

export function withoutPage(): Buffer {
  return aPdf({ pages: 0 });
}

/** Ce qu'un enregistrement de la réponse entière d'un serveur donne : ses en-têtes, puis le document. */
export function afterHttpHeaders(pdf = aPdf()): Buffer {
  return Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n'), pdf]);
}

export function loginPage(): Buffer {
  return Buffer.from(
    '<!DOCTYPE html>\n<html lang="fr"><head><title>Connexion</title></head><body>Identifiez-vous.</body></html>\n',
  );
}

/** Une phrase qui parle d'un PDF. */
export function sentenceNamingPdf(): Buffer {
  return Buffer.from('Le fichier demandé n’a pas pu être produit (en-tête attendu : %PDF-1.7).\n');
}

/** Un document Word, à ses noms de fichiers près : c'est un ZIP. */
export function docx(): Buffer {
  return Buffer.concat([
    Buffer.from('PK\x03\x04\x14\0\0\0\0\0', 'latin1'),
    Buffer.alloc(16),
    Buffer.from('\x13\0\0\0[Content_Types].xml\0PK\x03\x04\x14\0word/document.xml', 'latin1'),
    Buffer.alloc(200, 7),
  ]);
}

export function gzipped(content = aPdf()): Buffer {
  return gzipSync(content);
}

/** Chiffré (RC4, 40 bits) : un mot de passe l'ouvre ; vide, le document s'ouvre mais reste verrouillé. */
export function encryptedPdf(motDePasse: string): Buffer {
  const pad = Buffer.from('28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A', 'hex');
  const padded = Buffer.concat([Buffer.from(motDePasse, 'latin1'), pad]).subarray(0, 32);
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const id = md5(Buffer.from('document'));
  const rights = Buffer.alloc(4);
  rights.writeInt32LE(-44);
  const key = md5(Buffer.concat([padded, owner, rights, id])).subarray(0, 5);
  const user = rc4(key, pad);
  const encrypt = `<< /Filter /Standard /V 1 /R 2 /O <${owner.toString('hex')}> /U <${user.toString('hex')}> /P -44 >>`;
  return edited(
    aPdf(),
    /\/Root 1 0 R/,
    `/Root 1 0 R /Encrypt ${encrypt} /ID [ <${id.toString('hex')}> <${id.toString('hex')}> ]`,
  );
}

function edited(pdf: Buffer, what: RegExp, by: string): Buffer {
  return Buffer.from(pdf.toString('latin1').replace(what, by), 'latin1');
}

function md5(octets: Buffer): Buffer {
  return createHash('md5').update(octets).digest();
}

function rc4(key: Buffer, octets: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number): void => {
    [state[a], state[b]] = [state[b] ?? 0, state[a] ?? 0];
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (state[i] ?? 0) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return Buffer.from(
    octets.map((octet) => {
      i = (i + 1) & 255;
      j = (j + (state[i] ?? 0)) & 255;
      swap(i, j);
      return octet ^ (state[((state[i] ?? 0) + (state[j] ?? 0)) & 255] ?? 0);
    }),
  );
}
