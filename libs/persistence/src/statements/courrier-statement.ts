import type { ReceivedCourrier } from '@teletransmission/teletransmission';
import { insertTransmission } from './insert-transmission';
import { Statement } from './statement';

/**
 * L'ordre SQL d'une lettre qui s'ouvre : elle, ses documents, son retour appliqué, l'audit, l'accusé d'office. Rend la lettre, ou rien si
 * elle était déjà là.
 */
export function courrierStatement(
  {
    correspondance,
    retourId,
    retourFrom = 'received',
    retourAudit,
    remarque,
    audit,
    accuse,
  }: ReceivedCourrier,
  traceId: string | null,
): [sql: string, parameters: unknown[]] {
  const statement = new Statement();
  const { documents, ...lettre } = correspondance;
  const values = [
    statement.bind(lettre.id, 'uuid'),
    statement.bind(lettre.collectiviteId, 'uuid'),
    statement.bind(lettre.deliberationId, 'uuid'),
    statement.bind(lettre.identifiantActe, 'text'),
    statement.bind(lettre.flux, 'text'),
    statement.bind(lettre.dateCourrier, 'date'),
    statement.bind(lettre.texte, 'text'),
    statement.bind(lettre.recueLe, 'timestamptz'),
    statement.bind(lettre.echeance, 'date'),
    statement.bind(lettre.state, 'text'),
    statement.bind(lettre.empreinteMessage, 'char(64)'),
  ];
  const retour = statement.bind(retourId, 'uuid');
  const from = statement.bind(retourFrom, 'text');
  // Un retour que quelqu'un d'autre vient de régler n'ouvre rien : la lettre naît de lui ou ne naît pas.
  statement.step(
    'ouverte',
    `INSERT INTO correspondances (id, collectivite_id, deliberation_id, identifiant_acte, flux, date_courrier, texte, recue_le, echeance,
      state, empreinte_message, retour_id) SELECT ${values.join(', ')}, r.id FROM retours r WHERE r.id = ${retour} AND r.state = ${from}
      ON CONFLICT DO NOTHING RETURNING id, collectivite_id`,
  );
  for (const { rang, nomFichier, empreinte, tailleOctets } of documents) {
    statement.step(
      `document_${rang}`,
      `INSERT INTO lettre_documents (correspondance_id, rang, nom_fichier, empreinte, taille_octets) SELECT ouverte.id,
        ${statement.bind(rang, 'int')}, ${statement.bind(nomFichier, 'text')}, ${statement.bind(empreinte, 'char(64)')},
        ${statement.bind(tailleOctets, 'bigint')} FROM ouverte RETURNING rang`,
    );
  }
  statement.step(
    'retour_applique',
    `UPDATE retours SET state = 'applied', flux = ${statement.bind(lettre.flux, 'text')}, collectivite_id = ouverte.collectivite_id,
      code = ${statement.bind(remarque?.code ?? null, 'text')}, detail = ${statement.bind(remarque?.detail ?? null, 'text')},
      traite_le = ${statement.bind(retourAudit.instant, 'timestamptz')} FROM ouverte WHERE retours.id = ${retour} RETURNING retours.id`,
  );
  statement.audit('journal', audit, 'ouverte');
  statement.audit('journal_retour', retourAudit, 'retour_applique');
  if (accuse) {
    insertTransmission(statement, 'accuse', accuse.transmission, 'ouverte');
    statement.audit('journal_accuse', accuse.audit, 'accuse');
    statement.outbox('travail', accuse.outbox, traceId, 'accuse');
  }
  return statement.finish('SELECT id FROM ouverte');
}
