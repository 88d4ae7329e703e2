/** How something is to be taken: shown by shape, word and colour together, never by colour alone. */
export type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'quiet'
