import type { GatewayParts, Mishap, Parcel } from '@teletransmission/testkit';
import { anAccuse, describeGatewayContract, PolledHub, ScriptedPrefecture } from '@teletransmission/testkit';
import { Readable } from 'node:stream';
import type { SubmitAnswer } from '../../outcome/submit-answer';
import { DIRECT_TRAITS } from '../../liaison/liaison';

const REASON = { code: 'essai', detail: 'Dicté par l’essai.' };
const ANSWERS: Readonly<Record<Mishap, SubmitAnswer>> = {
  deferred: { kind: 'deferred', ...REASON },
  refused: { kind: 'refused', ...REASON },
  'lost-before': { kind: 'lost', ...REASON },
  'lost-after': { kind: 'lost', ...REASON },
};

interface Double {
  answer(answer: SubmitAnswer): void;
  losesBefore: boolean;
  cutsNext: boolean;
}

function partsOf(
  gateway: Double & GatewayParts['gateway'],
  over: Pick<GatewayParts, 'traits' | 'parcel' | 'deaf'> & {
    deliver(parcel: Parcel, rank: number, bytes: Buffer): void;
  },
): GatewayParts {
  const answers = new Map<string, number>();
  return {
    gateway,
    ...over,
    parcel: async (times = 1) => {
      const parcel = await over.parcel();
      answers.set(parcel.nom, times);
      return parcel;
    },
    befall: (mishap) => {
      gateway.losesBefore = mishap === 'lost-before';
      gateway.answer(ANSWERS[mishap]);
      return Promise.resolve();
    },
    answer: async (parcel) => {
      const times = answers.get(parcel.nom) ?? 1;
      const bytes = await anAccuse({ dateReception: '2022-11-02' });
      for (let rank = 0; rank < times; rank += 1) over.deliver(parcel, rank, bytes);
      return Array.from({ length: times }, () => bytes);
    },
    cutNext: () => {
      gateway.cutsNext = true;
    },
  };
}

describeGatewayContract('la préfecture dictée', () => {
  const gateway = new ScriptedPrefecture();
  const deaf = new ScriptedPrefecture();
  deaf.lookUpAnswer = 'unknown';
  let count = 0;
  return Promise.resolve(
    partsOf(gateway, {
      traits: DIRECT_TRAITS,
      parcel: () => {
        const nom = `TLT-TACT--213402761--20221102-${(count += 1)}.tar.gz`;
        const bytes = Buffer.from(nom);
        const outgoing = () => ({
          kind: 'archive' as const,
          nom,
          tailleOctets: bytes.length,
          content: Readable.from([bytes], { objectMode: false }),
        });
        return Promise.resolve({ nom, outgoing });
      },
      deaf: () => deaf,
      deliver: ({ nom }, rank, bytes) => {
        gateway.deliver(`${nom}.${rank}`, nom, bytes);
      },
    }),
  );
});

describeGatewayContract('un opérateur à pièces, interrogé par transaction', () => {
  const gateway = new PolledHub();
  const deaf = new PolledHub();
  deaf.lookUpAnswer = 'unknown';
  let count = 0;
  return Promise.resolve(
    partsOf(gateway, {
      traits: { ...DIRECT_TRAITS, prend: 'pieces', releve: 'transaction' },
      parcel: () => {
        const nom = `TLT-TACT--213402761--20221102-${(count += 1)}.tar.gz`;
        const outgoing = () => ({
          kind: 'pieces' as const,
          nom,
          tailleOctets: 4,
          read: (onFile: (nom: string, taille: number, content: Readable) => Promise<void>) =>
            onFile('acte.xml', 4, Readable.from([Buffer.from('<a/>')], { objectMode: false })),
        });
        return Promise.resolve({ nom, outgoing });
      },
      deaf: () => deaf,
      deliver: ({ nom }, _rank, bytes) => {
        gateway.deliver(nom, nom, bytes);
      },
    }),
  );
});
