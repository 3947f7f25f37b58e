import { Buffer } from 'node:buffer';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Instant } from '@teletransmission/kernel';
import type forge from 'node-forge';
import type { Titulaire } from '../../test/issue-certificate';
import { issue, nom } from '../../test/issue-certificate';
import { issueCrl, issueOcsp, withProofs } from '../../test/issue-revocations';
import { context, integer, oidNode, sequence } from '../asn1/der';
import { OID } from '../asn1/oids';
import { SIGNATURE_MAX_CHARS } from '../cms/signature-text';
import { signDetached } from '../sign-detached';
import { verifyDetached } from '../verify-detached';
import { readRevocations } from './read-revocations';
import { RevocationFile } from './revocation-file';

const AT = '2026-11-24T09:00:00.000Z' as Instant;
const DOCUMENT = Buffer.from('délibération adoptée');
const racine = issue('Autorité d’essai', { autorite: {}, type: 'ec-256' });
const intermediaire = issue('Autorité des communes', { autorite: {} }, racine);
const maire = issue('Camille Exemple', { type: 'ec-256' }, intermediaire);
const inconnu = issue('Autorité des communes', { autorite: {} }, racine);
const repondeur = issue(
  'Répondeur',
  { type: 'ec-256', extensions: { [OID.extKeyUsage]: sequence(oidNode(OID.ocspSigning)) } },
  intermediaire,
);

let signature: string;
beforeAll(async () => {
  const { cle, certificat } = maire;
  const materiel = { cle, certificat, chaine: [intermediaire.certificat] };
  const signed = await signDetached(Readable.from([DOCUMENT]), materiel, { at: AT });
  if (!signed.ok) throw new Error(signed.problem.detail);
  signature = signed.value;
});

const pem = (crl: Buffer): string =>
  `-----BEGIN X509 CRL-----\n${crl.toString('base64')}\n-----END X509 CRL-----\n`;

async function codesOf(texte: string, crls: readonly Buffer[] = [], at = AT): Promise<readonly string[]> {
  const lues = crls.length > 0 ? readRevocations(Buffer.from(crls.map(pem).join(''))) : undefined;
  if (lues?.ok === false) throw new Error(lues.problem.detail);
  const verdict = await verifyDetached(Readable.from([DOCUMENT]), texte, {
    at,
    trusted: [racine.certificat],
    ...(lues ? { revocations: lues.value } : {}),
  });
  return verdict.ok ? [] : (verdict.problem.violations ?? [verdict.problem]).map(({ code }) => code);
}

describe('un certificat révoqué est refusé', () => {
  it.each(['champ', 'attribut'] as const)(
    'quand une liste que la signature emporte le dit (%s)',
    async (place) => {
      const listes = [issueCrl(intermediaire, [maire])];
      expect(await codesOf(withProofs(signature, { listes }, place))).toEqual(['signature/revoked']);
    },
  );

  it.each(['champ', 'attribut'] as const)('quand une réponse OCSP emportée le dit (%s)', async (place) => {
    const revoqueLe = '2026-06-01T00:00:00Z';
    const reponses = [issueOcsp(maire, intermediaire, { revoqueLe })];
    expect(await codesOf(withProofs(signature, { reponses }, place))).toEqual(['signature/revoked']);
  });

  it('quand la réponse vient de qui l’autorité a délégué', async () => {
    const voulue = { revoqueLe: '2026-06-01T00:00:00Z', signante: repondeur, joints: [repondeur] };
    const reponses = [issueOcsp(maire, intermediaire, voulue)];
    expect(await codesOf(withProofs(signature, { reponses }))).toEqual(['signature/revoked']);
  });

  it('quand la configuration le dit, et de même une autorité intermédiaire', async () => {
    expect(await codesOf(signature, [issueCrl(intermediaire, [maire])])).toEqual(['signature/revoked']);
    expect(await codesOf(signature, [issueCrl(racine, [intermediaire])])).toEqual(['signature/revoked']);
  });

  it('quoi qu’en dise une réponse plus ancienne que la signature emporte', async () => {
    const old = withProofs(signature, { reponses: [issueOcsp(maire, intermediaire)] });
    expect(await codesOf(old)).toEqual([]);
    expect(await codesOf(old, [issueCrl(intermediaire, [maire])])).toEqual(['signature/revoked']);
  });

  it('en disant qui, quand, et par qui', async () => {
    const verdict = await verifyDetached(
      Readable.from([DOCUMENT]),
      withProofs(signature, { listes: [issueCrl(intermediaire, [maire])] }),
      { at: AT, trusted: [racine.certificat] },
    );
    expect(verdict.ok ? '' : verdict.problem.detail).toBe(
      'Le certificat de « Camille Exemple » a été révoqué le 01/06/2026 par « Autorité des communes » : signez de nouveau avec un certificat en vigueur.',
    );
  });
});

describe('rien n’est reproché', () => {
  const indirecte = sequence({
    ...context(4, []),
    composed: false,
    constructed: false,
    value: '\xff',
  });
  it.each<[string, () => Buffer]>([
    ['par une liste qui ne le nomme pas', () => issueCrl(intermediaire, [repondeur])],
    ['par une liste vide', () => issueCrl(intermediaire, [])],
    [
      'par une liste qu’une autre clé a signée',
      () => issueCrl(intermediaire, [maire], { signante: inconnu }),
    ],
    ['par une liste signée en SHA-1', () => issueCrl(intermediaire, [maire], { empreinte: 'sha1' })],
    ['par une liste d’une autre autorité', () => issueCrl(racine, [maire])],
    ['par une révocation à venir', () => issueCrl(intermediaire, [maire], { le: '2026-11-24T09:00:01Z' })],
  ])('%s', async (_title, make) => {
    expect(await codesOf(withProofs(signature, { listes: [make()] }))).toEqual([]);
  });

  it.each<[string, () => Buffer]>([
    [
      'par la réponse d’un inconnu',
      () =>
        issueOcsp(maire, intermediaire, {
          revoqueLe: '2026-06-01T00:00:00Z',
          signante: inconnu,
          joints: [inconnu],
        }),
    ],
    [
      'par la réponse d’un titulaire que rien n’a délégué',
      () =>
        issueOcsp(maire, intermediaire, {
          revoqueLe: '2026-06-01T00:00:00Z',
          signante: maire,
          joints: [maire],
        }),
    ],
    [
      'par une réponse sur un autre',
      () => issueOcsp(repondeur, intermediaire, { revoqueLe: '2026-06-01T00:00:00Z' }),
    ],
  ])('%s', async (_title, make) => {
    expect(await codesOf(withProofs(signature, { reponses: [make()] }))).toEqual([]);
  });

  it.each<[string, Parameters<typeof issueCrl>[2]]>([
    ['indirecte', { extension: [OID.issuingDistributionPoint, indirecte] }],
    ['de complément', { extension: [OID.deltaCrlIndicator, integer(1)] }],
    ['à l’extension critique inconnue', { extension: ['1.2.3.4', integer(1)] }],
  ])('par une liste %s, que la configuration refuse', async (_title, voulue) => {
    const crl = issueCrl(intermediaire, [maire], voulue);
    expect(await codesOf(withProofs(signature, { listes: [crl] }))).toEqual([]);
    expect(readRevocations(crl)).toMatchObject({
      ok: false,
      problem: { code: 'signature/revocations-malformed' },
    });
  });
});

describe('une signature qui emporte beaucoup', () => {
  it('est lue, listes de milliers de lignes comprises', async () => {
    const listes = [issueCrl(intermediaire, [maire], { lignesDePlus: 9_500 })];
    const heavy = withProofs(signature, { listes });
    expect(heavy.length).toBeGreaterThan(SIGNATURE_MAX_CHARS * 0.8);
    expect(await codesOf(heavy)).toEqual(['signature/revoked']);
  });

  it('ne se perd pas dans des autorités qui se délivrent toutes les unes les autres', async () => {
    const cle = inconnu.cle;
    const cercle = Array.from({ length: 30 }, () =>
      issue('Cercle', { autorite: {}, cle }, { ...inconnu, nom: 'Cercle' }),
    );
    const elu = issue('Élu du cercle', { type: 'ec-256' }, cercle[0]);
    const chaine = cercle.map(({ certificat }) => certificat);
    const signed = await signDetached(
      Readable.from([DOCUMENT]),
      { cle: elu.cle, certificat: elu.certificat, chaine },
      { at: AT },
    );
    expect(await codesOf(signed.ok ? signed.value : '')).toEqual(['signature/untrusted']);
  });
});

describe('ce qu’une autorité impose à ce qu’elle délivre', () => {
  const directory = (permis: string): forge.asn1.Asn1 =>
    sequence(context(0, [sequence(context(4, [nom(permis)]))]));
  const signedUnder = async (permis: string): Promise<string> => {
    const bornee: Titulaire = issue(
      `Autorité de ${permis}`,
      { autorite: {}, extensions: { [OID.nameConstraints]: directory(permis) } },
      racine,
    );
    const elu = issue('Camille Exemple', { type: 'ec-256' }, bornee);
    const materiel = { cle: elu.cle, certificat: elu.certificat, chaine: [bornee.certificat] };
    const signed = await signDetached(Readable.from([DOCUMENT]), materiel, { at: AT });
    return signed.ok ? signed.value : '';
  };

  it('s’applique : un nom qu’elle permet, et un autre', async () => {
    expect(await codesOf(await signedUnder('Camille Exemple'))).toEqual([]);
    expect(await codesOf(await signedUnder('Dominique Autre'))).toEqual(['signature/untrusted']);
  });
});

describe('le fichier des listes de révocation', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'revocations-'));
  const file = path.join(folder, 'listes.pem');
  const replace = (content: string | Buffer): void => {
    writeFileSync(`${file}.neuf`, content);
    renameSync(`${file}.neuf`, file);
  };
  const warned: string[] = [];
  const log = { warn: (message: string) => void warned.push(message) };
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('est relu quand il change, garde ce qu’on savait quand il ne se lit plus, et le dit une fois', async () => {
    replace(issueCrl(intermediaire, []));
    const source = RevocationFile.open(file, log);
    const counts = async (): Promise<readonly number[]> =>
      (await source.current()).listes.map(({ lignes }) => lignes.size);
    expect(await counts()).toEqual([0]);
    replace(pem(issueCrl(intermediaire, [maire])) + pem(issueCrl(racine, [intermediaire, inconnu])));
    expect(await counts()).toEqual([1, 2]);
    replace('coupé');
    expect([await counts(), await counts()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    rmSync(file);
    expect([await counts(), await counts()]).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(warned).toHaveLength(2);
    replace(issueCrl(intermediaire, []));
    expect(await counts()).toEqual([0]);
  });

  it('empêche de démarrer quand il ne se lit pas', () => {
    replace('coupé');
    expect(() => RevocationFile.open(file, log)).toThrow(
      'SIGNATURE_REVOCATIONS : Liste de révocation illisible',
    );
    expect(() => RevocationFile.open(path.join(folder, 'absent'), log)).toThrow('ENOENT');
  });

  it('n’est pas demandé', async () => {
    expect(await RevocationFile.open(null, log).current()).toEqual({ listes: [], reponses: [] });
  });
});
