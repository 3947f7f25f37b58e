import type { DeliberationSuivieBody } from '../../../apps/api/src/deliberations/deliberation.schema';
import type { HistoryEntryBody } from '../../../apps/api/src/audit-history/history.schema';
import type { RegistreView } from '../../../apps/prefecture-simulator/src/http/registre-view';
import type { Consigne } from '../../../apps/prefecture-simulator/src/scenarios/scenario';
import { eventually } from '../../services/eventually';
import type { CorrespondanceBody } from '../../../apps/api/src/correspondances/correspondance.schema';
import type { FluxLettre, FluxReponse, Role } from '@teletransmission/teletransmission';
import { aPdf } from '@teletransmission/testkit';
import type { Stage } from './stage';

/** Ce qu'un parcours dépose de son acte ; le reste est fixe. */
export interface DepositChanges {
  readonly numeroInterne?: string;
  readonly objet?: string;
  readonly annexe?: Blob;
  /** Le texte de la signature détachée de l'extrait. */
  readonly signature?: string;
}

/** Une faute d'un dépôt refusé : sa place, et son code. */
export type Fault = `${string} ${string}`;

/** Des mots qu'aucun journal ne doit porter : ils sont dans le contenu des pièces et dans l'objet. */
export const SECRET_CONTENT = 'contenu-que-nul-journal-ne-cite';
export const SECRET_OBJET = 'Objet que nul journal ne cite';
/** Motif de toute décision prise dans un parcours. */
export const SECRET_MOTIF = 'motif que nul journal ne cite';

/** Ce qu'un parcours dit de son acte, hors de ses pièces. */
function dossierOf({ numeroInterne, objet = SECRET_OBJET }: DepositChanges): Record<string, unknown> {
  return {
    collectivite: '213402761',
    numeroInterne,
    dateDecision: '2022-10-20',
    objet,
    matiere: '8.1',
    vote: { votants: 24, pour: 24, contre: 0, abstentions: 0 },
  };
}

/** Un parcours en cours : son acte, et ce que chacun peut faire ou voir. */
export class Scene {
  /** La délibération dont le parcours raconte la vie. */
  id = '';
  /** L'acte arrêté que celui du parcours corrige. */
  formerId = '';
  readonly companions: string[] = [];

  constructor(
    readonly stage: Stage,
    readonly numeroInterne: string,
  ) {}

  /** Dépose l'acte du parcours. */
  async deposit(changes: DepositChanges = {}): Promise<void> {
    this.id = await this.depositOne({ numeroInterne: this.numeroInterne, ...changes });
  }

  /** Corrige l'acte arrêté du parcours : un autre objet, ses pièces reprises. Le parcours suit désormais la correction. */
  async correct(objet: string): Promise<void> {
    const body = new FormData();
    const dossier = {
      ...dossierOf({ numeroInterne: this.numeroInterne, objet }),
      motif: SECRET_MOTIF,
      document: { reprend: 0 },
      annexes: [{ reprend: 1 }],
    };
    body.append('dossier', JSON.stringify(dossier));
    const url = `/v1/deliberations/${this.id}/correction`;
    const response = await this.fetch(url, 'deposant', { method: 'POST', body });
    this.formerId = this.id;
    this.id = ((await response.json()) as { id: string }).id;
  }

  /** Tente un dépôt que le service doit refuser. @returns ses fautes. */
  async depositRefused(changes: DepositChanges): Promise<readonly Fault[]> {
    const body = this.depositBody({ numeroInterne: this.numeroInterne, ...changes });
    const headers = { authorization: `Bearer ${this.stage.jetons.deposant}` };
    const url = `${this.stage.addresses.api}/v1/deliberations`;
    const response = await fetch(url, { method: 'POST', body, headers });
    const { violations = [] } = (await response.json()) as {
      violations?: readonly { readonly pointer: string; readonly code: string }[];
    };
    expect(response.status).toBe(422);
    return violations.map(({ pointer, code }): Fault => `${pointer} ${code}`);
  }

  /** Combien d'actes portent ce numéro. */
  async depositedCount(): Promise<number> {
    const identifiant = `034-213402761-20221020-${this.numeroInterne}-DE`;
    const page = await this.ask(`/v1/deliberations?identifiant=${identifiant}`);
    return (page as { deliberations: unknown[] }).deliberations.length;
  }

  /** L'extrait que cet acte dépose, octet pour octet : de quoi le signer. */
  extrait(numeroInterne = this.numeroInterne): Buffer {
    return aPdf(`${SECRET_CONTENT} ${numeroInterne}`);
  }

  /** Dépose un acte de plus, à côté de celui du parcours. */
  async depositCompanion(numeroInterne: string): Promise<void> {
    this.companions.push(await this.depositOne({ numeroInterne }));
  }

  async view(id = this.id): Promise<DeliberationSuivieBody> {
    return (await this.ask(`/v1/deliberations/${id}`)) as DeliberationSuivieBody;
  }

  async history(): Promise<readonly HistoryEntryBody[]> {
    if (this.id === '') return [];
    const page = (await this.ask(`/v1/deliberations/${this.id}/historique?limite=500`)) as {
      entrees: HistoryEntryBody[];
    };
    return page.entrees;
  }

  async archive(): Promise<Buffer> {
    const response = await this.fetch(`/v1/deliberations/${this.id}/archive`, 'auditeur');
    return Buffer.from(await response.arrayBuffer());
  }

  /** Une décision d'opérateur, avec son motif. */
  async decide(decision: 'retenue' | 'reprise' | 'retrait'): Promise<void> {
    const body = JSON.stringify({ motif: SECRET_MOTIF });
    const headers = { 'content-type': 'application/json' };
    const url = `/v1/deliberations/${this.id}/${decision}`;
    await this.fetch(url, 'operateur', { method: 'POST', body, headers });
  }

  /** La commune demande l'annulation de son acte. */
  async cancel(): Promise<void> {
    const body = JSON.stringify({ motif: SECRET_MOTIF });
    const headers = { 'content-type': 'application/json' };
    await this.fetch(`/v1/deliberations/${this.id}/annulation`, 'deposant', {
      method: 'POST',
      body,
      headers,
    });
  }

  /** La préfecture écrit au sujet de l'acte. */
  async receiveLetter(flux: FluxLettre): Promise<void> {
    const { identifiantActe } = await this.view();
    await this.pilot('/pilotage/courriers', 'POST', {
      identifiantActe,
      flux,
      texte: 'Le plan manque.',
      delaiMs: 0,
    });
  }

  async letters(): Promise<readonly CorrespondanceBody[]> {
    const page = await this.ask(`/v1/deliberations/${this.id}/correspondances`);
    return (page as { correspondances: CorrespondanceBody[] }).correspondances;
  }

  /** Attend que la seule lettre de l'acte soit dans cet état. */
  async letterReaches(etat: string): Promise<void> {
    await eventually(`la lettre est ${etat}`, async () => (await this.letters())[0]?.etat === etat, 45_000);
  }

  /** La commune répond à la lettre, par des documents de ces noms. */
  async answerLetter(flux: FluxReponse, ...noms: readonly string[]): Promise<void> {
    const [lettre] = await this.letters();
    const body = new FormData();
    const documents = noms.map((fichier) => ({ fichier, typePiece: '99_DE' }));
    body.append('dossier', JSON.stringify({ flux, documents }));
    for (const nom of noms) body.append('fichier', new Blob([new Uint8Array(aPdf(nom))]), nom);
    await this.fetch(`/v1/correspondances/${String(lettre?.id)}/reponse`, 'deposant', {
      method: 'POST',
      body,
    });
  }

  /** La commune dit le déféré pris en charge. */
  async takeDefere(): Promise<void> {
    const [lettre] = await this.letters();
    const body = JSON.stringify({ motif: SECRET_MOTIF });
    const headers = { 'content-type': 'application/json' };
    const url = `/v1/correspondances/${String(lettre?.id)}/prise-en-charge`;
    await this.fetch(url, 'deposant', { method: 'POST', body, headers });
  }

  /** Attend que les alertes ouvertes sur cet acte soient de ces genres, et d'eux seuls. */
  async alertesAre(...genres: readonly string[]): Promise<void> {
    const isSo = async (): Promise<boolean> => (await this.alertes()).join() === genres.join();
    await eventually(`les alertes de l'acte sont [${genres.join(', ')}]`, isSo, 45_000);
  }

  private async alertes(): Promise<readonly string[]> {
    const page = (await this.ask('/v1/alertes')) as {
      alertes: { genre: string; deliberation: string | null }[];
    };
    return page.alertes.filter(({ deliberation }) => deliberation === this.id).map(({ genre }) => genre);
  }

  /** La préfecture publie une nomenclature. */
  async publishClassification(dateVersion: string): Promise<void> {
    await this.pilot('/pilotage/classification', 'PUT', { dateVersion });
  }

  async classification(): Promise<string> {
    const body = await this.ask('/v1/collectivites/213402761/classification');
    return (body as { dateVersion: string }).dateVersion;
  }

  /** Dit à la préfecture simulée quoi faire de cet acte. */
  async instruct(consigne: Consigne, numeroInterne = this.numeroInterne): Promise<void> {
    await this.pilot(`/pilotage/scenarios/${numeroInterne}`, 'PUT', consigne);
  }

  /** Rend la préfecture simulée à son ordinaire. */
  async forgetInstruction(numeroInterne = this.numeroInterne): Promise<void> {
    await this.pilot(`/pilotage/scenarios/${numeroInterne}`, 'DELETE');
  }

  /** Les archives que la préfecture a prises pour cet acte. */
  async archivesAtPrefecture(id = this.id): Promise<RegistreView['archives']> {
    const { identifiantActe } = await this.view(id);
    const registre = (await (await this.pilot('/pilotage/registre', 'GET')).json()) as RegistreView;
    return registre.archives.filter(({ actes }) =>
      actes.some((acte) => acte.identifiantActe === identifiantActe),
    );
  }

  /** Attend que l'acte soit dans cet état. */
  async reaches(etat: string, id = this.id): Promise<void> {
    await eventually(
      `l'acte est ${etat}`,
      async () => (await this.view(id)).transmission.etat === etat,
      45_000,
    );
  }

  private async depositOne(changes: DepositChanges): Promise<string> {
    const body = this.depositBody(changes);
    const response = await this.fetch('/v1/deliberations', 'deposant', { method: 'POST', body });
    return ((await response.json()) as { id: string }).id;
  }

  private depositBody({
    numeroInterne = this.numeroInterne,
    objet = SECRET_OBJET,
    annexe,
    signature,
  }: DepositChanges): FormData {
    const body = new FormData();
    const dossier = {
      ...dossierOf({ numeroInterne, objet }),
      document: {
        fichier: 'extrait.pdf',
        ...(signature === undefined ? {} : { signature: 'extrait.pdf.p7s' }),
      },
      annexes: [{ fichier: 'annexe.pdf', typePiece: '99_DE' }],
    };
    body.append('dossier', JSON.stringify(dossier));
    body.append('fichier', new Blob([new Uint8Array(this.extrait(numeroInterne))]), 'extrait.pdf');
    if (signature !== undefined) body.append('fichier', new Blob([signature]), 'extrait.pdf.p7s');
    body.append(
      'fichier',
      annexe ?? new Blob([new Uint8Array(aPdf(`annexe ${numeroInterne}`))]),
      'annexe.pdf',
    );
    return body;
  }

  private async ask(url: string): Promise<unknown> {
    return (await this.fetch(url, 'auditeur')).json();
  }

  private async fetch(url: string, role: Role, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.stage.jetons[role]}`);
    const response = await fetch(`${this.stage.addresses.api}${url}`, { ...init, headers });
    if (!response.ok) throw new Error(`${url} : ${response.status} ${await response.text()}`);
    return response;
  }

  private async pilot(url: string, method: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${this.stage.addresses['prefecture-simulator']}${url}`, {
      method,
      headers: { authorization: `Bearer ${this.stage.jetonPrefecture}`, 'content-type': 'application/json' },
      ...(body === undefined ? (method === 'DELETE' ? { body: '{}' } : {}) : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${url} : ${response.status} ${await response.text()}`);
    return response;
  }
}
