import type {
  DocumentStore,
  Inspection,
  PieceContent,
  PieceInspector,
} from '@teletransmission/teletransmission';
import { buffer } from 'node:stream/consumers';

const refused = (code: string, detail: string): Inspection => ({ kind: 'refused', code, detail });
const opened = (format: 'pdf' | 'png' | 'jpg' | 'xml'): Inspection => ({
  kind: 'opened',
  piece: { format, remarques: [] },
});

/** Ouvre les petits documents des essais à leurs seules marques, sans bibliothèque : assez pour le domaine, qui n'en lit que l'avis. */
export class InMemoryInspector implements PieceInspector {
  /** Vrai : rien ne s'ouvre, comme quand le processus d'ouverture ne démarre pas. */
  isDown = false;

  constructor(private readonly documents: Pick<DocumentStore, 'open'>) {}

  async inspect({ empreinte }: PieceContent): Promise<Inspection> {
    if (this.isDown) return { kind: 'unavailable', detail: 'n’a pas pu être ouvert.' };
    return judge((await buffer(await this.documents.open(empreinte))).toString('latin1'));
  }
}

function judge(text: string): Inspection {
  if (text === '') return refused('piece/empty', 'est vide.');
  if (text.startsWith('%PDF-')) {
    if (!text.trimEnd().endsWith('%%EOF')) return refused('piece/cut', 'est coupé.');
    if (text.includes('/Encrypt')) return refused('piece/password', 'demande un mot de passe.');
    return text.includes('/Count 0 ') ? refused('piece/no-page', 'n’a aucune page.') : opened('pdf');
  }
  if (text.startsWith('\x89PNG'))
    return text.includes('IEND') ? opened('png') : refused('piece/cut', 'est coupé.');
  if (text.startsWith('\xff\xd8'))
    return text.includes('\xff\xd9') ? opened('jpg') : refused('piece/cut', 'est coupé.');
  if (!/<DocumentBudgetaire\s/.test(text))
    return refused('piece/format-unknown', 'n’est pas un document de la norme.');
  return text.includes('<Scellement ')
    ? opened('xml')
    : refused('piece/budget-not-sealed', 'n’est pas scellé.');
}
