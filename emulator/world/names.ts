/** Names for a made-up world: people, departments and organisations in several languages and scripts. None is real. */

/** A name as its bearer writes it and, where the two differ beyond accents, as an address spells it. */
export interface SpelledName {
  readonly written: string;
  readonly spelled: string;
}

export interface Language {
  readonly given: readonly SpelledName[];
  readonly family: readonly SpelledName[];
  /** In Japanese the family name comes first. */
  readonly familyFirst: boolean;
  readonly departments: readonly string[];
  readonly topics: readonly string[];
}

const special: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  Ł: 'L',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'Ae',
  å: 'a',
  Å: 'A',
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ı: 'i',
  ð: 'd',
  þ: 'th',
};

const withoutAccents = (text: string): string =>
  Array.from(text)
    .map(letter => special[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replace(/[^\p{ASCII}]/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '');

/** `佐藤=Sato`, or just `Müller`. */
const names = (list: string): readonly SpelledName[] =>
  list.split(', ').map(entry => {
    const [written = '', spelled] = entry.split('=');
    return { written, spelled: (spelled ?? withoutAccents(written)).toLowerCase() };
  });
const texts = (list: string): readonly string[] => list.split(', ');

// In each language the counts of given and family names have no common divisor, and neither have those of departments
// and topics: walking both lists in step then meets every pair once.
export const languages = {
  german: {
    given: names(
      'Anneliese, Björn, Cäcilie, Detlef, Elke, Friedrich-Wilhelm, Gisela, Hüseyin, Ines, Jörg, Käthe, Lothar, Mareike, Nils, Ottilie, Přemysl',
    ),
    family: names(
      'Müller, Großmann, Weiß, von der Heydte-Schönborn, Öztürk, Jäger, Kühn, Löffelholz, Meißner, Nagel, Pfeiffer, Quaas, Röttgers, Süßmilch, Thränhardt, Uhl, Vögele',
    ),
    familyFirst: false,
    departments: texts(
      'Buchhaltung, Einkauf, Vertrieb Süd, Personal, Geschäftsführung, Netzbetrieb, Qualität, Fuhrpark, Öffentlichkeitsarbeit, Betriebsrat, Forschung, Arbeitssicherheit, Rechtsabteilung',
    ),
    topics: texts(
      'Jahresabschluss 2025, Verträge, Projekt Überlandleitung, Sitzungen, Archiv, Lieferanten, Schulungen, Donaudampfschifffahrt – Lenkungsausschuss und Dokumentation der Arbeitspakete 2024–2027, Prüfberichte, Übergaben',
    ),
  },
  french: {
    given: names(
      'Amélie, Benoît, Chloé, Désirée, Éloïse, François, Gaëlle, Hervé, Inès, Jérôme, Loïc, Maëlys, Noël, Océane, Raphaël, Zoé',
    ),
    family: names(
      "Lefèvre, d'Aubigné, Château-Renard, Béranger, Dubois, Garçon, Hébert, L'Hôpital, Mbarga, Nguyễn, Pélissier, Rousseau, Sémard, Trần, Vallée, Vauquelin de Boisroger, Besançon",
    ),
    familyFirst: false,
    departments: texts(
      'Comptabilité, Achats, Direction générale, Ressources humaines, Qualité, Œuvres sociales, Juridique, Recherche, Chantiers, Communication, Sécurité, Logistique, Études',
    ),
    topics: texts(
      "Clôture 2025, Contrats, Projet Érable, Réunions, Archives, Fournisseurs, Formation, Dossiers d'appel d'offres – lots techniques et plans d'exécution (confidentiel), Rapports, Échanges",
    ),
  },
  iberian: {
    given: names(
      'Álvaro, Begoña, Concepción, Débora, Íñigo, João, Letícia, Marçal, Núria, Óscar, Quirino, Rocío, Simão, Úrsula, Verónica, Ximena',
    ),
    family: names(
      'Albuquerque e Vasconcelos de Sousa Coutinho, Ibáñez, Gonçalves, Muñoz, Peña, Araújo, Domènech, Etxeberria, Fagúndez, Guimarães, Lôbo, Magalhães, Núñez, Ordóñez, Quiñones, Ruiz, Zúñiga',
    ),
    familyFirst: false,
    departments: texts(
      'Contabilidad, Compras, Dirección, Recursos Humanos, Calidad, Jurídico, Investigación, Obras, Comunicación, Logística, Exportação, Viñedos, Bodega',
    ),
    topics: texts(
      'Cierre 2025, Contratos, Proyecto Ñandú, Reuniones, Archivo, Proveedores, Formación, Vendimia y trazabilidad – informes de todas las parcelas de la cooperativa desde 1987, Informes, Ação social',
    ),
  },
  polish: {
    given: names(
      'Agnieszka, Bożena, Cezary, Dzierżysława, Elżbieta, Grażyna, Halszka, Jędrzej, Łukasz, Małgorzata, Paweł, Rafał, Świętosława, Tomáš, Urszula, Żaneta',
    ),
    family: names(
      'Błaszczyk, Czyż, Dąbrowski, Gżegżółka, Brzęczyszczykiewicz, Jabłoński, Kołodziejczyk, Łęcka, Müller-Zabłocka, Nowak, Ostrów-Świętokrzyska, Piątek, Růžička, Ślusarczyk, Wójcik, Zieliński, Źrebiec',
    ),
    familyFirst: false,
    departments: texts(
      'Księgowość, Zakupy, Zarząd, Kadry, Jakość, Prawny, Badania, Produkcja, Komunikacja, Magazyn Główny, Sprzedaż, Utrzymanie ruchu, BHP',
    ),
    topics: texts(
      'Zamknięcie 2025, Umowy, Projekt Żubr, Zebrania, Archiwum, Dostawcy, Szkolenia, Dokumentacja techniczno-ruchowa linii produkcyjnych nr 1–14 (wersja obowiązująca), Raporty, Świadczenia',
    ),
  },
  nordic: {
    given: names(
      'Åse, Bjørn, Dagný, Eyþór, Frøydis, Göran, Håkon, Ingeborg, Jørgen, Kåre, Märta, Øyvind, Pär, Sólveig, Tórður, Väinö',
    ),
    family: names(
      'Ångström, Bråthen, Dæhli, Guðmundsdóttir, Hämäläinen, Jónsson, Kjærsgård, Lindqvist, Mäkinen, Nygård, Øverland, Pétursson, Rødseth, Sjöberg, Tjønneland, Vårhus, Þorsteinsdóttir',
    ),
    familyFirst: false,
    departments: texts(
      'Økonomi, Innkjøp, Ledelse, Personal, Kvalitet, Juridisk, Forskning, Drift, Kommunikasjon, Flåte, Salg, Vedlikehold, HMS',
    ),
    topics: texts(
      'Årsoppgjør 2025, Kontrakter, Prosjekt Blåfjell, Møter, Arkiv, Leverandører, Opplæring, Anleggsregister og tilstandskontroll for samtlige merder i Trøndelag og på Helgeland, Rapporter, Vakter',
    ),
  },
  japanese: {
    given: names(
      '陽菜=Hina, 大翔=Hiroto, 美咲=Misaki, 健太=Kenta, さくら=Sakura, 翔太=Shota, 結衣=Yui, 直樹=Naoki, 千尋=Chihiro, 拓也=Takuya, 葵=Aoi, 誠=Makoto, 恵子=Keiko, 隆=Takashi, 由美子=Yumiko, マリア=Maria',
    ),
    family: names(
      '佐藤=Sato, 鈴木=Suzuki, 髙橋=Takahashi, 田中=Tanaka, 渡邊=Watanabe, 伊藤=Ito, 山本=Yamamoto, 中村=Nakamura, 小林=Kobayashi, 加藤=Kato, 吉田=Yoshida, 山﨑=Yamazaki, 勅使河原=Teshigawara, 長宗我部=Chosokabe, 林=Hayashi, 齋藤=Saito, 小比類巻=Kohiruimaki',
    ),
    familyFirst: true,
    departments: texts(
      '経理部, 購買部, 営業部, 人事部, 品質保証室, 法務部, 研究開発, 製造第一課, 広報室, 物流センター, 総務部, 保全課, 安全衛生委員会',
    ),
    topics: texts(
      '2025年度決算, 契約書, 新工場プロジェクト, 会議資料, アーカイブ, 仕入先, 研修, 生産ライン設備点検記録および是正処置報告書（第1号機〜第24号機）, 報告書, 引継ぎ',
    ),
  },
  greek: {
    given: names(
      'Αθηνά=Athina, Βασίλης=Vasilis, Γιώργος=Giorgos, Δήμητρα=Dimitra, Ελένη=Eleni, Ζωή=Zoi, Ηλίας=Ilias, Θεοδώρα=Theodora, Ιωάννης=Ioannis, Κατερίνα=Katerina, Λευτέρης=Lefteris, Μαρία=Maria, Νίκος=Nikos, Ξένια=Xenia, Όλγα=Olga, Παναγιώτης=Panagiotis',
    ),
    family: names(
      'Αγγελόπουλος=Angelopoulos, Βαρδινογιάννη=Vardinogianni, Γεωργίου=Georgiou, Δημητριάδης=Dimitriadis, Ευαγγέλου=Evangelou, Ζαφειρόπουλος=Zafeiropoulos, Θεοδωράκη=Theodoraki, Ιωαννίδης=Ioannidis, Καραγιάννης=Karagiannis, Λαμπροπούλου=Lampropoulou, Μαυρομιχάλης=Mavromichalis, Νικολάου=Nikolaou, Ξανθόπουλος=Xanthopoulos, Παπαδιαμαντοπούλου=Papadiamantopoulou, Ρήγας=Rigas, Σταυρίδης=Stavridis, Χατζής=Chatzis',
    ),
    familyFirst: false,
    departments: texts(
      'Λογιστήριο, Προμήθειες, Διοίκηση, Προσωπικό, Ποιότητα, Νομική Υπηρεσία, Έρευνα, Στόλος, Επικοινωνία, Αποθήκη, Πωλήσεις, Συντήρηση, Ασφάλεια',
    ),
    topics: texts(
      'Ισολογισμός 2025, Συμβάσεις, Έργο Δελφίνι, Συνεδριάσεις, Αρχείο, Προμηθευτές, Εκπαίδευση, Πιστοποιητικά αξιοπλοΐας και ημερολόγια γέφυρας όλων των πλοίων, Αναφορές, Βάρδιες',
    ),
  },
  turkish: {
    given: names(
      'Ayşe, Barış, Çağla, Doğan, Elif, Fırat, Gülşah, Hüseyin, Işıl, İlker, Kübra, Mehmet, Nazlı, Ömer, Pınar, Şükrü',
    ),
    family: names(
      'Yılmaz, Çelik, Şahin, Yıldız, Öztürk, Arslan, Doğan, Kılıç, Aydın, Gündoğdu, Işık, Karaosmanoğlu, Küçükçekmeceli, Uçar, Ünsal, Ağaoğlu, Taşçı',
    ),
    familyFirst: false,
    departments: texts(
      'Muhasebe, Satın Alma, Yönetim, İnsan Kaynakları, Kalite, Hukuk, Ar-Ge, Üretim, İletişim, Depo, Satış, Bakım, İş Güvenliği',
    ),
    topics: texts(
      '2025 Kapanışı, Sözleşmeler, Boğaziçi Projesi, Toplantılar, Arşiv, Tedarikçiler, Eğitim, Tüm üretim hatlarının bakım ve kalibrasyon kayıtları (2019–2026), Raporlar, Nöbet',
    ),
  },
  english: {
    given: names(
      'Aoife, Bartholomew, Chidi, Deepika, Esme, Fionnuala, Gareth, Harriet, Imogen, Jamal, Keziah, Llewellyn, Niamh, Oluwaseun, Priya, Siân',
    ),
    family: names(
      "O'Brien, Wolfeschlegelsteinhausenbergerdorff, St. John-Mollusc, Okonkwo, Patel, Featherstonehaugh, Ng, Lee, Abernathy-Cholmondeley, Murphy, Baptiste, Das, Evans, Fitzgerald, Kaur, Smith, Ó Súilleabháin",
    ),
    familyFirst: false,
    departments: texts(
      'Finance, Procurement, Board, People, Quality, Legal, Research, Estates, Communications, Logistics, Sales, Maintenance, Health & Safety',
    ),
    topics: texts(
      'Year End 2025, Contracts, Project Kingfisher, Minutes, Archive, Suppliers, Training, Planning applications and neighbour correspondence for the Lower Harbour redevelopment (phases 1-7), Reports, Rota',
    ),
  },
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageName = keyof typeof languages;
