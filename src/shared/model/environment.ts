/** What is behind a connection: nothing real, a test account of the service, or real data. */
export const environments = ['practice', 'sandbox', 'production'] as const
export type Environment = (typeof environments)[number]
