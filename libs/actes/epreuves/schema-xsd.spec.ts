import { Buffer } from 'node:buffer';
import { oneOfEachMessage } from '../../../test/golden/actes/reference-acte';
import { writeMessage } from '../src/messages/write-message';
import { schemaXsd } from '../src/xml/schema-xsd';
import { parseXml } from '../src/xml/parse-xml';
import { validateXml } from '../src/xml/validate-xml';
import { mutationsOf, plantOf } from './mutations';
import { loadSchema } from './official-schema';

describe('Le schéma que nous publions', () => {
  it('juge comme notre validateur, faute par faute', async () => {
    const schemas = schemaXsd();
    const schema = await loadSchema('actes.xsd', Buffer.from(schemas['actes.xsd']), {
      'insee.xsd': Buffer.from(schemas['insee.xsd']),
    });
    const disagreements: string[] = [];
    for (const message of oneOfEachMessage()) {
      const written = writeMessage(message);
      if (!written.ok) throw new Error(written.problem.detail);
      expect(schema.faultOf(written.value)).toBeUndefined();
      const parsed = parseXml(written.value);
      if (!parsed.ok) throw new Error(parsed.problem.detail);
      for (const { title, xml } of mutationsOf(plantOf(parsed.value.racine))) {
        // Les deux écarts que l'épreuve contre le schéma officiel explique déjà.
        if (title.includes('xsi:type') || title.includes('«  2026-01-31\n »')) continue;
        const bytes = new Uint8Array(Buffer.from(xml, 'latin1'));
        const ours = validateXml(bytes).some(({ regle }) => regle.startsWith('xml/'));
        if (ours !== (schema.faultOf(bytes) !== undefined)) disagreements.push(`${message.flux} : ${title}`);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    schema.dispose();
    expect(disagreements.slice(0, 20)).toEqual([]);
  }, 180_000);
});
