import type { Empreinte, StoredFile } from '@teletransmission/teletransmission';

/** Le dossier de référence tel qu'un logiciel l'envoie, ou ce que le test en change (`undefined` ôte un champ). */
export function aDossier(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const dossier: Record<string, unknown> = {
    collectivite: '213402761',
    numeroInterne: '2022-10-062',
    dateDecision: '2022-10-20',
    objet: 'Convention de partenariat pour un environnement numérique de travail',
    matiere: '8.1',
    vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
    document: { fichier: 'extrait.pdf' },
    annexes: [{ fichier: 'convention.pdf', typePiece: '99_DE' }],
    ...changes,
  };
  return Object.fromEntries(Object.entries(dossier).filter(([, value]) => value !== undefined));
}

/** Un fichier déjà rangé. L'empreinte se déduit du nom : deux noms, deux contenus. */
export function aStoredFile(nomFichier: string, changes: Partial<StoredFile> = {}): StoredFile {
  const hex = Buffer.from(nomFichier).toString('hex').padEnd(64, '0').slice(0, 64);
  return { nomFichier, empreinte: hex as Empreinte, tailleOctets: 1_000, ...changes };
}

export function referenceFiles(): readonly StoredFile[] {
  return [aStoredFile('extrait.pdf'), aStoredFile('convention.pdf')];
}
