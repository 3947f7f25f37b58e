import type { DeliberationView, PieceView } from '@teletransmission/teletransmission';
import { REMARQUE_PIECE_LABELS } from '@teletransmission/teletransmission';
import type { VNode } from 'preact';
import { tailleLisible } from '../format/taille';
import { StackedTable } from '../layout/stacked-table';
import { typePieceLabel } from './nomenclature-labels';

interface DocumentLine {
  readonly cle: string;
  readonly href: string;
  readonly nom: string;
  readonly role: string;
  readonly type: string;
  readonly tailleOctets: number;
  readonly empreinte: string;
  /** Comment ce fichier est signé ; vide s'il ne l'est pas. */
  readonly signature: string;
  /** Ce que son ouverture a montré ; vide s'il n'y a rien à en dire. */
  readonly remarques: string;
}

function signatureText({ signature }: PieceView): string {
  if (signature === null) return '';
  const chaine = signature.isChaineVerifiee ? 'autorité reconnue' : 'autorité non vérifiée';
  return `${signature.algorithme}, certificat ${signature.numeroSerie}, ${chaine}`;
}

/** Les remarques d'une pièce ; qu'elle n'ait jamais été ouverte en est une. */
function remarquesText({ remarques }: PieceView): string {
  if (remarques === null) return 'déposé avant que les documents soient ouverts';
  return remarques.map((remarque) => REMARQUE_PIECE_LABELS[remarque]).join(' ; ');
}

function pieceLine(view: DeliberationView, piece: PieceView): DocumentLine {
  return {
    cle: `piece-${piece.rang}`,
    href: `/deliberations/${view.id}/pieces/${piece.rang}`,
    nom: piece.nomFichier,
    role: piece.rang === 0 ? 'Document principal' : `Annexe ${piece.rang}`,
    type: `${typePieceLabel(view.nature, piece.typePiece)}, ${piece.format.toUpperCase()}`,
    tailleOctets: piece.tailleOctets,
    empreinte: piece.empreinte,
    signature: signatureText(piece),
    remarques: remarquesText(piece),
  };
}

function linesOf(view: DeliberationView, pieces: readonly PieceView[]): readonly DocumentLine[] {
  const lines = pieces.map((piece) => pieceLine(view, piece));
  if (!view.archive) return lines;
  const { nom, empreinte, tailleOctets } = view.archive;
  const href = `/deliberations/${view.id}/archive`;
  return [
    ...lines,
    {
      cle: 'archive',
      href,
      nom,
      role: 'Archive transmise',
      type: 'Enveloppe et pièces, TAR.GZ',
      tailleOctets,
      empreinte,
      signature: '',
      remarques: '',
    },
  ];
}

interface DocumentsCardProps {
  readonly view: DeliberationView;
  readonly pieces: readonly PieceView[];
}

/** Les fichiers de la délibération, tels que déposés, et l'archive telle que transmise ; chacun avec son empreinte. */
export function DocumentsCard({ view, pieces }: DocumentsCardProps): VNode {
  const lines = linesOf(view, pieces);
  return (
    <section class="carte" aria-labelledby="documents">
      <h2 id="documents">Documents</h2>
      {lines.length === 0 ? (
        <p class="vide">Aucun document.</p>
      ) : (
        <StackedTable<DocumentLine>
          legende="Pièces de la délibération et archive transmise"
          rows={lines}
          keyOf={({ cle }) => cle}
          columns={[
            { titre: 'Rôle', cell: ({ role }) => role },
            {
              titre: 'Fichier',
              isRowHeader: true,
              class: 'fichier',
              cell: ({ href, nom }) => <a href={href}>{nom}</a>,
            },
            { titre: 'Type', cell: ({ type }) => type },
            { titre: 'Taille', class: 'nombre', cell: ({ tailleOctets }) => tailleLisible(tailleOctets) },
            {
              titre: 'Empreinte SHA-256',
              class: 'empreinte',
              cell: ({ empreinte }) => <code>{empreinte}</code>,
            },
            ...(lines.some(({ signature }) => signature !== '')
              ? [{ titre: 'Signature', cell: ({ signature }: DocumentLine) => signature }]
              : []),
            ...(lines.some(({ remarques }) => remarques !== '')
              ? [{ titre: 'À savoir', cell: ({ remarques }: DocumentLine) => remarques }]
              : []),
          ]}
        />
      )}
      {view.archive ? null : (
        <p class="discret">
          {view.transmission.state === 'queued'
            ? 'L’archive existera à la mise sous enveloppe.'
            : 'Pas d’archive : rien n’est sous enveloppe.'}
        </p>
      )}
    </section>
  );
}
