import { readArchive, readXml } from '@teletransmission/actes';
import type { Result } from '@teletransmission/kernel';
import { aCollectivite, aCompte, aDossier, aPdf, InMemoryService } from '@teletransmission/testkit';
import { Readable } from 'node:stream';
import type { AutoriteEtSignataire } from '../../../../signature/test/sign-for-tests';
import { aSigner, signAt } from '../../../../signature/test/sign-for-tests';
import type { DepositAnswer } from './accept-dossier';

const EXTRAIT = aPdf('extrait');
const CONVENTION = aPdf('convention');
const NOW = '2022-11-02T09:00:00.000Z';
const VALID = { du: '2022-01-01T00:00:00Z', au: '2022-12-31T00:00:00Z' };

let signer: AutoriteEtSignataire;

beforeAll(() => {
  signer = aSigner(VALID);
});

const serviceOf = (autorites = [signer.autorite.certificat]): InMemoryService =>
  new InMemoryService(aCollectivite(), autorites);

/** Dépose la délibération de référence, sa pièce principale signée par ces octets. */
function depositSigned(
  service: InMemoryService,
  signature: Buffer,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Result<DepositAnswer>> {
  const kept = (nomFichier: string, octets: Buffer) => ({
    nomFichier,
    ...service.documents.keep(octets),
  });
  return service.deposit.execute({
    compte: aCompte(),
    dossier: aDossier({ document: { fichier: 'extrait.pdf', signature: 'extrait.p7s' }, ...changes }),
    fichiers: [
      kept('extrait.pdf', EXTRAIT),
      kept('convention.pdf', CONVENTION),
      kept('extrait.p7s', signature),
    ],
    idempotency: null,
  });
}

const violationsOf = (answer: Result<DepositAnswer>): readonly string[] =>
  answer.ok ? [] : (answer.problem.violations ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

async function messageOf(service: InMemoryService): Promise<unknown> {
  const { enveloppeId } = service.transmission();
  const archive = enveloppeId && service.ledger.enveloppes.get(enveloppeId)?.archive;
  if (!archive) throw new Error('non scellée');
  let message: unknown = null;
  const names: string[] = [];
  await readArchive(
    Readable.from([service.documents.bytesOf(archive.empreinte)], { objectMode: false }),
    async (nom, _taille, contenu) => {
      names.push(nom);
      const chunks: Buffer[] = [];
      for await (const chunk of contenu as AsyncIterable<Buffer>) chunks.push(chunk);
      const read = nom.includes('1-1_0') && readXml(Buffer.concat(chunks));
      if (read && read.ok) message = read.value.message;
    },
  );
  expect(names).toHaveLength(4);
  return message;
}

describe('une pièce signée', () => {
  it('garde sa signature, la porte dans le message et la prouve à l’audit, sans nom de personne', async () => {
    const service = serviceOf();
    const texte = await signAt(EXTRAIT, signer.signataire, NOW);
    expect(violationsOf(await depositSigned(service, Buffer.from(texte)))).toEqual([]);
    const [deliberation] = [...service.ledger.deliberations.values()];
    expect(deliberation?.pieces[0]?.signature).toMatchObject({
      nomFichier: 'extrait.p7s',
      algorithme: 'ECDSA-SHA256',
      numeroSerie: signer.signataire.certificat.serialNumber,
      isChaineVerifiee: true,
    });
    const [deposited] = service.ledger.audit;
    expect(deposited?.preuve).toMatchObject({
      algorithmeSignature0: 'ECDSA-SHA256',
      serieSignature0: signer.signataire.certificat.serialNumber,
    });
    expect(JSON.stringify(service.ledger.audit)).not.toContain('Camille');
    await service.seal.execute(service.transmission().id);
    expect(await messageOf(service)).toMatchObject({
      document: { signature: texte },
      annexes: [{ nomFichier: '99_DE-034-213402761-20221020-2022-10-062-DE-1-1_2.pdf' }],
    });
  });

  it('se lit en DER comme en PEM', async () => {
    const service = serviceOf();
    const texte = await signAt(EXTRAIT, signer.signataire, NOW);
    const der = Buffer.from(texte.replace(/-----[^-]+-----|\s/g, ''), 'base64');
    expect(violationsOf(await depositSigned(service, der))).toEqual([]);
  });

  it('mal signée, se refuse au dépôt avec les autres fautes, et rien n’est gardé', async () => {
    const service = serviceOf();
    const other = await signAt(CONVENTION, signer.signataire, NOW);
    const answer = await depositSigned(service, Buffer.from(other), { objet: 'une\nligne' });
    expect(violationsOf(answer)).toEqual([
      '/objet objet/several-lines',
      '/document/signature signature/digest-mismatch',
    ]);
    expect(service.ledger.deliberations.size + service.ledger.audit.length).toBe(0);
  });

  it.each([
    ['illisible', 'signature/malformed', () => Promise.resolve('bonjour !')],
    ['vide', 'signature/malformed', () => Promise.resolve('')],
    ['trop grosse', 'signature/too-large', () => Promise.resolve('A'.repeat(512 * 1024 + 4))],
    ['d’une autorité inconnue', 'signature/untrusted', () => signAt(EXTRAIT, aSigner(VALID).signataire, NOW)],
    [
      'd’un certificat expiré',
      'signature/certificate-expired',
      () => {
        const past = { du: '2020-01-01T00:00:00Z', au: '2021-01-01T00:00:00Z' };
        return signAt(EXTRAIT, aSigner(past).signataire, '2020-06-01T00:00:00.000Z');
      },
    ],
  ])('%s, se refuse sous « %s »', async (_, code, make) => {
    const answer = await depositSigned(serviceOf(), Buffer.from(await make()));
    expect(violationsOf(answer)).toEqual([`/document/signature ${code}`]);
  });

  it('sans magasin de confiance, est vérifiée sauf sa chaîne, et le dit', async () => {
    const service = new InMemoryService(aCollectivite());
    const texte = await signAt(EXTRAIT, signer.signataire, NOW);
    expect((await depositSigned(service, Buffer.from(texte))).ok).toBe(true);
    const [deliberation] = [...service.ledger.deliberations.values()];
    expect(deliberation?.pieces[0]?.signature).toMatchObject({ isChaineVerifiee: false });
    const other = await signAt(CONVENTION, signer.signataire, NOW);
    expect(
      violationsOf(await depositSigned(service, Buffer.from(other), { numeroInterne: '2022-10-063' })),
    ).toEqual(['/document/signature signature/digest-mismatch']);
  });

  it('dont le certificat expire entre le dépôt et l’envoi arrête l’acte avant l’envoi', async () => {
    const service = serviceOf();
    const texte = await signAt(EXTRAIT, signer.signataire, NOW);
    await depositSigned(service, Buffer.from(texte));
    service.clock.set('2023-01-01T00:00:00.000Z');
    await service.runJobs();
    expect(service.transmission()).toMatchObject({
      state: 'held',
      stopReason: { code: 'signature/certificate-expired' },
    });
    expect(service.prefecture.taken).toEqual([]);
  });
});
