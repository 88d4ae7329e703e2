/** Names, streets and towns the sample business is made of. Addresses use reserved domains, phones the ranges kept free for fiction. */

/** A name as its owner writes it, and in plain letters for e-mail addresses. */
type PoolName = readonly [written: string, plain: string]

export type Script = 'latin' | 'greek' | 'cyrillic' | 'japanese'

type Pool = readonly [PoolName, ...PoolName[]]

export const firstNames: Readonly<Record<Script, Pool>> = {
  latin: [
    ['Anna', 'anna'],
    ['Ben', 'ben'],
    ['Chloë', 'chloe'],
    ['David', 'david'],
    ['Eilidh', 'eilidh'],
    ['François', 'francois'],
    ['Grace', 'grace'],
    ['Hüseyin', 'hueseyin'],
    ['Ines', 'ines'],
    ['Jürgen', 'juergen'],
    ['Katarzyna', 'katarzyna'],
    ['Lukas', 'lukas'],
    ['Maria', 'maria'],
    ['Niamh', 'niamh'],
    ['Olivia', 'olivia'],
    ['Priya', 'priya'],
    ['Quentin', 'quentin'],
    ['Rosa', 'rosa'],
    ['Søren', 'soeren'],
    ['Tomás', 'tomas'],
    ['Ursula', 'ursula'],
    ['Viktor', 'viktor'],
    ['Wiebke', 'wiebke'],
    ['Xavier', 'xavier'],
    ['Yara', 'yara'],
    ['Zoé', 'zoe'],
    ['Jean-Luc', 'jean-luc'],
    ['Mary Ann', 'maryann'],
    ['Łukasz', 'lukasz'],
    ['Åsa', 'asa'],
    ['Robert "Bob"', 'bob'],
    ['Elizabeth "Liz"', 'liz'],
  ],
  greek: [
    ['Ελένη', 'eleni'],
    ['Γιώργος', 'giorgos'],
    ['Μαρία', 'maria'],
    ['Νίκος', 'nikos'],
    ['Σοφία', 'sofia'],
    ['Δημήτρης', 'dimitris'],
  ],
  cyrillic: [
    ['Ольга', 'olga'],
    ['Дмитрий', 'dmitri'],
    ['Наталия', 'natalia'],
    ['Іван', 'ivan'],
    ['Юлія', 'yulia'],
    ['Борис', 'boris'],
  ],
  japanese: [
    ['花子', 'hanako'],
    ['太郎', 'taro'],
    ['さくら', 'sakura'],
    ['健一', 'kenichi'],
    ['由美', 'yumi'],
  ],
}

export const lastNames: Readonly<Record<Script, Pool>> = {
  latin: [
    ['Smith', 'smith'],
    ['Müller', 'mueller'],
    ["O'Brien", 'obrien'],
    ['O’Neill', 'oneill'],
    ['García', 'garcia'],
    ['Schröder', 'schroeder'],
    ['van der Berg', 'vanderberg'],
    ["D'Angelo", 'dangelo'],
    ['Jones', 'jones'],
    ['Weiß', 'weiss'],
    ['Nowak', 'nowak'],
    ['Sørensen', 'soerensen'],
    ['Taylor-Wood', 'taylor-wood'],
    ['McDonald', 'mcdonald'],
    ['Patel', 'patel'],
    ['Yılmaz', 'yilmaz'],
    ['Dvořák', 'dvorak'],
    ['Smith, Jr.', 'smith.jr'],
    ['Khan', 'khan'],
    ['Brown', 'brown'],
    ['Fischer', 'fischer'],
    ['Lefèvre', 'lefevre'],
    ['Ó Súilleabháin', 'osuilleabhain'],
    ['Green, MD', 'green'],
    ['Núñez', 'nunez'],
    ['Becker', 'becker'],
    ['Wright', 'wright'],
    ['Ng', 'ng'],
    ['Hall', 'hall'],
    ['Große-Holtforth', 'grosse-holtforth'],
  ],
  greek: [
    ['Παπαδόπουλος', 'papadopoulos'],
    ['Νικολάου', 'nikolaou'],
    ['Αντωνίου', 'antoniou'],
    ['Γεωργίου', 'georgiou'],
    ['Οικονόμου', 'oikonomou'],
  ],
  cyrillic: [
    ['Шевченко', 'shevchenko'],
    ['Иванова', 'ivanova'],
    ['Коваленко', 'kovalenko'],
    ['Петров', 'petrov'],
    ['Бондаренко', 'bondarenko'],
  ],
  japanese: [
    ['山田', 'yamada'],
    ['佐藤', 'sato'],
    ['鈴木', 'suzuki'],
    ['田中', 'tanaka'],
    ['高橋', 'takahashi'],
  ],
}

export type Country = 'GB' | 'DE' | 'US'

export interface Place {
  readonly city: string
  readonly postalCode: string
  readonly streets: readonly [string, ...string[]]
}

export const places: Readonly<Record<Country, readonly [Place, ...Place[]]>> = {
  GB: [
    { city: 'Falmouth', postalCode: 'TR11 3DF', streets: ['Market Strand', 'Fish Strand Hill', 'The Moor, Unit'] },
    { city: 'Bristol', postalCode: 'BS1 4RW', streets: ['Welsh Back', "Queen's Parade", 'Corn Street'] },
    { city: 'St. Ives', postalCode: 'TR26 1LP', streets: ['Fore Street', 'The Wharf', 'Bunkers Hill'] },
  ],
  DE: [
    { city: 'Dresden', postalCode: '01067', streets: ['Schloßstraße', 'An der Frauenkirche', 'Wilsdruffer Straße'] },
    { city: 'München', postalCode: '80331', streets: ['Sendlinger Straße', 'Im Tal', 'Färbergraben'] },
    { city: 'Köln', postalCode: '50667', streets: ['Hohe Straße', 'Am Hof', 'Minoritenstraße'] },
  ],
  US: [
    { city: 'Portland', postalCode: '04101', streets: ['Commercial Street', 'Exchange Street, Suite', 'Fore Street'] },
    { city: 'Boston', postalCode: '02110', streets: ['Atlantic Avenue', 'Broad Street', 'Milk Street'] },
  ],
}

/** Domains nobody can own (RFC 2606): a practice run can never reach a real person. */
export const mailDomains = ['mail.example', 'post.example', 'inbox.example', 'example.org', 'example.net'] as const

export const companyWords = [
  'Lighthouse',
  'Kontor',
  'Old Mill',
  'Zur Sonne',
  'Gull & Anchor',
  'Nordstern',
  'Blue Door',
  'Müller & Söhne',
  'Tidewater',
  'Kupferkessel',
  'Fox and Hound',
  'Elbblick',
  'St. Clement',
  'Brückner',
  'Copper Kettle',
  'Alte Post',
  'Harvest',
  'Grünes Tor',
  'Seven Stars',
  'Hafenkante',
] as const

export const companyKinds = [
  { suffix: 'Hotel', industry: 'Hospitality' },
  { suffix: 'Café', industry: 'Food & drink' },
  { suffix: 'Bakery', industry: 'Food & drink' },
  { suffix: 'Offices Ltd', industry: 'Office' },
  { suffix: 'GmbH & Co. KG', industry: 'Retail' },
] as const
