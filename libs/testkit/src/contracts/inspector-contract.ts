import type { PieceContent, PieceInspector } from '@teletransmission/teletransmission';
import { aBudget } from '../documents/a-budget';
import { aPdf } from '../documents/a-pdf';
import { aJpeg, aPng } from '../documents/an-image';
import {
  cutPdf,
  docx,
  encryptedPdf,
  loginPage,
  sentenceNamingPdf,
  withoutPage,
} from '../documents/unfit-files';

/** Un inspecteur, et de quoi ranger un contenu là où il le lit. */
export interface InspectorParts {
  readonly inspector: PieceInspector;
  keep(octets: Buffer): Promise<PieceContent>;
}

/** Ce que tout inspecteur de pièces promet, le vrai comme son double. */
export function describeInspectorContract(nom: string, open: () => InspectorParts): void {
  describe(`L’ouverture des pièces — ${nom}`, () => {
    const inspect = async (octets: Buffer): Promise<string> => {
      const parts = open();
      const found = await parts.inspector.inspect(await parts.keep(octets));
      if (found.kind === 'opened') return found.piece.format;
      return found.kind === 'refused' ? found.code : found.kind;
    };

    it.each<[string, Buffer, string]>([
      ['un PDF d’une page', aPdf(), 'pdf'],
      ['un PDF de trois pages', aPdf({ pages: 3 }), 'pdf'],
      ['un PNG', aPng(), 'png'],
      ['un JPEG', aJpeg(), 'jpg'],
      ['un document budgétaire scellé', aBudget(), 'xml'],
    ])('ouvre %s', async (_quoi, octets, format) => {
      expect(await inspect(octets)).toBe(format);
    });

    it.each<[string, Buffer, string]>([
      ['un fichier vide', Buffer.alloc(0), 'piece/empty'],
      ['un PDF coupé', cutPdf(), 'piece/cut'],
      ['un PDF chiffré', encryptedPdf('secret'), 'piece/password'],
      ['un PDF sans page', withoutPage(), 'piece/no-page'],
      ['un PNG coupé', aPng().subarray(0, 60), 'piece/cut'],
      ['un JPEG coupé', aJpeg().subarray(0, -2), 'piece/cut'],
      ['une page web', loginPage(), 'piece/format-unknown'],
      ['une phrase qui parle d’un PDF', sentenceNamingPdf(), 'piece/format-unknown'],
      ['un document Word', docx(), 'piece/format-unknown'],
      ['un document budgétaire non scellé', aBudget({ sceau: null }), 'piece/budget-not-sealed'],
    ])('refuse %s', async (_quoi, octets, code) => {
      expect(await inspect(octets)).toBe(code);
    });

    it('dit à chaque refus quoi faire, en suite du nom du fichier', async () => {
      const parts = open();
      const found = await parts.inspector.inspect(await parts.keep(loginPage()));
      expect(found).toMatchObject({
        kind: 'refused',
        detail: expect.stringMatching(/^(est|n’est) .+\.$/) as string,
      });
    });
  });
}
