import type { Inspection } from '@teletransmission/teletransmission';
import type { ReadableContent } from '../content/readable-content';
import { refused } from '../content/refused';
import type { BudgetReading } from './read-budget';
import { NAMESPACE, readBudget } from './read-budget';

/** Vrai pour un XML : ce qu'il est, sa racine le dira. Une page web n'en est pas un, même écrite en XHTML. */
export function looksLikeBudget(head: string): boolean {
  return (
    /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|[A-Za-z_])/.test(head) &&
    !/<!doctype\s+html|<(?:[\w.-]+:)?html[\s>]/i.test(head)
  );
}

const EMPTY_DIGESTS = ['d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'];

/** Ouvre un XML : le seul que la norme admette est un document budgétaire, et scellé (§2.7). */
export async function inspectBudget(content: ReadableContent): Promise<Inspection> {
  const reading = await readBudget(content);
  if (reading.kind === 'malformed')
    return refused(
      'piece/xml-refused',
      `est un XML qui ne se lit pas (${reading.detail}). Enregistrez de nouveau le document budgétaire depuis le logiciel qui l’a scellé.`,
    );
  if (reading.kind === 'other-root') {
    const espace =
      reading.racine === 'DocumentBudgetaire' ? ` et d’espace de noms « ${reading.espace} »` : '';
    return refused(
      'piece/xml-refused',
      `est un XML de racine « ${reading.racine} »${espace} : le seul XML que la préfecture prenne est un document budgétaire (« DocumentBudgetaire », « ${NAMESPACE} »). Joignez un PDF.`,
    );
  }
  return checkSeal(reading);
}

function checkSeal({ sceau }: Extract<BudgetReading, { kind: 'budget' }>): Inspection {
  if (!sceau)
    return refused(
      'piece/budget-not-sealed',
      'est un document budgétaire qui n’est pas scellé : scellez-le (dans TotEM ou le logiciel financier), et joignez le fichier scellé.',
    );
  const { md5, sha1, date } = sceau;
  const isWhole =
    /^[0-9a-f]{32}$/i.test(md5) && /^[0-9a-f]{40}$/i.test(sha1) && /^\d{4}-\d\d-\d\d/.test(date);
  if (!isWhole || EMPTY_DIGESTS.includes(md5.toLowerCase()) || EMPTY_DIGESTS.includes(sha1.toLowerCase()))
    return refused(
      'piece/budget-seal-false',
      'est un document budgétaire dont le sceau n’en est pas un (empreintes ou date absentes, ou d’un contenu vide) : scellez-le de nouveau.',
    );
  if (sceau.verdict === 'false')
    return refused(
      'piece/budget-seal-false',
      'est un document budgétaire modifié depuis qu’il a été scellé : son sceau n’est plus le sien. Scellez-le de nouveau, et joignez le fichier sans l’ouvrir dans un autre logiciel.',
    );
  const remarques = sceau.verdict === 'unverified' ? (['sceau-non-verifie'] as const) : [];
  return { kind: 'opened', piece: { format: 'xml', remarques } };
}
