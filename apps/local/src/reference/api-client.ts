import { LaunchFailure } from '../launch-failure';

/** Une délibération, telle que l'API la montre (la part dont le lanceur se sert). */
export interface DeliberationView {
  readonly id: string;
  readonly identifiantActe: string;
  readonly numeroInterne: string;
  readonly objet: string;
  readonly transmission: {
    readonly etat: string;
    readonly libelle: string;
    readonly dateTeletransmission: string | null;
    readonly dateReception: string | null;
    readonly probleme?: { readonly detail?: string } | null;
  };
  readonly publication: {
    readonly etat: string;
    readonly datePublication: string | null;
    /** Où l'acte se lit ; absente d'une publication déclarée par un autre moyen. */
    readonly adresse?: string | null;
  };
  readonly dateExecutoire: string | null;
  readonly archive: {
    readonly nom: string;
    readonly empreinte: string;
    readonly tailleOctets: number;
  } | null;
}

/** Une ligne de l'histoire d'une délibération. */
export interface HistoryEntry {
  readonly rang: number;
  readonly instant: string;
  readonly evenement: string;
  readonly libelle: string;
  readonly detail?: string | null;
}

/** Une page d'histoire ; `suivant` est le curseur de la suite, ou `null` au bout. */
export interface HistoryPage {
  readonly entrees: readonly HistoryEntry[];
  readonly suivant: string | null;
}

const ANSWER_WITHIN_MS = 30_000;

/** Appelle l'API de l'instance. Un refus ou une panne devient `LaunchFailure` avec le `detail` de la réponse (RFC 9457). */
export class ApiClient {
  constructor(
    private readonly address: string,
    private readonly jeton: string,
    private readonly signal: AbortSignal,
  ) {}

  async readDeliberation(id: string): Promise<DeliberationView> {
    return (await (await this.get(`/v1/deliberations/${encodeURIComponent(id)}`)).json()) as DeliberationView;
  }

  async readHistory(id: string, after: string | null): Promise<HistoryPage> {
    const cursor = after === null ? '' : `&apres=${encodeURIComponent(after)}`;
    const answer = await this.get(
      `/v1/deliberations/${encodeURIComponent(id)}/historique?limite=100${cursor}`,
    );
    return (await answer.json()) as HistoryPage;
  }

  async downloadArchive(id: string): Promise<Buffer> {
    return Buffer.from(
      await (await this.get(`/v1/deliberations/${encodeURIComponent(id)}/archive`)).arrayBuffer(),
    );
  }

  async post(route: string, body: FormData, headers: Readonly<Record<string, string>>): Promise<Response> {
    return this.call(route, {
      method: 'POST',
      body,
      headers: { ...headers, authorization: `Bearer ${this.jeton}` },
    });
  }

  private get(route: string): Promise<Response> {
    return this.call(route, { headers: { authorization: `Bearer ${this.jeton}` } });
  }

  private async call(route: string, init: RequestInit): Promise<Response> {
    let answer: Response;
    try {
      answer = await fetch(`${this.address}${route}`, {
        ...init,
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
    } catch (error) {
      this.signal.throwIfAborted();
      throw new LaunchFailure('local/api-unreachable', `L'API (${this.address}) ne répond plus.`, {
        cause: error,
      });
    }
    if (answer.ok) return answer;
    throw new LaunchFailure(
      'local/api-refused',
      `L'API a répondu ${answer.status} à ${route} : ${await detailOf(answer)}`,
    );
  }
}

async function detailOf(answer: Response): Promise<string> {
  const text = await answer.text();
  try {
    const problem = JSON.parse(text) as {
      readonly detail?: unknown;
      readonly title?: unknown;
      readonly violations?: unknown;
    };
    const violations = Array.isArray(problem.violations)
      ? problem.violations.map((one: { detail?: string }) => one.detail)
      : [];
    const said = [problem.detail ?? problem.title, ...violations].filter((one) => typeof one === 'string');
    return said.length > 0 ? said.join(' ') : text;
  } catch {
    return text;
  }
}
