import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '@teletransmission/kernel';
import type { Result } from '@teletransmission/kernel';
import type { z } from 'zod';
import { versionEnCours } from '../classification/version-en-cours';
import { clockRequestSchema, targetInstant } from '../clock/clock-request';
import { ScriptedClock } from '../clock/scripted-clock';
import { LetterDesk } from '../courriers/letter-desk';
import {
  demandeClassificationSchema,
  demandeCourrierSchema,
  publicationSchema,
} from '../courriers/letter-requests';
import { SETTINGS } from '../http/tokens';
import { Ledger } from '../ledger/ledger';
import type { LedgerEntry } from '../ledger/ledger-entry';
import { consigneSchema, defautSchema } from '../scenarios/scenario';
import type { SimulatorSettings } from '../settings';
import { asConsigne, asCourrier, asFields, asTexts, textOf } from './page-forms';
import type { Champs } from './page-forms';

/** Ce que chaque bouton de la page fait, et ce que la page en dit ensuite. */
export const PAGE_ACTIONS = {
  courrier: 'Le courrier est parti : il attend dans les retours.',
  scenario: 'La consigne est posée.',
  'scenario-retire': 'La consigne est retirée.',
  defaut: 'Le comportement par défaut est changé.',
  horloge: "L'horloge a bougé.",
  'horloge-vraie': "L'horloge est revenue à l'heure vraie.",
  classification: 'La nouvelle version de la classification a cours.',
  'classification-envoi': 'La classification est partie : elle attend dans les retours.',
} as const;

export type PageAction = keyof typeof PAGE_ACTIONS;

/** Vrai si c'est le nom d'une action de la page. */
export function isPageAction(nom: string): nom is PageAction {
  return Object.hasOwn(PAGE_ACTIONS, nom);
}

/** Les gestes de la page : les mêmes commandes que le pilotage, lues dans des formulaires. */
@Injectable()
export class PageActions {
  constructor(
    private readonly ledger: Ledger,
    private readonly desk: LetterDesk,
    private readonly clock: ScriptedClock,
    @Inject(SETTINGS) private readonly settings: SimulatorSettings,
  ) {}

  /** Accomplit une action, ou dit toutes les fautes de son formulaire. */
  async perform(action: PageAction, champs: unknown): Promise<Result<PageAction>> {
    const fait = await this.run(action, asTexts(champs));
    return fait.ok ? ok(action) : fait;
  }

  private async run(action: PageAction, champs: Champs): Promise<Result<unknown>> {
    const { ledger, clock } = this;
    switch (action) {
      case 'courrier':
        return chain(demandeCourrierSchema, asCourrier(champs), (lu) => this.desk.sendCourrier(lu));
      case 'scenario':
        return chain(consigneSchema, asConsigne(champs), async (consigne) => {
          const cle = textOf(champs, 'cle');
          if (cle === undefined) return refuse({ code: 'page/no-key', detail: 'Dire qui la consigne vise.' });
          return this.note({ type: 'scenario-set', cle, consigne });
        });
      case 'scenario-retire':
        return this.note({ type: 'scenario-removed', cle: textOf(champs, 'cle') ?? '' });
      case 'defaut':
        return chain(defautSchema, asConsigne(champs), (defaut) => this.note({ type: 'defaut-set', defaut }));
      case 'horloge':
        return chain(clockRequestSchema, asFields(champs, ['instant', 'avancer']), (lu) => {
          const ecartMs = clock.shiftTo(targetInstant(lu, clock.now()));
          return this.note({ type: 'clock-shifted', ecartMs });
        });
      case 'horloge-vraie':
        return this.note({ type: 'clock-shifted', ecartMs: 0 });
      case 'classification':
        return chain(publicationSchema, asFields(champs, ['dateVersion']), ({ dateVersion }) =>
          this.note({ type: 'classification-published', le: clock.now(), dateVersion }),
        );
      case 'classification-envoi':
        return chain(
          demandeClassificationSchema,
          asFields(champs, ['siren', 'departement', 'dateVersion']),
          (lu) => this.desk.sendClassification(lu, versionEnCours(ledger.registre, this.settings)),
        );
    }
  }

  private async note(entry: LedgerEntry): Promise<Result<undefined>> {
    await this.ledger.append(entry);
    return ok(undefined);
  }
}

async function chain<T>(
  schema: z.ZodType<T>,
  lu: unknown,
  suite: (valeur: T) => Promise<Result<unknown>>,
): Promise<Result<unknown>> {
  const resultat = schema.safeParse(lu);
  if (resultat.success) return suite(resultat.data);
  const violations = resultat.error.issues.map(({ path, code, message }) => ({
    pointer: `/${path.join('/')}`,
    code,
    detail: message,
  }));
  const detail = 'Le formulaire a des fautes ; rien n’a été fait.';
  return refuse({ code: 'page/malformed-form', detail, violations });
}
