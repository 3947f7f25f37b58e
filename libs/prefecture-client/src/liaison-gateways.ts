import type { Log } from '@teletransmission/kernel';
import type {
  CircuitWatch,
  Gateways,
  GenreDeLiaison,
  Liaison,
  PrefectureGateway,
} from '@teletransmission/teletransmission';
import { BreakerGateway } from './breaker/breaker-gateway';
import type { DirectGatewaySettings } from './direct/direct-gateway';
import { DirectGateway } from './direct/direct-gateway';

/** Ce que ce processus sait des liaisons, en plus de leurs lignes. */
export interface WireSettings {
  /** Celle des réglages : elle vaut pour toute liaison directe dont la ligne ne dit pas d'adresse. */
  readonly directe: DirectGatewaySettings;
  /** Les secrets, par liaison : aucune ligne n'en porte. */
  readonly jetons: Readonly<Record<string, string>>;
}

/**
 * L'adaptateur de chaque liaison, fait à la première demande et gardé tant que sa ligne ne change pas d'adresse. Le jeton des réglages ne
 * part qu'à l'adresse des réglages : une autre a le sien, ou n'en a pas.
 */
export class LiaisonGateways implements Gateways {
  private readonly opened = new Map<string, PrefectureGateway>();

  constructor(
    private readonly settings: WireSettings,
    private readonly watch: CircuitWatch,
    private readonly log: Log,
  ) {}

  of(liaison: Liaison): PrefectureGateway {
    const key = JSON.stringify([liaison.id, liaison.genre, liaison.reglages.url]);
    const known = this.opened.get(key);
    if (known) return known;
    const gateway = new BreakerGateway(this.wireOf(liaison), liaison.id, this.watch, this.log);
    this.opened.set(key, gateway);
    return gateway;
  }

  private wireOf(liaison: Liaison): PrefectureGateway {
    return WIRES[liaison.genre](liaison, this.settings);
  }
}

type Wire = (liaison: Liaison, settings: WireSettings) => PrefectureGateway;

/** Un adaptateur par genre : en oublier un ne compile pas. */
const WIRES: Readonly<Record<GenreDeLiaison, Wire>> = {
  directe: ({ id, reglages: { url } }, { directe, jetons }) => {
    const own = jetons[id] ?? null;
    return new DirectGateway(
      url === null ? { ...directe, jeton: own ?? directe.jeton } : { ...directe, url, jeton: own },
    );
  },
};
