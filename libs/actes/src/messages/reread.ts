import type { Result, Violation } from '@teletransmission/kernel';
import { refuse } from '@teletransmission/kernel';
import { parseXml } from '../xml/parse-xml';
import { validateDocument } from '../xml/validate-xml';
import { notWritable } from '../xml/write-xml';
import type { XmlViolation } from '../xml/xml-violation';
import type { LectureXml, TypeXml } from './messages-lus';
import { readDocument } from './read-xml';

/** Le code du refus d'un XML qui ne dit pas, une fois relu, ce qu'on voulait y écrire. */
export const XML_UNFAITHFUL = 'xml/unfaithful';

/** Ce que des octets doivent dire : leur type, et le message champ par champ tel qu'une lecture fidèle le rend. */
export interface Attendu {
  readonly type: TypeXml;
  readonly message: LectureXml['message'];
}

/**
 * Relit ce qui vient d'être écrit, par le lecteur des messages reçus, qui ne doit rien au rédacteur : rien ne sort qui ne soit valide et ne
 * dise, champ par champ, ce qui a été confié.
 * @param tolerates une faute que l'appelant assume ; aucune par défaut
 * @returns les octets eux-mêmes ; sinon le refus du rédacteur, `xml/not-writable` avec toutes les fautes, ou `xml/unfaithful` dont chaque violation dit le champ,
 * l'attendu et le lu.
 */
export function reread(
  written: Result<Uint8Array>,
  attendu: Attendu,
  tolerates: (violation: XmlViolation) => boolean = () => false,
): Result<Uint8Array> {
  if (!written.ok) return written;
  const parsed = parseXml(written.value);
  if (!parsed.ok) {
    const { code, detail } = parsed.problem;
    return refuse(notWritable(attendu.type, [{ pointer: '', code, detail }]));
  }
  const faults = validateDocument(parsed.value).filter((violation) => !tolerates(violation));
  if (faults.length > 0) {
    const violations = faults.map(({ chemin, regle, detail }) => ({
      pointer: `/${chemin}`,
      code: regle,
      detail,
    }));
    return refuse(notWritable(parsed.value.racine.local, violations));
  }
  const lecture = readDocument(parsed.value);
  if (!lecture.ok) return lecture;
  const { type, racine, message } = lecture.value;
  const differences = differencesOf({ type: attendu.type, ...attendu.message }, { type, ...message }, '');
  if (differences.length === 0) return written;
  return refuse({
    code: XML_UNFAITHFUL,
    detail: `Le message ${racine} ne se relit pas comme il a été confié. ${differences.map(({ detail }) => detail).join(' ')} Rien n’est parti : signalez-le à l’exploitant du service.`,
    violations: differences,
  });
}

/** Ce qui diffère, champ par champ, dans un sens comme dans l'autre ; un champ absent et un champ `undefined` sont le même. */
function differencesOf(attendu: unknown, lu: unknown, pointer: string): readonly Violation[] {
  if (attendu === lu) return [];
  if (isComposed(attendu) && isComposed(lu)) {
    const keys = new Set([...Object.keys(attendu), ...Object.keys(lu)]);
    return [...keys].flatMap((key) => differencesOf(attendu[key], lu[key], `${pointer}/${key}`));
  }
  const [expected, found] = excerptsOf(attendu, lu);
  const detail = `Champ « ${pointer.slice(1)} » : attendu ${expected}, relu ${found}.`;
  return [{ pointer, code: 'xml/relu-autrement', detail }];
}

function isComposed(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

const AROUND = 30;

/** Deux textes autour de leur première différence ; d'autre chose, la valeur. */
function excerptsOf(attendu: unknown, lu: unknown): readonly [string, string] {
  const [one, other] = [shown(attendu), shown(lu)];
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const start = Math.max(0, at - AROUND);
  const cut = (text: string): string =>
    `« ${start > 0 ? '…' : ''}${text.slice(start, at + AROUND)}${text.length > at + AROUND ? '…' : ''} »`;
  return [cut(one), cut(other)];
}

function shown(value: unknown): string {
  if (value === undefined) return 'rien';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
