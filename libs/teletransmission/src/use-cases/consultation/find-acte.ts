import type { Result } from '@teletransmission/kernel';
import { ok, refuse } from '@teletransmission/kernel';
import type { Compte } from '../../compte/compte';
import type { Action } from '../../compte/permissions';
import { authorize } from '../../compte/permissions';
import type { ActeReference } from '../../deliberation/reference';
import { readReference } from '../../deliberation/reference';
import type { Readings } from '../../ports/lectures/readings';
import { problems } from '../../problems';
import type { TransmissionState } from '../../vies/transmission-transitions';
import type { DeliberationView } from '../../situation/deliberation-view';

/** Ce qu'on nomme des actes entre lesquels une référence hésite. */
const CANDIDATES = 5;
const GONE: readonly TransmissionState[] = ['cancelled', 'withdrawn'];

/** Un acte trouvé par ce qu'une personne en a dit, et ce qui s'en est lu autrement. */
export interface FoundActe {
  readonly view: DeliberationView;
  readonly remarques: readonly string[];
}

/** Trouve l'acte que désigne un numéro, un identifiant entier ou partiel, ou une identité, dans les limites du compte. */
export class FindActe {
  constructor(private readonly readings: Pick<Readings, 'search'>) {}

  /**
   * De plusieurs dépôts du même identifiant, celui qui vit. Un numéro exact l'emporte sur les identifiants qui le contiennent.
   * @returns `deliberation/unknown`, ou `deliberation/ambiguous`, qui nomme les actes, quand plusieurs répondent.
   */
  async execute(compte: Compte, text: string, action: Action): Promise<Result<FoundActe>> {
    const allowed = authorize(compte, action, compte.collectiviteId);
    if (!allowed.ok) return allowed;
    const read = readReference(text);
    if (!read.ok) return read;
    const found = await this.search(compte, read.value.reference);
    const [first] = found;
    if (!first) return refuse(problems.unknownDeliberation(text));
    const names = [...new Set(found.map(({ identifiantActe }) => identifiantActe))];
    if (names.length > 1)
      return refuse(problems.ambiguousReference(text, names.slice(0, CANDIDATES), names.length > CANDIDATES));
    const view = found.find(({ transmission }) => !GONE.includes(transmission.state)) ?? first;
    return ok({ view, remarques: [...read.value.remarques, ...othersOf(found, view)] });
  }

  private async search(compte: Compte, reference: ActeReference): Promise<readonly DeliberationView[]> {
    if (reference.kind !== 'partie') return this.page(compte, reference);
    const exact = await this.page(compte, { kind: 'numero', texte: reference.texte });
    return exact.length > 0 ? exact : this.page(compte, reference);
  }

  private async page(
    { collectiviteId }: Compte,
    reference: ActeReference,
  ): Promise<readonly DeliberationView[]> {
    const mine = collectiviteId === null ? {} : { collectiviteId };
    return (await this.readings.search({ ...mine, reference }, null, CANDIDATES + 1)).items;
  }
}

function othersOf(found: readonly DeliberationView[], view: DeliberationView): readonly string[] {
  const others = found.filter(({ id }) => id !== view.id).map(({ id }) => id);
  return others.length === 0
    ? []
    : [`Cet identifiant est aussi celui de dépôts retirés ou annulés : ${others.join(', ')}.`];
}
