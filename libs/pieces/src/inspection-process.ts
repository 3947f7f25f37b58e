import type { Inspection } from '@teletransmission/teletransmission';
import type { ReadableContent } from './content/readable-content';
import { TOO_COMPLEX } from './content/refused';
import type { Opening } from './running-inspector';
import { RunningInspector } from './running-inspector';
import { Turns } from './turns';

/** Ce qu'une ouverture peut prendre. */
export interface InspectionLimits {
  /** Pour un document, en millisecondes ; un gros a de plus le temps d'être lu. */
  readonly withinMs: number;
  /** Le tas du processus, en mébioctets ; les tableaux d'octets ont leur propre borne. */
  readonly heapMib: number;
  /** Ce qu'on attend qu'il démarre, ou que vienne son tour, en millisecondes. */
  readonly patienceMs: number;
}

const LIMITS: InspectionLimits = { withinMs: 10_000, heapMib: 128, patienceMs: 30_000 };

/** Lire moins vite que deux mégaoctets par seconde n’est plus lire. */
const OCTETS_PER_MS = 2_000;

/**
 * Ouvre les documents dans un processus à part, un seul, réutilisé : l'ouverture d'un document hostile peut durer, ou tout prendre, sans
 * que celui qui l'emploie y perde une milliseconde. Un fil de travail ne suffirait pas : quand un tableau emplit son tas d'un coup, V8
 * arrête le processus entier, et l'API avec lui. Qui dépasse ses bornes est tué ; le suivant démarre à la demande.
 */
export class InspectionProcess {
  private inspector: RunningInspector | null = null;
  private readonly turns = new Turns();

  constructor(private readonly limits: InspectionLimits = LIMITS) {}

  /** @throws ce que la lecture du contenu a lancé. */
  async inspect(content: ReadableContent): Promise<Inspection> {
    const { heapMib, patienceMs } = this.limits;
    const turn = await this.turns.take(patienceMs);
    if (!turn) return unavailable('trop de documents attendent leur tour.');
    try {
      if (!this.inspector || this.inspector.isDead)
        this.inspector = await RunningInspector.start(heapMib, patienceMs);
      if (!this.inspector) return unavailable('rien ici n’y arrive pour l’instant.');
      const withinMs = this.limits.withinMs + content.tailleOctets / OCTETS_PER_MS;
      return inspectionOf(await this.inspector.open(content, withinMs), withinMs);
    } finally {
      turn.release();
    }
  }

  /** Rend sa mémoire. Une nouvelle ouverture en démarrerait un autre. */
  close(): void {
    this.inspector?.kill();
    this.inspector = null;
  }
}

function inspectionOf(opening: Opening, withinMs: number): Inspection {
  switch (opening.kind) {
    case 'inspected':
      return opening.inspection;
    case 'out-of-memory':
      return TOO_COMPLEX;
    case 'too-long':
      return unavailable(
        `${Math.round(withinMs / 1000)} secondes n’y ont pas suffi. Si cela se répète, enregistrez-le de nouveau (« imprimer en PDF » suffit souvent).`,
      );
    case 'unreadable':
      throw opening.cause;
    case 'ready':
    case 'stopped':
      return unavailable('son ouverture s’est interrompue.');
  }
}

function unavailable(why: string): Inspection {
  return { kind: 'unavailable', detail: `n’a pas pu être ouvert : ${why}` };
}
