/** La feuille de style de la page : sobre, lisible à 200 %, sans rien à chercher ailleurs. */
export const PAGE_STYLE = `
:root { --encre: #1b1b2f; --fond: #f6f5f1; --carte: #fff; --trait: #c9c6bb; --accent: #1f3a8a; --doux: #5a584f; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--fond); color: var(--encre); font: 1rem/1.5 system-ui, sans-serif; }
.saut { position: absolute; left: -99rem; }
.saut:focus { left: 1rem; top: 1rem; background: var(--carte); padding: .5rem 1rem; z-index: 1; }
header { background: var(--accent); color: #fff; padding: 1rem 1.5rem; display: flex; flex-wrap: wrap; gap: .25rem 2rem; align-items: baseline; }
header p { margin: 0; }
header form { margin-left: auto; }
header a { color: inherit; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 0 0 .5rem; }
main { padding: 1rem 1.5rem 3rem; max-width: 96rem; margin: 0 auto; display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr) 22rem; align-items: start; }
.large { grid-column: 1 / -1; }
.pile { display: grid; gap: 1.25rem; }
section { background: var(--carte); border: 1px solid var(--trait); border-radius: .5rem; padding: 1rem; min-width: 0; }
.compte { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0; padding: 0; list-style: none; }
.compte strong { font-size: 1.5rem; display: block; line-height: 1.2; }
.defile { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--trait); }
thead th { border-top: 0; color: var(--doux); font-weight: 600; }
td small { color: var(--doux); display: block; }
.nom { overflow-wrap: anywhere; min-width: 11rem; }
form.champs { display: grid; gap: .6rem; margin: 0; }
form + form.champs { margin-top: 1rem; border-top: 1px solid var(--trait); padding-top: 1rem; }
label, legend { font-weight: 600; font-size: .9rem; }
label > span, .aide { font-weight: 400; color: var(--doux); font-size: .85rem; }
.aide { margin: 0; }
input, select, textarea { width: 100%; font: inherit; padding: .35rem .5rem; border: 1px solid #77746a; border-radius: .25rem; background: #fff; color: inherit; font-weight: 400; }
input[type=checkbox] { width: auto; margin-right: .4rem; }
fieldset { border: 1px solid var(--trait); border-radius: .25rem; margin: 0; padding: .5rem .75rem; min-width: 0; }
fieldset label { display: block; font-weight: 400; }
button { font: inherit; font-weight: 600; padding: .4rem .9rem; border: 1px solid var(--accent); border-radius: .25rem; background: var(--accent); color: #fff; cursor: pointer; }
button.discret { background: transparent; color: var(--accent); }
header button.discret { color: #fff; border-color: #fff; }
.ligne { display: flex; flex-wrap: wrap; gap: .5rem; }
:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
.dit { border-left: .4rem solid #166534; }
.faute { border-left: .4rem solid #b91c1c; }
.vide { color: var(--doux); margin: 0; }
details summary { cursor: pointer; font-weight: 600; font-size: .9rem; }
@media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr); padding: 1rem; } header { padding: 1rem; } }
`;
