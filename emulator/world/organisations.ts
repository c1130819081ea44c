/** Who the MSP and its customers are. */
import type { LanguageName } from './names.ts';

export interface Organisation {
  readonly displayName: string;
  /** First label of its domain and of its SharePoint host. */
  readonly label: string;
  readonly language: LanguageName;
}

export const homeOrganisation: Organisation = {
  displayName: 'Harbourlight Managed Services',
  label: 'harbourlight',
  language: 'english',
};

const customers: readonly Organisation[] = [
  { displayName: 'Nordlicht Energiegenossenschaft Münster eG', label: 'nordlicht-energie', language: 'german' },
  { displayName: '株式会社みなと精密工業', label: 'minato-seimitsu', language: 'japanese' },
  { displayName: 'Coopérative Maraîchère du Val-de-Brenne', label: 'val-de-brenne', language: 'french' },
  { displayName: 'Havbruk Trøndelag & Sønner AS', label: 'havbruk-trondelag', language: 'nordic' },
  { displayName: 'Bodegas Peña Ibáñez y Hermanos, S. Coop.', label: 'pena-ibanez', language: 'iberian' },
  {
    displayName: 'Zakłady Mleczarskie „Świętokrzyska Łąka” sp. z o.o.',
    label: 'swietokrzyska-laka',
    language: 'polish',
  },
  { displayName: 'Ναυτιλιακή Αιγαίου Α.Ε.', label: 'naftiliaki-aigaiou', language: 'greek' },
  { displayName: 'Boğaziçi Cam Sanayi A.Ş.', label: 'bogazici-cam', language: 'turkish' },
  {
    displayName: "St. Brigid's Hospice & Community Care Trust (incorporating the Lower Harbour Almshouses)",
    label: 'st-brigids',
    language: 'english',
  },
  { displayName: 'Zahnärzte am Schloßplatz', label: 'zahnaerzte-schlossplatz', language: 'german' },
  { displayName: 'Atelier Lefèvre & Associés, architectes', label: 'atelier-lefevre', language: 'french' },
  { displayName: 'さくら総合会計事務所', label: 'sakura-kaikei', language: 'japanese' },
  { displayName: 'Skærgårdens Bådebyggeri ApS', label: 'skaergaarden', language: 'nordic' },
  { displayName: 'Transportes Magalhães & Filhos, Lda.', label: 'magalhaes', language: 'iberian' },
  { displayName: 'Kancelaria Dąbrowski, Łęcka i Wspólnicy', label: 'dabrowski-lecka', language: 'polish' },
  { displayName: 'Kingfisher Primary Academy Trust', label: 'kingfisher-academy', language: 'english' },
  { displayName: 'Εκδόσεις Δελφίνι', label: 'ekdoseis-delfini', language: 'greek' },
  { displayName: 'Karaosmanoğlu Tekstil', label: 'karaosmanoglu', language: 'turkish' },
];

/** The customer of this number, counted from 0; past the end of the list the names come again, numbered. */
export const customerOrganisation = (number: number): Organisation => {
  const organisation = customers[number % customers.length] ?? homeOrganisation;
  const round = Math.floor(number / customers.length) + 1;
  if (round === 1) return organisation;
  return {
    ...organisation,
    displayName: `${organisation.displayName} (${round})`,
    label: `${organisation.label}-${round}`,
  };
};
