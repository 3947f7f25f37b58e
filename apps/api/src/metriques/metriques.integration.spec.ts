import { JETON_METRIQUES, RunningApi } from '../../test/running-api';

let api: RunningApi;
beforeAll(async () => {
  api = await RunningApi.start();
});
afterAll(() => api.stop());

describe('les métriques de l’API', () => {
  it('ne se lisent ni sans jeton, ni avec celui d’un compte, fût-il administrateur', async () => {
    for (const jeton of [null, api.jetons.administrateur, `${JETON_METRIQUES}x`]) {
      const { status, headers, text } = await api.ask('GET', '/metrics', { jeton });
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(text).not.toContain('teletransmission_transmissions');
    }
  });

  it('leur jeton n’ouvre rien d’autre', async () => {
    expect((await api.ask('GET', '/v1/deliberations', { jeton: JETON_METRIQUES })).status).toBe(401);
  });

  it('disent le dépôt, en mots du métier, sans rien de qui l’a fait', async () => {
    const id = await api.deposited();
    const { status, headers, text } = await api.ask('GET', '/metrics', { jeton: JETON_METRIQUES });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = text.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'teletransmission_depots_total 1',
        'teletransmission_transmissions{etat="queued"} 1',
        'teletransmission_transmissions{etat="acknowledged"} 0',
        'teletransmission_boite_envoi_messages 1',
        'teletransmission_dependance_disponible{nom="postgresql"} 1',
        'teletransmission_dependance_disponible{nom="travailleurs"} 0',
        'teletransmission_alertes_ouvertes{genre="travailleurs-absents"} 1',
        'teletransmission_delai_accuse_secondes_count 0',
      ]),
    );
    expect(text).toContain(
      'teletransmission_http_duree_secondes_count{methode="POST",route="/v1/deliberations",statut="2xx"} 1',
    );
    for (const secret of [id, api.commune.siren, api.commune.nom, api.commune.id, '@', api.dossier])
      expect(text).not.toContain(secret);
  });
});
