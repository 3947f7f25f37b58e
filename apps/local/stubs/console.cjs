// Une console de comédie : écrit le dossier de référence et rend les jetons, ou échoue si ESSAI_CHUTE=console.
const { writeFileSync } = require('node:fs');
const path = require('node:path');

if (process.env.ESSAI_CHUTE === 'console') {
  process.stderr.write('La base ne répond pas.\n');
  process.exit(1);
}
const folder = process.argv[process.argv.indexOf('--sortie') + 1];
const dossier = path.join(folder, 'dossier.json');
writeFileSync(
  dossier,
  JSON.stringify({ document: { fichier: 'extrait.pdf' }, annexes: [{ fichier: 'convention.pdf' }] }),
);
// L'API de comédie n'ouvre pas ce qu'elle reçoit.
for (const nom of ['extrait.pdf', 'convention.pdf'])
  writeFileSync(path.join(folder, nom), '%PDF-1.7\n%%EOF\n');
const jeton = (role) => `tlt_${role}`;
const roles = ['deposant', 'operateur', 'auditeur', 'administrateur'];
process.stdout.write(
  `${JSON.stringify({ jetons: Object.fromEntries(roles.map((role) => [role, jeton(role)])), dossier, migrations: 3 })}\n`,
);
