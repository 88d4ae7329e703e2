/**
 * Currencies of ISO 4217 with their decimals, and the signs people write for them. Decimals are those of ISO 4217
 * (list one, https://www.six-group.com/en/products-services/financial-information/data-standards.html, 2025-06-01),
 * not those of CLDR, which prints some currencies (HUF, ALL) without decimals.
 */
const byDecimals: Readonly<Record<string, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP
    CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR
    JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN
    NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

/** Number of decimals by currency code. */
export const currencyDecimals: ReadonlyMap<string, number> = new Map(
  Object.entries(byDecimals).flatMap(([decimals, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(decimals)]),
  ),
)

/** Which currencies a sign may stand for; a sign with one currency names it. Keys are lower case without dots. */
export const currencySigns: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '€': 'EUR',
    euro: 'EUR',
    euros: 'EUR',
    $: 'USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD BBD BSD BZD FJD GYD JMD LRD NAD SRD TTD UYU XCD BMD BND KYD SBD',
    us$: 'USD',
    ca$: 'CAD',
    c$: 'CAD',
    a$: 'AUD',
    au$: 'AUD',
    nz$: 'NZD',
    s$: 'SGD',
    hk$: 'HKD',
    nt$: 'TWD',
    mx$: 'MXN',
    r$: 'BRL',
    '£': 'GBP EGP FKP GIP SHP SDG SSP SYP LBP',
    '¥': 'JPY CNY',
    '￥': 'JPY CNY',
    円: 'JPY',
    元: 'CNY',
    rmb: 'CNY',
    '₹': 'INR',
    rs: 'INR PKR LKR NPR MUR SCR',
    '₽': 'RUB',
    '₩': 'KRW KPW',
    '₪': 'ILS',
    '₺': 'TRY',
    tl: 'TRY',
    '₴': 'UAH',
    '₫': 'VND',
    '฿': 'THB',
    '₱': 'PHP',
    '₦': 'NGN',
    '₵': 'GHS',
    '₡': 'CRC',
    '₸': 'KZT',
    '₾': 'GEL',
    '₼': 'AZN',
    '֏': 'AMD',
    zł: 'PLN',
    zl: 'PLN',
    kč: 'CZK',
    kc: 'CZK',
    ft: 'HUF',
    lei: 'RON MDL',
    лв: 'BGN',
    kr: 'SEK NOK DKK ISK',
    km: 'BAM',
    fr: 'CHF XAF XOF XPF',
    sfr: 'CHF',
    r: 'ZAR',
    rp: 'IDR',
    rm: 'MYR',
    dh: 'AED MAD',
    kd: 'KWD',
    bd: 'BHD',
  }).map(([sign, codes]) => [sign, codes.split(' ')]),
)
