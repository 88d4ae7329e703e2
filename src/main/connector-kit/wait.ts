/** What a connection is waiting for at this moment, so that a person never takes throttling for a fault. */
export interface Wait {
  /** ISO instant until which nothing is sent. */
  readonly until: string
  readonly reason: 'rate-limited' | 'pacing' | 'retry'
  /** One sentence: 'api.example.com asked us to wait 30 seconds.' */
  readonly message: string
}
