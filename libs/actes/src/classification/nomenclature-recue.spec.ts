import { civilDate } from '@teletransmission/kernel';
import type { MatiereClassification } from '../messages/messages';
import type { NomenclatureRecue } from './nomenclature-recue';
import { checkMatiere, defaultTypePieceAdmis, typesPieceAdmis } from './nomenclature-recue';

const branch = (
  code: number,
  libelle: string,
  ...matieres: readonly MatiereClassification[]
): MatiereClassification => ({ code, libelle, matieres });

const recue = (
  matieres: readonly MatiereClassification[],
  natures: NomenclatureRecue['natures'] = [],
): NomenclatureRecue => ({ dateVersion: civilDate('2022-10-15'), matieres, natures });

const detailOf = (code: string, nomenclature: NomenclatureRecue): string => {
  const checked = checkMatiere(code, nomenclature);
  return checked.ok ? '' : checked.problem.detail;
};

describe('la nomenclature d’une préfecture', () => {
  it('sans matière, laisse les listes nationales décider', () => {
    expect(checkMatiere('8.1', null).ok).toBe(true);
    expect(checkMatiere('8.1', recue([])).ok).toBe(true);
  });

  it('qui s’arrête plus haut le dit, et propose d’y déposer', () => {
    expect(detailOf('8.1.3', recue([branch(8, 'Thèmes', branch(1, 'Enseignement'))]))).toMatch(
      /s'arrête à « 8.1 Enseignement » : déposez avec « 8.1 »[.]$/,
    );
  });

  it('qui n’a rien de l’acte montre ses premiers niveaux', () => {
    expect(detailOf('8.1', recue([branch(1, 'Commande', branch(1, 'Marchés'))]))).toContain(
      'Dans sa nomenclature, elle a : 1 (Commande)',
    );
  });

  it('longue, n’en cite que quelques branches', () => {
    const many = Array.from({ length: 9 }, (_, index) => branch(index + 1, `B${index + 1}`));
    expect(detailOf('8.10', recue([branch(8, 'Thèmes', ...many)]))).toMatch(/8[.]6 \(B6\), et 3 autres[.]/);
  });

  it('sans rien sous le premier niveau, ne propose pas un code qui ne se dépose pas', () => {
    expect(detailOf('8.1', recue([branch(8, 'Thèmes')]))).toContain('redemander la nomenclature');
  });

  it('donne les types de pièce d’une nature, par son abrégé ou par son code, s’ils se portent dans un nom', () => {
    const typesPiece = ['75_PL', '55', '99_XX'].map((code) => ({ code, libelle: code }));
    const nomenclature = recue([], [{ code: 1, libelle: 'Délibérations', abrege: '', typesPiece }]);
    expect(typesPieceAdmis('DE', nomenclature)).toEqual(['75_PL', '99_XX']);
    expect(typesPieceAdmis('AR', nomenclature)).toContain('99_AR');
  });

  it('garde le type national du document principal, ou prend son type général', () => {
    const types = (...codes: readonly string[]): NomenclatureRecue =>
      recue(
        [],
        [
          {
            code: 1,
            libelle: '',
            abrege: 'DE',
            typesPiece: codes.map((code) => ({ code, libelle: code })),
          },
        ],
      );
    expect(defaultTypePieceAdmis('DE', types('70_DE', '99_DE'))).toBe('99_DE');
    expect(defaultTypePieceAdmis('DE', types('99_SE', '99_DL'))).toBe('99_DL');
    expect(defaultTypePieceAdmis('DE', types('70_DE'))).toBe('99_DE');
  });
});
