import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchApplication, waitUntilApplicationReady } from '../../apps/local/src/applications/application';
import type { RunningApplication } from '../../apps/local/src/applications/application';
import type { RegistreView } from '../../apps/prefecture-simulator/src/http/registre-view';
import { depositForm } from '../processes/deposit-form';
import { freePorts } from '../processes/free-ports';
import { makeInstanceFolder, OwnInstance } from '../processes/own-instance';
import type { Depositor } from '../processes/own-instance';
import { eventually } from '../services/eventually';
import { freshBuild } from '../services/fresh-build';

const JETON_HUB = 'secret-partage-avec-le-hub';
const SETTINGS = {
  RELEVE_PERIODE_MS: '300',
  BALAYAGE_PERIODE_MS: '500',
  RENVOI_DELAI_MS: '500',
  RECONCILIATION_DELAI_MS: '3000',
  SIMULATEUR_DELAI_MS: '300',
  LIAISONS_JETONS: `hub=${JETON_HUB}`,
};
const START_WITHIN_MS = 240_000;
const STEP_WITHIN_MS = 90_000;

/** Deux préfectures simulées, chacune derrière sa liaison ; tout le service en vrais processus. */
describe('deux liaisons à la fois', () => {
  const folder = makeInstanceFolder();
  const { signal } = new AbortController();
  let service: OwnInstance;
  let hub: RunningApplication | undefined;
  let hubUrl = '';
  let [directe, reliee]: Depositor[] = [];

  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    hubUrl = `http://127.0.0.1:${port}`;
    const script = (await freshBuild())('apps/prefecture-simulator/src/main.js');
    mkdirSync(path.join(folder, 'hub'));
    const env = {
      PATH: process.env['PATH'] ?? '',
      SIMULATEUR_PORT: String(port),
      SIMULATEUR_JETON: JETON_HUB,
      SIMULATEUR_DELAI_MS: SETTINGS.SIMULATEUR_DELAI_MS,
      SIMULATEUR_DOSSIER: path.join(folder, 'hub'),
    };
    const journals = path.join(folder, 'journaux');
    const plan = { title: 'le hub', name: 'hub', script, env, readyUrl: `${hubUrl}/health/ready` };
    hub = launchApplication(plan, journals);
    await waitUntilApplicationReady(hub, journals, signal, { giveUpAfterMs: START_WITHIN_MS });
    service = await OwnInstance.start({ workers: 1, settings: SETTINGS, folder, signal });
    directe = await service.register(1, signal);
    reliee = await service.register(2, signal);
  }, START_WITHIN_MS);
  afterAll(async () => {
    await service.stop();
    await hub?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, START_WITHIN_MS);

  const jeton = (): readonly string[] => ['--jeton', service.jetons.administrateur, '--json'];
  const relier = ({ siren }: Depositor, liaison: string): Promise<string> =>
    service.console(
      ['collectivite', 'relier', siren, liaison, '--motif', 'Marché d’essai', ...jeton()],
      signal,
    );
  const deposit = async ({ siren, jeton: secret }: Depositor, numeroInterne: string): Promise<string> => {
    const response = await fetch(`${service.addresses.api}/v1/deliberations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: depositForm(siren, numeroInterne),
    });
    expect(response.status).toBe(201);
    return ((await response.json()) as { id: string }).id;
  };
  const stateOf = async ({ jeton: secret }: Depositor, id: string): Promise<string> => {
    const headers = { authorization: `Bearer ${secret}` };
    const response = await fetch(`${service.addresses.api}/v1/deliberations/${id}`, { headers });
    return ((await response.json()) as { transmission: { etat: string } }).transmission.etat;
  };
  const reaches = (by: Depositor, id: string, etat: string): Promise<void> =>
    eventually(`l’acte est ${etat}`, async () => (await stateOf(by, id)) === etat, STEP_WITHIN_MS);
  const numbersAt = (registre: RegistreView): readonly string[] =>
    registre.archives
      // Une demande de nomenclature ne porte aucun acte.
      .flatMap(({ actes }) => actes.flatMap(({ identifiantActe }) => identifiantActe ?? []))
      .map((identifiant) => identifiant.split('-').slice(3, -1).join('-'))
      .sort();
  const atDirecte = async (): Promise<readonly string[]> =>
    numbersAt((await (await service.pilot('GET', '/pilotage/registre')).json()) as RegistreView);
  const atHub = async (): Promise<readonly string[]> => {
    const headers = { authorization: `Bearer ${JETON_HUB}` };
    const response = await fetch(`${hubUrl}/pilotage/registre`, { headers });
    return numbersAt((await response.json()) as RegistreView);
  };
  const known = (): [Depositor, Depositor] => {
    if (!directe || !reliee) throw new Error('collectivités non inscrites');
    return [directe, reliee];
  };

  it(
    'chaque collectivité part par la sienne, et son accusé revient par elle',
    async () => {
      const [one, two] = known();
      const file = path.join(folder, 'hub.json');
      writeFileSync(file, JSON.stringify({ id: 'hub', nom: 'Le hub', reglages: { url: hubUrl } }));
      await service.console(['liaison', 'inscrire', file, '--json'], signal);
      await relier(two, 'hub');
      const ids = [await deposit(one, 'LIAISON-1'), await deposit(two, 'LIAISON-2')] as const;
      await reaches(one, ids[0], 'acknowledged');
      await reaches(two, ids[1], 'acknowledged');
      expect([await atDirecte(), await atHub()]).toEqual([['LIAISON-1'], ['LIAISON-2']]);
      const { liaisons } = JSON.parse(await service.console(['liaison', 'lister', ...jeton()], signal)) as {
        liaisons: { liaison: { id: string }; collectivites: number; dernierRetourLe: string | null }[];
      };
      expect(liaisons.map(({ liaison, dernierRetourLe }) => [liaison.id, dernierRetourLe !== null])).toEqual([
        ['directe', true],
        ['hub', true],
      ]);
      expect(liaisons[1]?.collectivites).toBe(1);
    },
    STEP_WITHIN_MS * 2,
  );

  it(
    'reliée ailleurs, une collectivité laisse ce qui est scellé partir par l’ancienne, et dépose par la nouvelle',
    async () => {
      const [one] = known();
      await service.pilot('PUT', '/pilotage/defaut', { scenario: 'erreur-avant' });
      const before = await deposit(one, 'LIAISON-3');
      await reaches(one, before, 'sealed');
      await relier(one, 'hub');
      const after = await deposit(one, 'LIAISON-4');
      await reaches(one, after, 'acknowledged');
      await service.pilot('PUT', '/pilotage/defaut', { scenario: 'accepter' });
      await reaches(one, before, 'acknowledged');
      expect([await atDirecte(), await atHub()]).toEqual([
        ['LIAISON-1', 'LIAISON-3'],
        ['LIAISON-2', 'LIAISON-4'],
      ]);
    },
    STEP_WITHIN_MS * 3,
  );

  it(
    'l’une éteinte, l’autre continue : ses envois partent, ses accusés reviennent',
    async () => {
      const [, two] = known();
      await service.part('prefecture').stop();
      const id = await deposit(two, 'LIAISON-5');
      await reaches(two, id, 'acknowledged');
      expect(await atHub()).toEqual(['LIAISON-2', 'LIAISON-4', 'LIAISON-5']);
      await service.part('prefecture').start();
    },
    STEP_WITHIN_MS * 2,
  );
});
