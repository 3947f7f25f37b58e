import { Buffer } from 'node:buffer';
import { readXml } from '../messages/read-xml';

function raisonOf(xml: string): string {
  const read = readXml(Buffer.from(xml));
  return read.ok ? 'lu' : read.problem.detail;
}

describe('un XML mal formé', () => {
  it.each([
    ['<a><b></a>', 'une balise fermante n’est pas celle qu’on attend'],
    ['<a>', 'l’élément « a » n’est jamais refermé'],
    ['<a', 'il n’y a pas d’élément racine complet'],
    ['</a>', '« </a> » referme un élément qui n’est pas ouvert'],
    ['<a b="1" b="2"/>', 'l’attribut « b » est donné deux fois'],
    ['<x:a/>', 'le préfixe « x » n’est lié à aucun espace de noms'],
    ['<a>&inconnue;</a>', 'une référence « &…; » est mal écrite ou inconnue'],
    ['<a>&;</a>', 'une référence « &…; » est mal écrite ou inconnue'],
    ['<a/><b/>', 'il y a plus d’un élément racine'],
    ['bonjour', 'du texte se trouve hors de l’élément racine'],
    ['<a b=c/>', 'un attribut est mal écrit'],
    ['<a b/>', 'un attribut est mal écrit'],
    ['<a><!-- - -- --></a>', 'un commentaire est mal écrit'],
    ['<a>\u0001</a>', 'un caractère interdit en XML s’y trouve'],
    ['<1a/>', 'une balise est mal écrite'],
  ])('%j se dit en français', (xml, raison) => {
    expect(raisonOf(xml)).toContain(raison);
  });
});
