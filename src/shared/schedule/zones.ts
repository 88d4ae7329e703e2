/** Time zones by their IANA names, as this computer knows them. */

/** Offsets such as '+02:00' are no zones: they do not know when clocks change. */
export function isKnownZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** The zone whose city has this name ('Berlin', 'new york'); undefined where there is none, or more than one. */
export function zoneOfCity(city: string): string | undefined {
  const wanted = city.trim().toLowerCase().replaceAll(' ', '_')
  const found = Intl.supportedValuesOf('timeZone').filter((zone) => cityPart(zone).toLowerCase() === wanted)
  return found.length === 1 ? found[0] : undefined
}

/** 'Berlin time', 'New York time', 'UTC'. */
export function zoneText(zone: string): string {
  const city = cityPart(zone).replaceAll('_', ' ')
  return zone.includes('/') ? `${city} time` : city
}

function cityPart(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1)
}
