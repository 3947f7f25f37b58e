/** Ce qu'on demande au marteau. */
export interface HammerRequest {
  readonly actes: number;
  readonly pannes: number;
  readonly graine: number;
  readonly collectivites: number;
  /** De front, au dépôt. */
  readonly deposants: number;
  readonly dureeMaxS: number;
  readonly isJson: boolean;
  readonly isPlanOnly: boolean;
  /** Garde le dossier (journaux, base, documents) après coup, quoi qu'il arrive. */
  readonly isKept: boolean;
}

export const USAGE = `Emploi : npm run test:faults -- [options]
  --actes N          actes déposés (200)
  --pannes K         pannes infligées pendant qu'ils passent (20)
  --graine S         la graine du plan ; la même le rejoue (tirée au sort, et dite)
  --collectivites C  collectivités inscrites (5)
  --deposants D      dépôts de front (8)
  --duree-max S      secondes au-delà desquelles on renonce (1800)
  --plan             dit le plan et s'arrête
  --garder           garde le dossier de l'essai, journaux compris
  --json             le verdict en JSON sur la sortie standard
Codes de sortie : 0 rien de perdu ni de doublé ; 1 un invariant est démenti, ou l'essai n'a pu finir ; 2 mal employé ; 130 interrompu.`;

const NUMBERS = {
  '--actes': 'actes',
  '--pannes': 'pannes',
  '--graine': 'graine',
  '--collectivites': 'collectivites',
  '--deposants': 'deposants',
  '--duree-max': 'dureeMaxS',
} as const;
const FLAGS = { '--plan': 'isPlanOnly', '--garder': 'isKept', '--json': 'isJson' } as const;

/** Lit les arguments. @returns la demande, ou `'aide'`, ou la première faute en français. */
export function readCommandLine(
  args: readonly string[],
): HammerRequest | 'aide' | { readonly fault: string } {
  const request = {
    actes: 200,
    pannes: 20,
    graine: Math.floor(Math.random() * 1_000_000),
    collectivites: 5,
    deposants: 8,
    dureeMaxS: 1_800,
    isJson: false,
    isPlanOnly: false,
    isKept: false,
  };
  const rest = args.flatMap((arg) => (arg.startsWith('--') ? arg.split('=', 2) : [arg]));
  for (let option = rest.shift(); option !== undefined; option = rest.shift()) {
    if (option === '--aide' || option === '--help' || option === '-h') return 'aide';
    if (option in FLAGS) {
      request[FLAGS[option as keyof typeof FLAGS]] = true;
      continue;
    }
    if (!(option in NUMBERS)) return { fault: `« ${option} » n'est pas une option.` };
    const value = rest.shift() ?? '';
    const isSmallest = option === '--pannes' || option === '--graine' ? 0 : 1;
    if (!/^\d{1,9}$/.test(value) || Number(value) < isSmallest)
      return { fault: `« ${option} » attend un nombre entier, au moins ${isSmallest}.` };
    request[NUMBERS[option as keyof typeof NUMBERS]] = Number(value);
  }
  return request;
}
