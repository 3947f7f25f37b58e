import type { Siren } from '@teletransmission/actes';
import { civilDate } from '@teletransmission/kernel';
import type {
  Collectivite,
  CollectiviteId,
  CollectiviteRepository,
} from '@teletransmission/teletransmission';
import { aCollectivite } from '../builders/a-collectivite';

/** Les collectivités à éprouver, et ce que le journal en a retenu. */
export interface CollectivitesParts {
  readonly collectivites: CollectiviteRepository;
  id(): string;
  /** Qui a fait chaque entrée du journal sur cette collectivité, dans l'ordre. */
  acteursOf(id: CollectiviteId): Promise<readonly string[]>;
}

/** La suite que passent les collectivités en mémoire et celles de PostgreSQL. */
export function describeCollectivitesContract(name: string, open: () => Promise<CollectivitesParts>): void {
  describe(`les collectivités (${name})`, () => {
    let parts: CollectivitesParts;
    beforeEach(async () => {
      parts = await open();
    });

    const named = (nom: string, siren: string, changes: Partial<Collectivite> = {}): Collectivite =>
      aCollectivite({ id: parts.id() as CollectiviteId, nom, siren: siren as Siren, ...changes });

    it('se relisent telles qu’inscrites, par identité et par SIREN', async () => {
      const collectivite = named('Œuilly', '215105207', {
        arrondissement: '1',
        referent: { nom: 'Claire Vidal', email: 'claire@example.org' },
        adressesRetour: ['a@example.org', 'b@example.org'],
        classificationDateVersion: civilDate('2020-02-29'),
        tiretsPermis: false,
        publicationAutomatique: true,
        adresseDesActes: 'https://commune.example/actes/{identifiant}',
        quotaOctets: 12_000_000_000,
      });
      expect(await parts.collectivites.save(collectivite)).toEqual(collectivite);
      expect(await parts.collectivites.find(collectivite.id)).toEqual(collectivite);
      expect(await parts.collectivites.findBySiren('215105207')).toEqual(collectivite);
      expect(await parts.collectivites.find(parts.id() as CollectiviteId)).toBeNull();
      expect(await parts.collectivites.findBySiren('999999999')).toBeNull();
    });

    it('gardent leur identité quand leurs réglages changent : le SIREN est leur clé', async () => {
      const collectivite = await parts.collectivites.save(named('Ancien nom', '215105207'));
      const again = named('Nouveau nom', '215105207');
      expect(await parts.collectivites.save(again)).toEqual({ ...again, id: collectivite.id });
      expect(await parts.collectivites.find(again.id)).toBeNull();
    });

    it('inscrivent au journal ce qui change, et qui l’a fait ; ce qui ne change rien n’y écrit rien', async () => {
      const collectivite = await parts.collectivites.save(named('Evry', '219102282'));
      await parts.collectivites.save(collectivite, { kind: 'service' });
      await parts.collectivites.save({ ...collectivite, quotaOctets: 10 }, { kind: 'service' });
      expect(await parts.acteursOf(collectivite.id)).toEqual(['console', 'service']);
    });

    it('se listent par nom', async () => {
      for (const [nom, siren] of [
        ['Zonza', '212003453'],
        ['Ajaccio', '212000046'],
        ['Montpellier', '213401722'],
      ] as const)
        await parts.collectivites.save(named(nom, siren));
      const noms = (await parts.collectivites.list()).map(({ nom }) => nom);
      expect(noms.filter((nom) => nom !== aCollectivite().nom)).toEqual(['Ajaccio', 'Montpellier', 'Zonza']);
    });
  });
}
