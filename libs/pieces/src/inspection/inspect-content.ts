import type { Inspection } from '@teletransmission/teletransmission';
import { inspectBudget, looksLikeBudget } from '../budget/inspect-budget';
import { inspectJpeg } from '../image/inspect-jpeg';
import { inspectPng } from '../image/inspect-png';
import { inspectPdf } from '../pdf/inspect-pdf';
import { headerOffset } from '../pdf/header-offset';
import { nameContent } from '../content/name-content';
import type { ReadableContent } from '../content/readable-content';
import { textAt } from '../content/readable-content';
import { refused } from '../content/refused';

const HEAD_OCTETS = 4096;

/**
 * Ouvre un document d'après ce qu'il est, jamais d'après son nom : la marque des premiers octets choisit le lecteur, et le lecteur juge.
 * @returns le format et les remarques, ou un refus qui dit ce que le fichier est et quoi en faire.
 */
export async function inspectContent(content: ReadableContent): Promise<Inspection> {
  if (content.tailleOctets === 0)
    return refused('piece/empty', 'est vide (zéro octet). Joignez le fichier complet.');
  const head = await textAt(content, 0, HEAD_OCTETS);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return inspectPng(content);
  if (head.startsWith('\xff\xd8\xff')) return inspectJpeg(content);
  const pdf = headerOffset(head);
  if (pdf !== null) {
    const inspection = await inspectPdf(content, pdf);
    // Un texte qui cite la marque d'un PDF n'en est pas un : ce qui ne s'ouvre pas se dit d'après ce qu'il est.
    if (inspection.kind === 'opened' || pdf === 0) return inspection;
    return /^[^]{0,3}\s*$/.test(head.slice(0, pdf)) ? inspection : unknown(content);
  }
  return looksLikeBudget(head) ? inspectBudget(content) : unknown(content);
}

async function unknown(content: ReadableContent): Promise<Inspection> {
  const detail = await nameContent(content);
  return refused(detail.includes('décompressez') ? 'piece/compressed' : 'piece/format-unknown', detail);
}
