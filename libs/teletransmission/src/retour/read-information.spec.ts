import { packArchive } from '@teletransmission/actes';
import { Readable } from 'node:stream';
import { readInformation } from './read-information';

const ACTE = '034-213402761-20221020-2022-10-062-DE';
const PHRASE = 'La transmission est effectuée en multi canal : le dossier papier n’est pas encore parvenu.';
const HTML = `<html><body><p>${PHRASE}</p><p>Identifiant Acte : <span>${ACTE}</span></p></body></html>`;

const flux = (octets: Buffer | string): Readable =>
  Readable.from([Buffer.from(octets)], { objectMode: false });

function archive(nom: string, octets: string): Readable {
  const body = Buffer.from(octets);
  return packArchive([{ nom, tailleOctets: body.length, open: () => flux(body), compresser: true }]);
}

const quoted = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte > 126 || byte === 61 ? `=${byte.toString(16).toUpperCase()}` : String.fromCharCode(byte),
    )
    .join('')
    .replace(/(.{70})/g, '$1=\r\n');

const eml = (encoding: string, body: string): string =>
  `Subject: Accuse\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}\r\n`;

describe('le courriel « multicanal »', () => {
  it.each<[string, () => Readable]>([
    ['en HTML', () => flux(HTML)],
    ['en texte', () => flux(`${PHRASE}\nIdentifiant Acte : ${ACTE}\n`)],
    ['en latin-1', () => flux(Buffer.from(HTML, 'latin1'))],
    ['écrit « multi-canal »', () => flux(HTML.replace('multi canal', 'multi-canal'))],
    ['écrit « MULTICANAL »', () => flux(HTML.replace('multi canal', 'MULTICANAL'))],
    ['en courriel, quoted-printable', () => flux(eml('quoted-printable', quoted(HTML)))],
    [
      'en courriel, base64',
      () =>
        flux(
          eml(
            'base64',
            Buffer.from(HTML)
              .toString('base64')
              .replace(/(.{76})/g, '$1\r\n'),
          ),
        ),
    ],
    ['rangé dans une archive', () => archive('message_body.html', HTML)],
  ])('se reconnaît %s, et nomme son acte', async (_, source) => {
    expect(await readInformation(source())).toEqual({ identifiants: [ACTE] });
  });

  it('se reconnaît sans acte', async () => {
    expect(await readInformation(flux(PHRASE))).toEqual({ identifiants: [] });
  });

  it.each<[string, () => Readable]>([
    ['une page de connexion', () => flux('<html>Connexion</html>')],
    ['un autre courriel', () => flux(`Acte reçu par la préfecture : ${ACTE}. Transmission reçue.`)],
    ['des octets quelconques', () => flux(Buffer.from([0x1f, 0x8b, 0, 1, 2]))],
    ['un document qui en parle', () => archive('note.pdf', PHRASE)],
    [
      'plus gros qu’un courriel',
      () => flux(Buffer.concat([Buffer.from(PHRASE), Buffer.alloc(3_000_000, 32)])),
    ],
  ])('%s n’en est pas un', async (_, source) => {
    expect(await readInformation(source())).toBeNull();
  });
});
