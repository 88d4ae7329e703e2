/** Instants and dates of the past of the sample business, as seeds need them. */
import type { SeededRandom } from '../kit/seeded-random.ts'

const dayMs = 86_400_000

/** Created in 2022 to 2024, changed at most 500 days later. */
export function pastInstants(random: SeededRandom): { created_at: string; updated_at: string } {
  const createdMs = Date.UTC(2022, 0, 3, 8) + random.integer(0, 900) * dayMs + random.integer(0, 36_000_000)
  const updatedMs = createdMs + random.integer(0, 500) * dayMs + random.integer(0, 3_600_000)
  return { created_at: new Date(createdMs).toISOString(), updated_at: new Date(updatedMs).toISOString() }
}

/** '2025-02-28' and 3 days are '2025-03-03'. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
}
