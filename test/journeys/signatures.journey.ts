import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Titulaire } from '../../libs/signature/test/issue-certificate';
import { aSigner, signAt } from '../../libs/signature/test/sign-for-tests';
import { contentOf } from './runner/archive-content';
import { playJourneys } from './runner/play-journeys';
import type { Scene } from './runner/scene';
import { ACKNOWLEDGE, DEPOSIT, SEND } from './runner/usual-steps';

const DAY_MS = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

/** Le magasin de confiance de la commune, et deux signataires qu'il reconnaît : l'un en cours de validité, l'autre échu. */
class Signers {
  private readonly valid = aSigner({ du: dayFromNow(-30), au: dayFromNow(30) });
  private readonly expired = aSigner({ du: dayFromNow(-60), au: dayFromNow(-30) });

  /** Pose le fichier des autorités ; rend son chemin. */
  place(): string {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'autorites-')), 'autorites.pem');
    const autorites = [this.valid, this.expired].map(({ autorite }) => autorite.certificat.toString());
    writeFileSync(file, autorites.join(''));
    return file;
  }

  sign(content: Buffer): Promise<string> {
    return this.signWith(this.valid.signataire, content, 0);
  }

  signWithExpired(content: Buffer): Promise<string> {
    return this.signWith(this.expired.signataire, content, -45);
  }

  private signWith(signataire: Titulaire, content: Buffer, days: number): Promise<string> {
    return signAt(content, signataire, dayFromNow(days));
  }
}

let signers: Signers | undefined;
const theSigners = (): Signers => (signers ??= new Signers());

const NOTHING_RECORDED = {
  'rien n’est enregistré': async (scene: Scene): Promise<void> => {
    expect(await scene.depositedCount()).toBe(0);
  },
};

/** Des pièces signées : la signature va jusqu'à la préfecture, ou n'entre pas. */
export const signedPieces = playJourneys({
  settings: {
    // Lu au lancement des processus, pas à la lecture de ce fichier : la documentation ne délivre aucun certificat.
    get SIGNATURE_AUTORITES() {
      return theSigners().place();
    },
  },
  journeys: [
    {
      title: 'Signée par le parapheur',
      prose:
        'L’extrait arrive avec sa signature détachée : le service la vérifie, la porte dans le message, et la préfecture l’accepte.',
      numeroInterne: 'SIGNEE-1',
      steps: [
        {
          ...DEPOSIT,
          does: 'La commune dépose la délibération, son extrait signé.',
          act: async (scene) => scene.deposit({ signature: await theSigners().sign(scene.extrait()) }),
          checks: {
            'la pièce montre sa signature, remontée à une autorité reconnue': async (scene) => {
              const [extrait, annexe] = (await scene.view()).pieces;
              expect(extrait?.signature).toMatchObject({ algorithme: 'ECDSA-SHA256', chaineVerifiee: true });
              expect(annexe?.signature).toBeNull();
            },
          },
        },
        {
          ...SEND,
          checks: {
            'le message porte la signature': async (scene) => {
              const files = [...(await contentOf(await scene.archive()))];
              const message = files.find(([nom]) => nom.endsWith('-1-1_0.xml'))?.[1];
              expect(message?.toString('latin1')).toContain('-----BEGIN PKCS7-----');
            },
          },
        },
        ACKNOWLEDGE,
      ],
    },
    {
      title: 'Signature refusée, puis signée de nouveau',
      prose:
        'Une signature d’un autre document, puis une d’un certificat échu : chacune est refusée au dépôt avec sa raison. Signée de nouveau, la délibération part.',
      numeroInterne: 'SIGNEE-2',
      steps: [
        {
          actor: 'commune',
          does: 'La commune dépose avec la signature d’un autre extrait : refusée.',
          act: async (scene) => {
            const signature = await theSigners().sign(scene.extrait('UN-AUTRE'));
            expect(await scene.depositRefused({ signature })).toEqual([
              '/document/signature signature/digest-mismatch',
            ]);
          },
          checks: NOTHING_RECORDED,
        },
        {
          actor: 'commune',
          does: 'La commune dépose avec un certificat échu : refusée.',
          act: async (scene) => {
            const signature = await theSigners().signWithExpired(scene.extrait());
            expect(await scene.depositRefused({ signature })).toEqual([
              '/document/signature signature/certificate-expired',
            ]);
          },
          checks: NOTHING_RECORDED,
        },
        {
          ...DEPOSIT,
          does: 'La commune dépose avec une signature qui vaut.',
          act: async (scene) => scene.deposit({ signature: await theSigners().sign(scene.extrait()) }),
        },
        SEND,
        ACKNOWLEDGE,
      ],
    },
  ],
});
