import type { Inspection, RemarquePiece } from '@teletransmission/teletransmission';
import type { ReadableContent } from '../content/readable-content';
import { textAt } from '../content/readable-content';
import { refused } from '../content/refused';
import { openPdf } from './open-pdf';
import { readEnding } from './read-ending';
import { isTableSound } from './read-table';
import { isComplete } from './scan-objects';

/** Refaire une table demande de tenir le fichier entier : au-delà, on demande à son auteur de l'enregistrer de nouveau. */
const REPAIRED_MAX_OCTETS = 32 * 1024 * 1024;
const TAIL_OCTETS = 64 * 1024;

const CUT = refused(
  'piece/cut',
  'est un PDF coupé : sa fin manque, et avec elle des pages ou une signature. Joignez de nouveau le fichier entier, après l’avoir ouvert jusqu’à sa dernière page.',
);
const DAMAGED = refused(
  'piece/damaged',
  'est un PDF abîmé : il y manque des objets ou des octets, et des pages s’afficheraient vides. Enregistrez-le de nouveau depuis le logiciel qui l’a fait, et ouvrez-le avant de le joindre.',
);
const LOCKED = refused(
  'piece/locked',
  'est un PDF verrouillé (contre l’impression, la copie ou la modification) : la préfecture refuse un document protégé, même s’il s’ouvre. Enregistrez-le sans protection.',
);

/**
 * Ouvre un PDF et le tient à ce que la préfecture exige (§2.7) : entier, ouvert sans mot de passe, non verrouillé, une page au moins.
 * @param start où commence le PDF dans le contenu : des octets étrangers avant lui n'empêchent aucun lecteur
 */
export async function inspectPdf(content: ReadableContent, start: number): Promise<Inspection> {
  const ending = await readEnding(content);
  if (!ending) return CUT;
  const before: readonly RemarquePiece[] = start > 0 ? ['octets-avant-le-pdf'] : [];
  const remarques = [...before, ...ending.remarques];
  const isSound = await isTableSound(content, start, ending.table);
  if (!isSound && content.tailleOctets > REPAIRED_MAX_OCTETS) return DAMAGED;
  const opening = await openPdf(content);
  switch (opening.kind) {
    case 'password':
      return refused(
        'piece/password',
        'demande un mot de passe à l’ouverture : personne à la préfecture ne pourrait le lire. Enregistrez-le sans mot de passe.',
      );
    case 'unreadable':
      // Un chiffrement que l'ouverture ne connaît pas : la table le déclare, et c'est lui qui empêche de lire.
      return (await textAt(content, content.tailleOctets - TAIL_OCTETS, TAIL_OCTETS)).includes('/Encrypt')
        ? LOCKED
        : DAMAGED;
    case 'missing-page':
      return refused(
        'piece/damaged',
        `est un PDF abîmé : sa page ${opening.page} ne s’ouvre pas. Enregistrez-le de nouveau depuis le logiciel qui l’a fait.`,
      );
    case 'open':
      if (opening.isEncrypted) return LOCKED;
      if (opening.pages === 0)
        return refused('piece/no-page', 'est un PDF sans aucune page. Joignez le document lui-même.');
  }
  if (isSound) return { kind: 'opened', piece: { format: 'pdf', remarques } };
  if (!isComplete(await textAt(content, start, content.tailleOctets))) return DAMAGED;
  return { kind: 'opened', piece: { format: 'pdf', remarques: [...remarques, 'table-reconstruite'] } };
}
